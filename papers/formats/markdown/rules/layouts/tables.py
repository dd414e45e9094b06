"""Papers as the rows of a table. The header says what a column holds, else its cells do."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from papers.formats.core.commonmark.blocks import Block
from papers.formats.core.commonmark.inline import Env, escaped, escaped_target
from papers.formats.core.reading_list import terms
from papers.formats.core.records import values
from papers.formats.markdown.rules.document import lines_of
from papers.formats.markdown.rules.layouts import html_tables
from papers.formats.markdown.rules.lines import (
    candidate,
    citation,
    mention,
    names,
    prose,
    reference,
)
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.item import LONGEST_ITEM
from papers.formats.markdown.rules.lines.links import Link
from papers.formats.markdown.rules.lines.prose import Prose
from papers.formats.markdown.rules.lines.title import TitleEvidence
from papers.formats.markdown.rules.marks import is_done, is_left

# fmt: off
_ROLES = {
    "title": {
        "title", "titles", "paper", "papers", "article", "articles", "reading", "readings",
        "publication", "publications", "work", "reference", "references", "citation", "book",
        "论文", "标题", "题目", "論文", "titel",
        "titre", "título", "lectura", "titolo", "artikel", "lektüre",
    },
    "year": {"year", "years", "jahr", "année", "año", "anno", "年份", "年", "published"},
    "authors": {"author", "authors", "autor", "autoren", "auteur", "auteurs", "autores", "作者"},
    "venue": {
        "venue", "venues", "conference", "conf", "journal", "publisher", "proceedings", "pub",
        "会议", "期刊", "来源", "发表", "konferenz", "revue", "source",
    },
    "date": {
        "date", "day", "week", "lecture", "session",
        "when", "meeting", "datum", "woche", "fecha", "semana",
        "日期", "时间", "周", "class", "termin",
    },
    "presenters": {
        "presenter", "presenters", "speaker", "speakers", "presented", "leader", "discussant",
        "discussants", "lead", "host", "who", "报告人",
        "主讲人", "分享人", "referent", "vortrag", "ponente",
    },
    "proposer": {"proposer", "proposed", "suggested", "proposers", "recommended", "推荐人"},
    "topic": {
        "topic", "topics", "theme", "subject", "area", "category", "field", "task", "thema",
        "themen", "tema", "sujet", "主题", "方向", "类别", "分类",
    },
    "read": {"read", "done", "finished", "status", "gelesen", "lu", "leído", "已读", "完成"},
    "number": {"no", "nr", "id", "index", "rank", "序号", "编号"},
    "beside": {
        "code", "link", "links", "pdf", "url", "slides", "video", "notes", "repo", "github",
        "project", "resources", "stars", "demo", "website", "代码", "链接", "doi", "arxiv",
    },
}
# fmt: on
_WORD = re.compile(r"[^\W\d_]+")
_NOT_YET = re.compile(
    r"(?:open\b.*|tb[adc]\b.*|to be (?:announced|decided|determined|confirmed).*|n/?a|none|"
    r"no (?:meeting|class|session|lecture|reading)\b.*|.{0,20}(?:holiday|break|cancell?ed|"
    r"vacation)s?\b.{0,20}|free slot|empty|[-–—?.\s]*)",
    re.IGNORECASE,
)
_IN_QUESTION = 12
_LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[Prose, ...]
    lines: tuple[int, ...]


@dataclass(slots=True)
class PaperTable:
    """Rows with the header's first, and what each column holds."""

    header: TableRow
    rows: list[TableRow]
    roles: dict[str, int] = field(default_factory=dict)

    @property
    def is_dated(self) -> bool:
        """Whether its dates say when papers appeared: behind the titles, beside the venues. Those
        of a schedule stand first, or beside who presents."""
        roles = self.roles
        is_beside_venues = "venue" in roles and "presenters" not in roles
        return is_beside_venues and roles.get("date", -1) > roles["title"]

    def cell(self, row: TableRow, role: str) -> Prose:
        column = self.roles.get(role, -1)
        return row.cells[column] if 0 <= column < len(row.cells) else Prose("")


