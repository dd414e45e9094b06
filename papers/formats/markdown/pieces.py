"""The pieces of a line: what is between punctuation, brackets, marks, quotation marks and links."""

import itertools
import re
import sys
from dataclasses import dataclass
from functools import lru_cache

from papers.formats.markdown.lexicon.words import FUNCTION_WORDS
from papers.formats.markdown.lines import Line

# Begins with what a token begins with: most signs are a part of none and are passed over at once.
_TOKEN = re.compile(
    r"""
    (?=[^\w\ ]|[12_١٢१२]|\ (?:[\s\-–—~·/•'’\d]|by\s|[aA]rXiv|doi|DOI)|\b(?:et|and\ others)
      |\b(?:u\.|m\.|y\ |i\ |и\ |та\ )|https?:|www\.)
    (?:
    (?P<image>!\[[^\]]{0,300}\]\((?:[^()]|\([^()]*\))*\))
  | (?P<linkend>\]\s?(?=\(http)\((?:[^()]|\([^()]*\))*\)|\]\((?:<[^<>]*>|(?:[^()]|\([^()]*\))*)\))
  | (?P<autolink><(?:https?|ftp)://[^<>\s]*>)
  | (?P<tag></?[A-Za-z][^<>]{0,300}>|<!--.{0,300}?-->)
  | (?P<url>(?:https?://|www\.)[^\s<>|，。；、]+)
  | (?P<escape>\\[\[\]()*_|`"])
  | (?P<mark>\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|~~|`+)
  | (?P<quote>["“”„«»《》「」『』]|(?<!\w)‘(?=\w)|(?<=[\w.,?!)])’(?!\w))
  | (?P<glued>(?<=[a-z])\((?:e?[dnrs]|e?st|ing|ly|al|ity)\)(?![^\W_])
             |(?<!\w)\([a-z]{1,4}\)(?=[a-z]))
  | (?P<formula>\$(?=[^\s$])(?:(?!\]\()[^$\n]){1,200}(?<=\S)\$(?!\d))
  | (?P<bracket>[\[\](){}（）【】〔〕])
  | (?P<etal>\bet\.?\s?al\b\.?,?|\betal\b\.?|\band\ others\b|\bet\ coll\.|\bu\.\s?a\.|\bm\.\s?fl\.
      |\bи\ др\.|\bта\ ін\.|\by\ cols\.|\bi\ in\.)
  | (?P<year>(?<![\d.:/,-])(?:1[5-9]\d\d|20[0-3]\d)(?!\d)(?!\.\d{4})(?!\s?[/-]\s?\d)(?:年)?
            |[١٢][٠-٩]{3}|[१२][०-९]{3})
  | (?P<short>(?<=[A-Za-z])\s?['’]\s?\d\d(?!\d|\w)|(?<=[A-Za-z]{2})\s\d\d(?=\s*(?:$|[)\].,;|:*])))
  | (?P<sign>:[a-z][a-z_+0-9]+:|[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]\ufe0f?)
  | (?P<delim>\s(?=arXiv\spreprint\b|(?:arXiv|arxiv|doi|DOI)\s?:)|,(?=\s|$)|\.(?=\s|$|[*_"”\]])
             |;(?=\s|$)|:(?=\s|$|\*)|\s[-–—~·/•]\s|\s?//\s|[?!](?=\s+[*_"“]*[^\W\d_])|\s--\s|\s---\s|[，。；：、・،|]|——|―|\s{2,}|\sby\s)
    )
    """,
    re.VERBOSE,
)
# A full stop behind one of these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s.(-])(?:[A-ZÀ-ÞА-Я]|Jr|Sr|St|Dr|vs|al|ed|eds|vol|no|No|Vol|pp|Proc|Conf|Int|Trans|J"
    r"|Phys|Rev|Lett|Prof|cf|e\.g|i\.e|Ph|u|a)$"
)
# A person, family first, and how a title begins behind one: as words, not as a family's name.
_CAPITAL = "".join(filter(str.isupper, map(chr, (*range(0x530), *range(0x1E00, 0x1F00)))))
_REVERSED = re.compile(
    rf"(?:[^\W\d_][\w'’-]+\s){{1,3}}(?:[{_CAPITAL}]\.?[\s-]?){{0,2}}[{_CAPITAL}]{{1,3}}\.?"
)
_TITLE_BEHIND_PEOPLE = re.compile(
    rf"\s+[\"“«]?(?:[{_CAPITAL}\d][\w’'+-]+(?:[:.?!,]|\s+(?![{_CAPITAL}]\.)(?!and\s))"
    r"|[AIOÀОВКСИА]\s+\w)"
)
# Behind a single person: a word before a colon or a dash, or three words that nothing parts; or one
# before a venue, the year and its volume, as medicine has them.
_JOINING = r"(?!(?:and|und|et|y|e|en|och|i|и|і|von|van|de|der|di|da|del|la|le|zu|al)\s)"
_TITLE_BEHIND_ONE = re.compile(
    rf"\s+[\"“«]?[{_CAPITAL}][\w’'+-]*(?::\s|\s[–-]\s|\s+{_JOINING}[\w’'-]+\s+{_JOINING}[\w’'-]{{2,}}"
    rf"|\.\s+[{_CAPITAL}][^.;]{{1,60}}\.\s+(?:1[5-9]|20)\d\d\s?;)"
)
_BETWEEN_PEOPLE = {",", ";"}
_CYRILLIC = re.compile(r"[\u0400-\u052f]$")
_OPENING = "[({（【〔"
_USUAL_BRACKETS = str.maketrans("（【", "([")
_QUOTES = {
    "“": "”",
    "„": "“",
    "«": "»",
    "《": "》",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’",
}
_TAG_NAME = re.compile(r"</?\s*([A-Za-z]+)")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MARK_OF_TAG = {
    **dict.fromkeys(("b", "strong", "u"), "<b>"),
    **dict.fromkeys(("i", "em", "cite"), "<i>"),
}
_BOLD, _ITALIC = {"**", "***", "__", "___", "<b>"}, {"*", "_", "***", "___", "<i>"}
_NAMES_OF_DELIMITERS = {
    "，": ",",
    "،": ",",
    "。": ".",
    "；": ";",
    "：": ":",
    **dict.fromkeys(("–", "—", "——", "--"), "-"),
}
_NAMES_OF_TOKENS = {
    "quote": '"',
    "linkend": ")",
    "url": "U",
    "autolink": "U",
    "image": "!",
    "sign": "*",
}
_WITHOUT_PIECES = {"blank", "rule", "code", "comment"}
# So many of the signs before a piece are looked at.
_MOST_BEFORE = 5
_LONGEST_SMALL_WORD = 12
# Longer than any paper with its links.
_LONGEST, _MOST_PIECES = 4_000, 150


