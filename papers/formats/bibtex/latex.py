"""Text to LaTeX and back: accents, symbols, and the braces that protect capitals.

Mathematics between dollars is kept as it is. A command that is not known keeps what it is applied
to, and where it is applied to nothing it stays as written: no text is eaten.
"""

import re
import unicodedata
from html import unescape

from papers.formats.bibtex.symbols import ACCENTS, LOOKS, SIGNS, UNSEEN, symbol

_SPECIAL = re.compile(r"[\\{}$~&]|--|``|''")
# What programs leave of HTML. In LaTeX an `&` has a backslash before it.
_ENTITY = re.compile(r"(?:(?<!\\)&|\{\\&\})(amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
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
_MARKS = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
# fmt: off
_ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}",
}
# fmt: on
_ESCAPED = re.compile(r"[\\~^%&#_${}]|(?<=-)-|(?<=`)`|(?<=')'|(?<=\n)@")
# A dollar before a blank or a figure is money.
_MATH = re.compile(
    r"\$(?![\s$])(?:[^$\\{}\n]++|\\[^{}\n]|\{(?:[^$\\{}\n]|\\[^{}\n]|\{[^$\\{}\n]*+\})*+\})+?"
    r"(?<![\s\\])\$(?!\d)"
)


def plain(latex: str) -> str:
    """The text that the LaTeX is set as, with the line ends of the source and NEW_LINE."""
    if not _SPECIAL.search(latex):
        return _composed(latex)
    if "&" in latex:
        latex = _ENTITY.sub(lambda found: unescape(f"&{found[1]};"), latex)
    return _composed(_Decoder(_PHANTOM.sub("", latex), _TOKEN).text())


def address(latex: str) -> str:
    """The web address or number that is written there, in which only braces are special."""
    if "\\" not in latex and "{" not in latex:
        return latex.strip()
    return _Decoder(latex, _TOKEN_OF_ADDRESS).text().strip()


def written(text: str) -> str:
    """The text in LaTeX, such that `plain` gives it again. No line of it begins with `@`."""
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
    """The address such that `address` gives it again."""
    return re.sub(r"[\\{}]", lambda found: _SPELT_OUT.get(found[0], found[0]), text)


_SPELT_OUT = {
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
}


def _escaped(parts: list[str]) -> list[str]:
    braces = _SPELT_OUT if not _are_balanced("".join(parts)) else {}
    return [_ESCAPED.sub(lambda found: _escape(found[0], braces), part) for part in parts]


def _escape(sign: str, braces: dict[str, str]) -> str:
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
                self._say(address(found["address"]))
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
    """An accent above nothing: the sign itself, but no letter."""
    return "" if accent.isalpha() else accent
