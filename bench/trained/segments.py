"""The pieces of a line between punctuation, brackets, marks, quotation marks and links."""

import re
from dataclasses import dataclass

from bench.trained.lines import Line

_TOKEN = re.compile(
    r"""
    (?P<image>!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\))
  | (?P<linkend>\]\s?(?=\(http)\((?:[^()]|\([^()]*\))*\)|\]\((?:<[^<>]*>|(?:[^()]|\([^()]*\))*)\))
  | (?P<autolink><(?:https?|ftp)://[^<>\s]*>)
  | (?P<tag></?[A-Za-z][^<>]{0,300}>|<!--.*?-->)
  | (?P<url>(?:https?://|www\.)[^\s<>|，。；、]+)
  | (?P<escape>\\[\[\]()*_|`"])
  | (?P<mark>\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|~~|`+)
  | (?P<quote>["“”„«»《》「」『』])
  | (?P<bracket>[\[\](){}（）【】〔〕])
  | (?P<etal>\bet\.?\s?al\b\.?,?|\betal\b\.?|\band\ others\b)
  | (?P<year>(?<![\d.:/,-])(?:1[5-9]\d\d|20[0-3]\d)(?!\d)(?!\.\d{4})(?!\s?[/-]\s?\d)(?:年)?|[١٢][٠-٩]{3}|[१२][०-९]{3})
  | (?P<short>(?<=[A-Za-z])\s?['’]\s?\d\d(?!\d|\w)|(?<=[A-Za-z]{2})\s\d\d(?=\s*(?:$|[)\].,;|:*])))
  | (?P<sign>:[a-z][a-z_+0-9]+:|[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]\ufe0f?)
  | (?P<delim>\s(?=arXiv\spreprint\b|(?:arXiv|arxiv|doi|DOI)\s?:)|,(?=\s|$)|\.(?=\s|$|[*_"”\]])|;(?=\s|$)|:(?=\s|$|\*)|\s[-–—~·/•]\s|\s--\s|\s---\s|[，。；：、・،|]|——|―|\s{2,}|\sby\s)
    """,
    re.VERBOSE,
)
_NO_STOP = re.compile(
    r"(?:^|[\s.(-])(?:[A-ZÀ-ÞА-Я]|Jr|Sr|St|Dr|vs|al|ed|eds|vol|no|No|Vol|pp|Proc|Conf|Int|Trans|J|Phys|Rev|Lett|Prof|cf|e\.g|i\.e|Ph|u|a)$"
)
_OPENS, _CLOSES = "[({（【〔", "])}）】〕"
_QUOTES = {"“": "”", "„": "“", "«": "»", "《": "》", "「": "」", "『": "』", '"': '"'}


@dataclass(slots=True)
class Segment:
    """A piece of text with what is around it. `run` counts the pieces' common marks."""

    start: int
    end: int
    text: str
    kind: str = "text"  # year, short, url, etal, text
    before: str = ""
    after: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    quote: bool = False
    bracket: str = ""
    link: str | None = None
    run: int = 0
    cell: int = -1


def split(line: Line) -> list[Segment]:
    if line.kind == "row" or line.kind == "head":
        found: list[Segment] = []
        for number, (start, end) in enumerate(line.cells):
            inner = _Scanner(line.text, start, end).segments()
            for one in inner:
                one.cell = number
            found += inner
        return found
    return _Scanner(line.text, line.start, len(line.text)).segments()


