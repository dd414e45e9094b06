"""Recognise the content of a column by its name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from papers.formats.core.reading_list.details import DETAILS, DetailKind, names_where
from papers.formats.csv.programs import program_of

# What a row of ours says beside the details, and the names of those columns.
_OF_THE_PLACE = {"topic": "topic", "checked": "status", "note": "notes"}


def _ours() -> dict[str, str]:
    """Return the name of each of our own columns, by what an entry calls it: what a line of
    Markdown says first, then the other details; `further` is the last.
    """
    names = {name: one.column or one.label for name, one in DETAILS.items()}
    first = names_where(lambda one: one.is_on_a_line)
    last = names_where(lambda one: one.kind == DetailKind.PAIRS)
    between = [name for name in names if name not in (*first, *last)]
    return {
        **{name: names[name] for name in first},
        **_OF_THE_PLACE,
        **{name: names[name] for name in between},
        "file": "file",
        **{name: names[name] for name in last},
    }


# A table of ours has all of them in this order, `status` only where ticks are written.
OURS = _ours()
# What columns are called in English, German, French, Spanish and Chinese, and by Web of Science;
# what is believed first comes first. Case, accents, blanks and punctuation do not matter.
_NAMES = {
    **{
        name: one.columns or one.column or one.label
        for name, one in DETAILS.items()
        if one.kind != DetailKind.PAIRS
    },
    "first_page": "start page, page start, first page, beginning page, BP",
    "last_page": "end page, page end, last page, ending page, EP",
    "topic": "topic, topics, category, categories, section, tag, group, theme, collection, "
    "collections, folder, thema, themen, kategorie, bereich, gruppe, abschnitt, categorie, "
    "rubrique, sujet, tema, temas, categoria, seccion, grupo, 主题, 类别, 分类, 专题, 领域, 方向, "
    "term, semester, quarter, trimester, module, unit, semestre, trimestre, 学期",
    "checked": "status, read, done, reading status, read status, checked, completed, finished, "
    "is read, have read, gelesen, erledigt, lu, fait, statut, leido, hecho, estado, 已读, 状态, "
    "阅读状态, 完成, 是否已读",
    "note": "notes, note, comments, comment, remarks, remark, bemerkungen, bemerkung, notizen, "
    "notiz, kommentare, kommentar, anmerkungen, anmerkung, remarques, remarque, commentaires, "
    "notas, nota, comentarios, comentario, 备注, 笔记, 评论, 注释, 说明",
    "presenters": "presenter, presenters, presented by, speaker, vortragende, referent, "
    "referentin, presentateur, ponente, 报告人, 主讲人, who, wer, qui, quien, led by, leader, "
    "discussion leader, discussant, host, intervenant, orateur, moderation, relatore, докладчик, "
    "المقدم, מציג, 発表者, 발표자",
    # Further people beside the first, who has a column of their own.
    "more_authors": "co authors, coauthors, other authors, additional authors",
    "proposer": "proposer, proposed by, suggested by, vorgeschlagen von, propose par, 推荐人",
    "extra": "extra",
    "file": "file",
    # When and how the program that kept it did so.
    "": "date added, date modified, access date, file attachments, link attachments, "
    "library catalog, zotero key, query date, timestamp, created time, last edited time",
}
# A running number unless there are volumes, and pages of a newspaper.
_ISSUE_ONLY_WITH_VOLUME = {"number", "numero"}
_OF_ZOTERO = {"itemtype", "publicationtitle", "manualtags"}
# There a key is no citation key, and a section is that of a newspaper.
_ZOTERO_KEY = "zoterokey"
_NOT_IN_ZOTERO = {"section"}

Columns = dict[str, list[int]]


def word(name: str) -> str:
    """Return the name of a column as it is compared."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, bare))


_MEANT = {
    word(name): (meaning, rank)
    for meaning, names in _NAMES.items()
    for rank, name in enumerate(names.split(", "))
}
# `TI` and its like mean something only where the whole row speaks so.
_TAGS = {
    name.casefold() for names in _NAMES.values() for name in re.findall(r"\b[A-Z]{2}\b", names)
}
_LEAST_TAGS = 4


def meant(header: Sequence[str]) -> tuple[str, ...]:
    """Return the detail that each column holds; an unknown one is its name after `?`.

    A column without a name, or called `#`, counts the rows and holds nothing of a paper.
    """
    words = [word(name) for name in header]
    if set(words) >= _OF_ZOTERO:
        words = [_ZOTERO_KEY if one == "key" else one for one in words]
    unknown = _unknown_among(words)
    program = program_of(words)
    special = {**program.personal, **program.meanings} if program else {}
    return tuple(
        special[one]
        if one in special
        else _MEANT[one][0]
        if one in _MEANT and one not in unknown
        else one and f"?{name.strip()}"
        for one, name in zip(words, header, strict=True)
    )


def ranked(header: Sequence[str], meanings: Sequence[str]) -> Columns:
    """Of each meaning the columns that have it, the one believed first standing first."""
    found: Columns = {}
    for at, meaning in enumerate(meanings):
        found.setdefault(meaning, []).append(at)
    for columns in found.values():
        columns.sort(key=lambda at: _MEANT.get(word(header[at]), ("", 0))[1])
    return found


def known(meanings: Iterable[str]) -> set[str]:
    """Return the details among the meanings."""
    return {meaning for meaning in meanings if meaning in _NAMES and meaning}


def _unknown_among(words: Sequence[str]) -> set[str]:
    """Return the words that mean nothing next to these others."""
    unknown: set[str] = set()
    if set(words) >= _OF_ZOTERO:
        unknown |= _NOT_IN_ZOTERO
    if not any(_MEANT.get(one, ("",))[0] == "volume" for one in words):
        unknown |= _ISSUE_ONLY_WITH_VOLUME
    if len(set(words) & _TAGS) < _LEAST_TAGS:
        unknown |= _TAGS
    return unknown
