"""Text to LaTeX and back: accents, symbols, and the braces that protect capitals.

Mathematics between dollars is kept as it is. A command that is not known keeps what it is applied
to, and where it is applied to nothing it stays as written: no text is eaten.
"""

import re
import unicodedata
from html import unescape

from papers.formats.bibtex.symbols import ACCENTS, LOOKS, SIGNS, UNSEEN, symbol
from papers.formats.core.text import markup

_SPECIAL = re.compile(r"[\\{}$~&]|--|``|''")
# What programs leave of HTML, with its signs as they are in LaTeX or as they are in HTML.
_ENTITY = re.compile(
    r"(?:\\?&|\{\\&\}|\\textampersand(?:\{\}|\s)|\\&\{\\#\}(?=\d))"
    r"((?:\\?#(?:\d{1,7}|x[0-9A-Fa-f]{1,6})|[A-Za-z][A-Za-z0-9]{1,31})(?:;|\{;\}))"
)
_LESS = r"(?:<|\{?\\textless\b(?:\{\}|\s)*\}?|\{?\$(?:<|\\lt|\\less)\s?\$\}?|\\ensuremath\{<\})"
_GREATER = (
    r"(?:>|\{?\\textgreater\b(?:\{\})?\}?|\{?\$(?:>|\\gt|\\greater)\s?\$\}?|\\ensuremath\{>\})"
)
_TAG = re.compile(rf"{_LESS}(?P<tag>/?[A-Za-z][^<>${{}}\\]{{0,300}}){_GREATER}")
# `\ifmmode` asks whether the place is in mathematics, and `\else` begins what is set elsewhere.
_IF_IN_MATH = re.compile(
    r"\\ifmmode(?![A-Za-z])\s*((?:(?!\\ifmmode|\\fi(?![A-Za-z]))[\s\S]){0,2000}?)"
    r"\\fi(?![A-Za-z])(?:\s*\{\}|\s)?"
)
_ELSE = re.compile(r"\\else(?![A-Za-z])\s*")
_TOKEN = re.compile(
    r"\\(?:url|nolinkurl|path)\s*+\{(?P<address>[^{}]*+)\}"
    r"|\\(?P<command>[A-Za-z]++)\*?(?P<blanks>\s*+)|\\(?P<sign>.)|(?P<brace>[{}])"
    r"|(?P<math>\$(?:[^$\\]++|\\.)++\$)|(?P<mark>~|---?|``|'')",
    re.DOTALL,
)
_TOKEN_OF_ADDRESS = re.compile(
    r"\\(?P<command>[A-Za-z]++)\*?(?P<blanks>\s*+)|\\(?P<sign>.)|(?P<brace>[{}])", re.DOTALL
)
# What some programs leave of mathematics: something unseen, whose braces are escaped.
_PHANTOM = re.compile(r"\\\{\\v?phantom\\\}|\\v?phantom(?:\\\{\\\}|\{\})")
# An entity may encode a character with a meaning in LaTeX.
_AS_LATEX = {
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
}
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# `&amp;amp;uuml;`
_MOST_TIMES_ESCAPED = 4
_MARKS = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
# fmt: off
_ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}",
}
# fmt: on
_ESCAPED = re.compile(r"<(?=/?[A-Za-z])|[\\~^%&#_${}]|(?<=-)-|(?<=`)`|(?<=')'|(?<=\n)@")
# What would be read as HTML: it is parted from the sign that begins it.
_BEGINS_HTML = {"&": r"\&{}", "<": "<{}"}
_NAME_OF_ENTITY = re.compile(r"#?\w{1,32};")
# A dollar before a blank or a figure is money.
_MATH = re.compile(
    r"\$(?![\s$])(?:[^$\\{}\n]++|\\[^{}\n]|\{(?:[^$\\{}\n]|\\[^{}\n]|\{[^$\\{}\n]*+\})*+\})+?"
    r"(?<![\s\\])\$(?!\d)"
)


def plain_text(latex: str) -> str:
    """Return the text that the LaTeX is set as, with the line ends of the source and NEW_LINE."""
    if not _SPECIAL.search(latex) and "<" not in latex:
        return _composed(latex)
    return _composed(_Decoder(_PHANTOM.sub("", tidied_latex(latex)), _TOKEN).text())


def tidied_latex(latex: str) -> str:
    """The LaTeX without what asks whether it is in mathematics, and without the tags and entities
    of HTML that programs leave in it."""
    if "\\ifmmode" in latex:
        latex = _IF_IN_MATH.sub(_outside_math, latex)
    latex = markup.said_once(latex)
    for _ in range(_MOST_TIMES_ESCAPED):
        before = latex
        if "<" in latex or "\\textless" in latex or "\\l" in latex:
            latex = _TAG.sub(_unless_html, latex)
        if "&" in latex or "textampersand" in latex:
            latex = _ENTITY.sub(_unescaped, latex)
        if latex == before:
            break
    return latex


def _unless_html(found: re.Match[str]) -> str:
    """Return a blank for an HTML tag that separates, and other tags unchanged; in mathematics there
    are no tags.
    """
    if found[0].startswith("<") and found.string.count("$", 0, found.start()) % 2:
        return found[0]
    tag = f"<{found['tag']}>"
    bare = markup.without_tags(tag)
    return found[0] if bare == tag else bare