class _Scanner:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.found: list[Segment] = []
        self.marks: set[str] = set()
        self.quote = ""
        self.brackets: list[tuple[str, int]] = []
        self.anchor: int | None = None  # an open link of HTML, from which piece on
        self.href = ""
        self.delim = "^"
        self.run = 0

    def segments(self) -> list[Segment]:
        begin = self.at
        for token in _TOKEN.finditer(self.text, self.at, self.end):
            if token.start() < begin:
                continue
            kind = token.lastgroup or ""
            if (
                kind == "delim"
                and token[0] == "."
                and _NO_STOP.search(self.text, max(begin, token.start() - 6), token.start())
            ):
                continue
            if (
                kind == "delim"
                and token[0] == ":"
                and self.text[token.start() - 1 : token.start()].isdigit()
                and self.text[token.end() : token.end() + 1].isdigit()
            ):
                continue
            if kind == "escape":
                if token[0][1] in "*_|":
                    continue
                kind = "bracket" if token[0][1] in "[]()" else "delim"
            self.close(begin, token.start(), kind, token)
            begin = self.take(kind, token)
        self.close(begin, self.end, "end", None)
        for one, after in zip(self.found, self.found[1:], strict=False):
            one.after = after.before
        if self.found:
            self.found[-1].after = (self.delim + "$") if self.delim != "^" else "$"
        return self.found

    def close(self, begin: int, end: int, kind: str, token: "re.Match[str] | None") -> None:
        text = self.text[begin:end]
        if kind == "etal" and token:
            end, text = token.end(), self.text[begin : token.end()]
        stripped = text.strip()
        if not stripped or not any(sign.isalnum() for sign in stripped):
            return
        start = begin + len(text) - len(text.lstrip())
        self.add(start, start + len(stripped), stripped, "etal" if kind == "etal" else "text")

    def add(self, start: int, end: int, text: str, kind: str) -> None:
        opened = self.brackets[-1][0] if self.brackets else ""
        self.found.append(
            Segment(
                start,
                end,
                text,
                kind,
                before=self.delim,
                bold=bool(self.marks & {"**", "***", "__", "___", "<b>"}),
                italic=bool(self.marks & {"*", "_", "***", "___", "<i>"}),
                code="`" in self.marks,
                strike="~~" in self.marks,
                quote=bool(self.quote),
                bracket=opened,
                link=self.href if self.anchor is not None else None,
                run=self.run,
            )  # fmt: skip
        )
        self.delim = ""

    def take(self, kind: str, token: "re.Match[str]") -> int:
        text = token[0]
        if kind in {"year", "short"}:
            self.add(token.start(), token.end(), text, kind)
            return token.end()
        if kind == "etal":
            return token.end()
        self.delim = (self.delim + _name(kind, token))[-5:]
        if kind in {"url", "autolink"}:
            self.delim = self.delim[: -len(_name(kind, token))]
            address = text.strip("<>") if kind == "autolink" else _trimmed(text)
            self.add(token.start(), token.start() + len(text), address, "url")
            self.found[-1].link = address
            if kind == "url":
                self.run += 1
                return token.start() + len(address)
        elif kind == "mark":
            self.toggle("`" if text[0] == "`" else text)
        elif kind == "quote":
            self.run += 1
            self.quote = (
                "" if self.quote and text in (self.quote, '"', "”", "“") else _QUOTES.get(text, "")
            )
        elif kind == "bracket":
            self.bracket(text)
        elif kind == "linkend":
            self.linkend(text[text.index("(") + 1 : -1].strip().strip("<>"))
        elif kind == "tag":
            self.tag(text)
        if kind != "delim":
            self.run += 1
        return token.end()

    def toggle(self, mark: str) -> None:
        self.marks ^= {mark}

    def bracket(self, text: str) -> None:
        if text in _OPENS:
            self.brackets.append((text.replace("（", "(").replace("【", "["), len(self.found)))
        elif self.brackets:
            self.brackets.pop()

    def linkend(self, target: str) -> None:
        """`](…)`: what was in the bracket is the text of a link."""
        opened = next(
            (n for n in range(len(self.brackets) - 1, -1, -1) if self.brackets[n][0] == "["), None
        )
        address = target.split(" ")[0] if target.startswith("http") else target
        if opened is None:  # the link began in a line before
            for one in self.found if not self.brackets else ():
                one.link = one.link or address
            return
        first = self.brackets[opened][1]
        outer = self.brackets[opened - 1][0] if opened else ""
        del self.brackets[opened:]
        for one in self.found[first:]:
            one.link = address
            one.bracket = outer if one.bracket == "[" else one.bracket

    def tag(self, text: str) -> None:
        name = re.match(r"</?\s*([A-Za-z]+)", text)
        name = name[1].lower() if name else ""
        is_end = text.startswith("</")
        if name in {"b", "strong", "i", "em", "u", "cite"}:
            mark = "<b>" if name in {"b", "strong", "u"} else "<i>"
            (self.marks.discard if is_end else self.marks.add)(mark)
        elif name == "a":
            found = re.search(r"""href\s*=\s*["']?([^"'\s>]+)""", text, re.IGNORECASE)
            self.anchor = None if is_end or not found else len(self.found)
            self.href = found[1] if found else ""


def _name(kind: str, token: "re.Match[str]") -> str:
    text = token[0].strip()
    if kind == "delim":
        return {
            "，": ",",
            "،": ",",
            "。": ".",
            "；": ";",
            "：": ":",
            "、": "、",
            "–": "-",
            "—": "-",
            "——": "-",
            "--": "-",
        }.get(text, text or "  ")
    if kind == "tag":
        found = re.match(r"</?\s*([A-Za-z]+)", text)
        return f"<{found[1].lower()[:2]}" if found else "<"
    if kind == "mark":
        return text[0]
    if kind in {"bracket", "escape"}:
        return text[-1]
    return {
        "quote": '"',
        "linkend": ")",
        "url": "U",
        "autolink": "U",
        "image": "!",
        "sign": "*",
    }.get(kind, kind[:1])


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:*_'\"`~")
    while url.endswith((")", "]")) and url.count(")") + url.count("]") > url.count("(") + url.count(
        "["
    ):
        url = url[:-1].rstrip(".,;")
    return url
