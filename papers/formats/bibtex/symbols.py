"""The characters that commands of LaTeX produce."""

from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

# What `\\` is read as: a blank, except where lines count.
NEW_LINE = "\v"

# fmt: off
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331", "t": "\u0361", "h": "\u0309",
    # Of other encodings of fonts (T1, T4, TS1).
    "G": "\u030f", "U": "\u030d", "f": "\u0311", "textcommabelow": "\u0326",
    "textogonekcentered": "\u0328", "textdotbelow": "\u0323", "textbottomtiebar": "\u0330",
    "capitalacute": "\u0301", "capitalgrave": "\u0300", "capitalcaron": "\u030c",
    "capitaldieresis": "\u0308", "capitalcedilla": "\u0327", "capitalogonek": "\u0328",
    # Those of mathematics, which programs of the APS write into names: `\acute{o}`.
    "acute": "\u0301", "grave": "\u0300", "hat": "\u0302", "tilde": "\u0303", "ddot": "\u0308",
    "bar": "\u0304", "dot": "\u0307", "breve": "\u0306", "check": "\u030c", "mathring": "\u030a",
    # MathSciNet's, as amsrefs and mathscinet.sty have them.
    "polhk": "\u0328", "soft": "\u030c", "ocirc": "\u030a", "udot": "\u0323", "dudot": "\u0324",
    "ubar": "\u0331", "utilde": "\u0330", "lfhook": "\u0326", "budot": "\u0323\u0306",
    "cfac": "\u0302\u0301", "cftil": "\u0302\u0303", "cfgrv": "\u0302\u0300",
    "cfudot": "\u0323\u0302", "uarc": "\u0311", "ucirc": "\u032d", "ucomma": "\u0326",
}
_SYMBOLS = {
    "hyphen": "-", "slash": "/", "textless": "<", "textgreater": ">", "textbar": "|",
    "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~",
    "textbackslash": "\\", "textunderscore": "_", "textdollar": "$", "textquotesingle": "'",
    "textquotedbl": '"', "textnumbersign": "#", "textpercent": "%", "textampersand": "&",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "S": "§", "P": "¶", "copyright": "©",
    "pounds": "£", "euro": "€", "degree": "°", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ",
    "par": "\n\n", "newline": NEW_LINE, "linebreak": NEW_LINE, "space": " ", "quad": " ",
    "qquad": " ", "nobreakspace": " ", "textvisiblespace": " ", "thinspace": " ", "dh": "ð",
    "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textperiodcentered": "·",
    "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "flqq": "«",
    "frqq": "»", "glq": "‚", "grq": "‘", "lq": "‘", "rq": "’", "textmu": "µ", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "ldots": "…", "dots": "…",
    # MathSciNet's: soft and hard signs of Cyrillic, breathings, letters with a bar.
    "cprime": "'", "Cprime": "'", "cdprime": "''", "Cdprime": "''", "cydot": "·",
    "dbar": "đ", "Dbar": "Đ",
    "rasp": "ʿ", "lasp": "ʾ", "backprime": "‵", "leavevmode": "", "unskip": "", "ignorespaces": "",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "ss": "ß", "SS": "SS",
    "textdegree": "°", "textellipsis": "…", "relax": "", "protect": "",
    "allowbreak": "", "autocap": "", "sim": "~",
}
# Commands that say how what follows looks.
LOOKS = frozenset({
    "it", "bf", "em", "rm", "sc", "sl", "tt", "sf", "itshape", "bfseries", "upshape", "scshape",
    "slshape", "ttfamily", "rmfamily", "sffamily", "mdseries", "normalfont", "small", "tiny",
    "large", "Large", "footnotesize", "normalsize", "boldmath", "cyr", "germ", "scr", "Bbb", "bold",
    "upright", "roman",
})
# Commands whose argument, or the first of two, is not set.
UNSEEN = frozenset({"noopsort", "noop", "sortnoop", "SortNoop", "label", "href", "textcolor"})
SIGNS = {
    "\\": NEW_LINE, "-": "", "/": "", "!": "", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ",
    "\t": " ", "(": r"\(", ")": r"\)", "[": r"\[", "]": r"\]", "@": "",
}
# fmt: on


@lru_cache(maxsize=2_000)
def symbol(command: str) -> str | None:
    """Return what a command without argument is set as; None where it is unknown."""
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    specification = get_default_latex_context_db().get_macro_spec(command)
    replacement = getattr(specification, "simplify_repl", None)
    is_text = isinstance(replacement, str) and "%" not in replacement
    return str(replacement) if is_text else None
