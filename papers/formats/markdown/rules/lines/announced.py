"""What people put before a title: where and when the paper appeared.

`2019-ICLR` Title, **[NeurIPS 2018]** Title, ICML 2020 | Title, (2018/02) Title, 2017.03 - Title
"""

import re

from papers.formats.markdown.rules.lines import names
from papers.formats.markdown.rules.lines.citation import NOTHING, Citation
from papers.formats.markdown.rules.lines.prose import CODE, EMPHASIS, MARKS, STRONG, Prose

_MARK = f"[{STRONG}{EMPHASIS}]"
_GROUP = re.compile(rf"({_MARK}?)[\[(]([^\[\]()]{{2,40}})[\])]{_MARK}?")
_CHINESE = re.compile(r"(【)([^【】]{2,40})】")
_COLUMN = re.compile(rf"(?=.*?(\|))([^{MARKS}|]{{2,30}}?)\s*(?=\|\s)")
_RUN = re.compile(rf"([{STRONG}{CODE}])([^{MARKS}]{{2,40}})\1")
_BARE = re.compile(r"()((?:19|20)\d\d[./-]\d{1,2})(?=\s*[-–—|]\s)")
# To the month: what has a day is news.
_DATE = re.compile(r"((?:19|20)\d\d)(?:[./-]\d{1,2})?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d$")
_BETWEEN = re.compile(r"(?:[\s,:|]|[-–—](?=\s))+")
_FORMS = (_GROUP, _RUN, _CHINESE, _BARE, _COLUMN)
_MOST = 2


def cut(prose: Prose, text: str) -> tuple[Citation, str]:
    """The citation before the title, and the line without it."""
    found = NOTHING
    for _ in range(_MOST):
        opening = next(filter(None, (form.match(text) for form in _FORMS)), None)
        mark, inside = opening.groups() if opening else ("", "")
        said = _said(prose.plain(inside).strip(), mark)
        if not opening or not said:
            break
        rest = text[opening.end() :]
        rest = rest[between.end() :] if (between := _BETWEEN.match(rest)) else rest
        if not any(map(str.isalpha, prose.plain(rest))):
            break
        text = rest
        found = Citation(venue=found.venue or said.venue, year=found.year or said.year)
    return found, text


def _said(text: str, mark: str) -> Citation | None:
    """A month in brackets; where marks set it apart, a venue with its year."""
    date = _DATE.fullmatch(text.replace(" ", ""))
    if date and mark not in {STRONG, CODE}:
        return Citation(year=int(date[1]))
    year = _YEAR.search(text)
    if not mark or not year:
        return None
    venue = _YEAR.sub("", text).strip(" -–—_,.'’")
    in_full = year[0] if year[0].isdecimal() else f"20{year[0][1:]}"
    return Citation(venue=venue, year=int(in_full)) if names.is_acronym(venue) else None