@dataclass(slots=True)
class Piece:
    """A piece of text with what is around it; pieces without a mark between them share a run."""

    start: int
    end: int
    text: str
    kind: str = "text"  # year, short, url, etal, text
    before: str = ""
    after: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_struck: bool = False
    is_quoted: bool = False
    bracket: str = ""
    link: str | None = None
    # The same for all pieces in the text of one link: two links of a line may lead to one address.
    link_number: int = 0
    run: int = 0
    cell: int = -1
    # A letter for each mark that is around it.
    marks: str = ""


def split(line: Line) -> list[Piece]:
    """Return the pieces of the line; of one that is longer than any paper's, those at its
    beginning."""
    found = [] if line.kind in _WITHOUT_PIECES else _split(line)
    for one in found:
        one.marks = _letters(
            *(one.is_bold, one.is_italic, one.is_quoted, one.is_code, one.is_struck),
            *(bool(one.link), one.bracket),
        )
    return found


def _split(line: Line) -> list[Piece]:
    if line.kind not in {"row", "head"}:
        end = min(len(line.text), line.start + _LONGEST)
        return _Scanner(line.text, line.start, end).pieces()
    found: list[Piece] = []
    for number, (start, end) in enumerate(line.cells):
        cell = _Scanner(line.text, start, min(end, start + _LONGEST)).pieces()
        for one in cell:
            one.cell = number
        found += cell
        if len(found) >= _MOST_PIECES:
            break
    return found