def _unescaped(found: re.Match[str]) -> str:
    name = re.sub(r"[\\{}]", "", found[1])
    text = unescape(f"&{name}")
    if text == f"&{name}":
        return found[0]
    return _UNSTORABLE.sub("", _AS_LATEX.get(text, text))


def _outside_math(found: re.Match[str]) -> str:
    inside, *outside = _ELSE.split(found[1], maxsplit=1)
    is_in_math = found.string.count("$", 0, found.start()) % 2
    return inside if is_in_math else "".join(outside)


def address_in_latex(latex: str) -> str:
    """Return the web address or number that is written there, in which only braces are special."""
    if "\\" not in latex and "{" not in latex:
        return latex.strip()
    return _Decoder(latex, _TOKEN_OF_ADDRESS).text().strip()


def written(text: str) -> str:
    """Return the text in LaTeX, such that `plain` gives it again. No line of it begins with `@`."""
    if not _ESCAPED.search(text):
        return text
    parts, at = [], 0
    for found in _MATH.finditer(text):
        parts += [text[at : found.start()], found[0]]
        at = found.end()
    parts.append(text[at:])
    parts[::2] = _escaped(parts[::2])
    return "".join(parts)


def written_address(text: str) -> str:
    """Return the address such that `address` gives it again."""
    return re.sub(r"[\\{}]", lambda found: _SPELT_OUT.get(found[0], found[0]), text)


_SPELT_OUT = {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
}


def _escaped(parts: list[str]) -> list[str]:
    braces = _SPELT_OUT if not _are_balanced("".join(parts)) else {}
    return [_ESCAPED.sub(lambda found: _escape(found, braces), part) for part in parts]


def _escape(found: re.Match[str], braces: dict[str, str]) -> str:
    sign = found[0]
    if sign in _BEGINS_HTML and (sign == "<" or _NAME_OF_ENTITY.match(found.string, found.end())):
        return _BEGINS_HTML[sign]
    if sign == "@":
        return "{@}"
    return braces.get(sign) or _ESCAPES.get(sign) or "{}" + sign


def _are_balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return not depth


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class _Decoder:
    """Goes through the LaTeX once, from left to right, however deep the braces are."""

    def __init__(self, latex: str, token: re.Pattern[str]) -> None:
        self.latex, self.token = latex, token
        self.said: list[str] = []
        # Of each open brace what is said when it closes, or from where on nothing was said.
        self.open: list[str | int] = []
        self.opening: str | int = ""
        self.accent = ""

    def text(self) -> str:
        at = 0
        for found in self.token.finditer(self.latex):
            self._say(self.latex[at : found.start()])
            at = found.end()
            self._read(found)
        self._say(self.latex[at:])
        self._say_lone_accent()
        return "".join(self.said)

    def _read(self, found: re.Match[str]) -> None:
        match found.lastgroup:
            case "command" | "blanks":
                self._obey(found)
            case "sign":
                self._read_sign(found["sign"])
            case "brace" if found[0] == "{":
                self.open.append(self.opening)
                self.opening = ""
            case "brace":
                self._close()
            case "address":
                self._say(address_in_latex(found["address"]))
            case "math":
                self._say_lone_accent()
                self.said.append(found[0])
            case _:
                self._say(_MARKS[found[0]])

    def _read_sign(self, sign: str) -> None:
        if self.token is _TOKEN_OF_ADDRESS:
            self._say(sign)
        elif sign in ACCENTS:
            self._say_lone_accent()
            self.accent = sign
        else:
            self._say(SIGNS.get(sign, sign))

    def _obey(self, found: re.Match[str]) -> None:
        command = found["command"]
        is_applied = self.latex.startswith("{", found.end())
        text = symbol(command)
        if command in ACCENTS:
            self._say_lone_accent()
            self.accent = command
        elif is_applied and command in UNSEEN:
            self.opening = len(self.said)
        elif is_applied and command == "enquote":
            self._say("“")
            self.opening = "”"
        elif text is not None:
            self._say(text)
        elif not (is_applied or command in LOOKS):
            self._say(found[0])

    def _close(self) -> None:
        self._say_lone_accent()
        closing = self.open.pop() if self.open else ""
        if isinstance(closing, int):
            del self.said[closing:]
        else:
            self._say(closing)

    def _say(self, text: str) -> None:
        if self.accent and text.strip():
            text = self._accented(text.lstrip())
        if text and not (self.accent and text.isspace()):
            self.said.append(text)

    def _accented(self, text: str) -> str:
        accent, self.accent = self.accent, ""
        letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
        if not letter.isalnum():
            return _alone(accent) + text
        return unicodedata.normalize("NFC", letter + ACCENTS[accent]) + text[1:]

    def _say_lone_accent(self) -> None:
        if self.accent:
            self.said.append(_alone(self.accent))
            self.accent = ""


def _alone(accent: str) -> str:
    """Return an accent above nothing: the sign itself, but no letter."""
    return "" if accent.isalpha() else accent