def read(block: Block, env: Env) -> Iterator[Candidate]:
    """The papers of a table in Markdown."""
    if block.type == "table":
        yield from _papers(table_of(block, env))


def table_of(block: Block, env: Env) -> PaperTable:
    """The table in Markdown that the block is."""
    return _table([_row(row, env) for part in block.children for row in part.children])


def read_html(source: str, first_line: int) -> Iterator[Candidate]:
    """The papers of a table in HTML that begins on the line."""
    for rows in html_tables.read(source, first_line):
        yield from _papers(_table([TableRow(cells, lines) for cells, lines in rows]))


def _row(row: Block, env: Env) -> TableRow:
    sources = [cell.content for cell in row.children]
    cells = (prose.read(source if len(source) <= LONGEST_ITEM else "", env) for source in sources)
    return TableRow(tuple(cells), lines_of(row))


def _table(rows: list[TableRow]) -> PaperTable:
    table = PaperTable(rows[0], rows[1:], _roles_of_header(rows[0]))
    return table if "title" in table.roles or not table.rows else _without_header(table)


def _papers(table: PaperTable) -> Iterator[Candidate]:
    if not table.rows or "title" not in table.roles:
        return
    titles = Counter(table.cell(row, "title").plain() for row in table.rows)
    header = [cell.plain() for cell in table.header.cells]
    last = {"date": "", "presenters": ""}
    part = ""
    for row in table.rows:
        cells = [cell.plain() for cell in row.cells]
        if cells == header:
            continue
        if label := _label(cells, row, table):
            part, last = label, dict.fromkeys(last, "")
            continue
        for role in last:
            last[role] = table.cell(row, role).plain() or last[role]
        cell = table.cell(row, "title")
        is_repeated = titles[cell.plain()] > 1 and not cell.links
        if not is_repeated and not _NOT_YET.fullmatch(cell.plain()):
            for one in _of_row(table, row, last):
                yield _below(part, one)


def _below(part: str, one: Candidate) -> Candidate:
    """The paper under the part of the table that it is in, such as a term."""
    if not part:
        return one
    return replace(one, entry=replace(one.entry, topic=(part, *one.entry.topic)))


def _label(cells: Sequence[str], row: TableRow, table: PaperTable) -> str:
    """The name of the part that the row begins, where it says nothing but a term."""
    said = [cell for cell in cells if cell]
    if len(said) != 1 or len(table.header.cells) < _LEAST_COLUMNS:
        return ""
    is_linked = any(cell.links for cell in row.cells)
    is_year = cells.index(said[0]) == table.roles.get("year", -1)
    return "" if is_linked or is_year or not terms.is_one(said[0]) else said[0]


def _of_row(table: PaperTable, row: TableRow, last: dict[str, str]) -> Iterator[Candidate]:
    for cell in _parts(table.cell(row, "title")):
        cut = citation.cut(cell.text)
        for one in mention.read(replace(cell, text=cut.source)):
            found = candidate.of(one, cut.citation)
            if found and any(map(str.isalpha, found.entry.title)):
                yield _completed(found, table, row, last)