@lru_cache(maxsize=1024)
def _letters(
    is_bold: bool,
    is_italic: bool,
    is_quoted: bool,
    is_code: bool,
    is_struck: bool,
    is_linked: bool,
    bracket: str,
) -> str:
    marks = (is_bold, is_italic, is_quoted, is_code, is_struck, is_linked)
    return "".join(itertools.compress("biqcsl", marks)) + bracket


class _Scanner:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.found: list[Piece] = []
        self.marks: set[str] = set()
        self.quote = ""
        # What opened, and how many pieces were found before.
        self.brackets: list[tuple[str, int]] = []
        self.href: str | None = None
        self.links = 0
        self.before = "^"
        self.run = 0

    def pieces(self) -> list[Piece]:
        begin = self.at
        for token in _TOKEN.finditer(self.text, self.at, self.end):
            kind = token.lastgroup or ""
            if token.start() < begin or self._is_within_words(kind, token, begin):
                continue
            if kind == "escape":
                if token[0][1] in "*_|":
                    continue
                kind = "bracket" if token[0][1] in "[]()" else "delim"
            self._close(begin, token.start(), kind, token)
            begin = self._take(kind, token)
            if len(self.found) >= _MOST_PIECES:
                self.end = begin
                break
        self._close(begin, self.end, "end", None)
        for one, after in zip(self.found, self.found[1:], strict=False):
            one.after = after.before
        if self.found:
            self.found[-1].after = sys.intern(f"{self.before}$" if self.before != "^" else "$")
        return self.found

    def _is_within_words(self, kind: str, token: re.Match[str], begin: int) -> bool:
        """Return whether it is the full stop of an abbreviation, the colon of a time, an
        apostrophe, a bracket within a word such as `(un)fair`, a formula, or a number that is no
        year."""
        if token[0] == "’":
            return self.quote != "’"
        if kind in {"glued", "formula"}:
            return True
        if kind == "short":
            return self._follows_a_small_word(token, begin)
        if kind != "delim":
            return False
        if token[0] == ".":
            first = max(begin, token.start() - 6)
            is_short = bool(_ABBREVIATED.search(self.text, first, token.start()))
            return is_short and not self._ends_people(token, begin)
        around = self.text[token.start() - 1 : token.start()], self.text[token.end() :][:1]
        return token[0] == ":" and all(map(str.isdigit, around))

    def _ends_people(self, token: re.Match[str], begin: int) -> bool:
        """Return whether the full stop is behind people whose families come first, and not behind
        an initial within a name: `Marsh AB, Li C. Effects of …`, not `Donald E. Knuth`."""
        text = self.text[begin : token.start()].strip()
        if not _REVERSED.fullmatch(text):
            return False
        is_listed = self.before in _BETWEEN_PEOPLE and bool(self.found)
        is_behind_people = is_listed and bool(_REVERSED.fullmatch(self.found[-1].text))
        is_clear = is_behind_people or bool(_CYRILLIC.search(text))
        behind = _TITLE_BEHIND_PEOPLE if is_clear else _TITLE_BEHIND_ONE
        return bool(behind.match(self.text, token.end()))

    def _follows_a_small_word(self, token: re.Match[str], begin: int) -> bool:
        """Return whether two digits are no year, as in `Part 3 of 12`."""
        before = self.text[max(begin, token.start() - _LONGEST_SMALL_WORD) : token.start()].split()
        is_marked = any(sign in token[0] for sign in "'’")
        return not is_marked and bool(before) and before[-1].casefold() in FUNCTION_WORDS

    def _close(self, begin: int, end: int, kind: str, token: re.Match[str] | None) -> None:
        if kind == "etal" and token:
            end = token.end()
        text = self.text[begin:end]
        stripped = text.strip()
        if any(map(str.isalnum, stripped)):
            start = begin + len(text) - len(text.lstrip())
            self._add(start, stripped, "etal" if kind == "etal" else "text")

    def _add(self, start: int, text: str, kind: str) -> None:
        self.found.append(
            Piece(
                start,
                start + len(text),
                text,
                kind,
                before=sys.intern(self.before),
                is_bold=not self.marks.isdisjoint(_BOLD),
                is_italic=not self.marks.isdisjoint(_ITALIC),
                is_code="`" in self.marks,
                is_struck="~~" in self.marks,
                is_quoted=bool(self.quote),
                bracket=self.brackets[-1][0] if self.brackets else "",
                link=self.href,
                link_number=self.links,
                run=self.run,
            )
        )
        self.before = ""

    def _take(self, kind: str, token: re.Match[str]) -> int:
        """Go on behind the token; where that is."""
        text = token[0]
        if kind in {"year", "short"}:
            self._add(token.start(), text, kind)
        if kind in {"year", "short", "etal"}:
            return token.end()
        if kind in {"url", "autolink"}:
            return self._take_address(kind, token)
        self.before = (self.before + _name(kind, text))[-_MOST_BEFORE:]
        self._take_sign(kind, text)
        self.run += kind != "delim"
        return token.end()

    def _take_sign(self, kind: str, text: str) -> None:
        if kind == "mark":
            self.marks ^= {"`" if text[0] == "`" else text}
        elif kind == "quote":
            self._take_quote(text)
        elif kind == "bracket":
            self._take_bracket(text)
        elif kind == "linkend":
            self._end_link(text[text.index("(") + 1 : -1].strip().strip("<>"))
        elif kind == "tag":
            self._take_tag(text)

    def _take_address(self, kind: str, token: re.Match[str]) -> int:
        text = token[0]
        address = text.strip("<>") if kind == "autolink" else _trimmed(text)
        self._add(token.start(), text, "url")
        self.found[-1].text = self.found[-1].link = address
        self.run += 1
        return token.start() + len(address) if kind == "url" else token.end()

    def _take_quote(self, text: str) -> None:
        self.run += 1
        is_end = self.quote and text in {self.quote, '"', "”", "“"}
        self.quote = "" if is_end else _QUOTES.get(text, "")

    def _take_bracket(self, text: str) -> None:
        if text in _OPENING:
            self.brackets.append((text.translate(_USUAL_BRACKETS), len(self.found)))
        elif self.brackets:
            self.brackets.pop()

    def _end_link(self, target: str) -> None:
        """`](…)`: what was in the bracket is the text of a link."""
        opened = [n for n, (sign, _) in enumerate(self.brackets) if sign == "["]
        address = target.split(" ")[0] if target.startswith("http") else target
        if not opened:  # the link began in a line before
            for one in self.found if not self.brackets else ():
                one.link = one.link or address
            return
        first = self.brackets[opened[-1]][1]
        outer = self.brackets[opened[-1] - 1][0] if opened[-1] else ""
        del self.brackets[opened[-1] :]
        self.links += 1
        for one in self.found[first:]:
            one.link, one.link_number = address, self.links
            one.bracket = outer if one.bracket == "[" else one.bracket

    def _take_tag(self, text: str) -> None:
        found = _TAG_NAME.match(text)
        name = found[1].lower() if found else ""
        is_end = text.startswith("</")
        if mark := _MARK_OF_TAG.get(name):
            (self.marks.discard if is_end else self.marks.add)(mark)
        elif name == "a":
            self.links += 1
            address = _HREF.search(text)
            self.href = address[1] if address and not is_end else None


def _name(kind: str, text: str) -> str:
    """Return what a token is called among what is before a piece."""
    text = text.strip()
    if kind == "delim":
        return _NAMES_OF_DELIMITERS.get(text, text or "  ")
    if kind == "tag":
        found = _TAG_NAME.match(text)
        return f"<{found[1].lower()[:2]}" if found else "<"
    if kind == "mark":
        return text[0]
    return text[-1] if kind in {"bracket", "escape"} else _NAMES_OF_TOKENS.get(kind, kind[:1])


def _trimmed(address: str) -> str:
    """Return the address without what ends the sentence or the bracket that it is in."""
    address = address.rstrip(".,;:*_'\"`~")
    while address.endswith((")", "]")):
        opened = address.count("(") + address.count("[")
        if address.count(")") + address.count("]") <= opened:
            break
        address = address[:-1].rstrip(".,;")
    return address