def _parts(cell: Prose) -> list[Prose]:
    """The cell, or its lines where each has a title of its own."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    are_titles = all(any(link.is_named for link in cell.links_in(line)) for line in lines)
    return [replace(cell, text=line) for line in lines] if len(lines) > 1 and are_titles else [cell]


def _completed(
    found: Candidate, table: PaperTable, row: TableRow, last: dict[str, str]
) -> Candidate:
    """The paper with what the other columns say of it."""
    entry = found.entry
    links = [link for cell in row.cells for link in cell.links]
    beside = [link for role, link in _links_beside(table, row) if role]
    target = next((link for link in beside if link.may_be_the_paper), None)
    if not (entry.url or entry.file) and target:
        entry = replace(entry, url=target.url, file=target.file)
    topic = table.cell(row, "topic").plain()
    people, venue = table.cell(row, "authors").plain(), table.cell(row, "venue").plain()
    year = reference.year_of(table.cell(row, "year").plain())
    late = values.year(table.cell(row, "date").plain()) if table.is_dated else None
    entry = replace(
        entry,
        topic=(topic,) if topic else (),
        authors=entry.authors or names.cleaned(people),
        venue=entry.venue or re.sub(rf",?\s*\(?{reference.YEAR}\)?", "", venue).strip(),
        year=year or entry.year or reference.year_of(venue) or late,
        note=" ".join(filter(None, [entry.note, _beside(table, row, entry.url)])),
        checked=_checked(table.cell(row, "read")),
        date="" if table.is_dated else last["date"],
        presenters=last["presenters"],
        proposer=table.cell(row, "proposer").plain(),
        lines=row.lines,
    )
    return replace(
        found, entry=entry, links=tuple(links), evidence=TitleEvidence.REFERENCE, is_row=True
    )


def _links_beside(table: PaperTable, row: TableRow) -> Iterator[tuple[str, Link]]:
    """The links outside of the title's column, called by their column."""
    roles = {column: role for role, column in table.roles.items()}
    for column, cell in enumerate(row.cells):
        if roles.get(column, "") in {"", "beside"} and column < len(table.header.cells):
            name = table.header.cells[column].plain()
            for link in cell.links:
                label = f"{name} {link.label}" if link.is_bare or link.is_icon else link.label
                yield name, replace(link, label=label)


def _beside(table: PaperTable, row: TableRow, url: str) -> str:
    links = [link for _, link in _links_beside(table, row) if link.url and link.url != url]
    return " ".join(f"[{escaped(link.label)}]({escaped_target(link.url)})" for link in links)


def _checked(cell: Prose) -> bool | None:
    text = cell.plain()
    if is_done(text):
        return True
    return False if is_left(text) else None


def _roles_of_header(header: TableRow) -> dict[str, int]:
    """The roles that the words of the header give, each to the first column that claims it."""
    roles: dict[str, int] = {}
    for column, cell in enumerate(header.cells):
        words = _WORD.findall(cell.plain().casefold())
        for word in words:
            role = next((role for role, known in _ROLES.items() if word in known), "")
            if role and role not in roles and column not in roles.values():
                roles[role] = column
    return roles


def _without_header(table: PaperTable) -> PaperTable:
    """The table with the column of the titles found by its cells: links called by a title, or the
    longest text. A first row without a role is a row like the others."""
    is_row = not table.roles and any(cell.links for cell in table.header.cells)
    rows = [table.header, *table.rows] if is_row else table.rows
    width = max(len(row.cells) for row in rows)
    taken = set(table.roles.values())
    weights = [
        (_weight([row.cells[n] for row in rows[:_IN_QUESTION] if n < len(row.cells)]), -n)
        for n in range(width)
        if n not in taken
    ]
    weight, column = max(weights, default=(0.0, 0))
    if weight <= 0:
        return table
    return PaperTable(table.header, rows, {**table.roles, "title": -column})


def _weight(cells: Sequence[Prose]) -> float:
    """How much a column looks like titles."""
    named = [link for cell in cells for link in cell.links if link.is_named and " " in link.label]
    papers = [link for link in named if link.is_a_paper]
    words = [len(cell.plain().split()) for cell in cells]
    is_long = sum(words) / max(1, len(words)) >= 4
    if not named and not is_long:
        return 0.0
    documented = sum(bool(reference.year_of(cell.plain())) for cell in cells)
    return (2 * len(named) + 3 * len(papers) + documented + is_long) / len(cells)
