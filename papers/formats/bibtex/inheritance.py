"""Fields inherited from other entries: `crossref`, `xref` and `xdata`."""

from collections.abc import Iterable

from papers.formats.bibtex.entries import BibtexBlock, BibtexField

_MOST_ANCESTORS = 8
# fmt: off
_FROM_PARENT = frozenset({
    "address", "booktitle", "booksubtitle", "booktitleaddon", "date", "edition", "editor",
    "eventdate", "eventtitle", "institution", "isbn", "issn", "issue", "issuetitle", "journal",
    "journaltitle", "language", "langid", "location", "maintitle", "mainsubtitle", "month",
    "number", "organization", "publisher", "school", "series", "venue", "volume", "volumes",
    "year",
})
# fmt: on
_TITLE_OF_PARENT = {"title": "booktitle", "subtitle": "booksubtitle"}
_TITLE_OF_SEVERAL_VOLUMES = {"title": "maintitle", "subtitle": "mainsubtitle"}
_DATES = frozenset({"date", "year", "month"})


class Family:
    """The entries of a file by their keys. Of entries with one key the first is the parent."""

    def __init__(self, blocks: Iterable[BibtexBlock]) -> None:
        self.by_key: dict[str, BibtexBlock] = {}
        for block in blocks:
            if block.key and not block.reason:
                self.by_key.setdefault(block.key.casefold(), block)

    def completed(self, block: BibtexBlock) -> tuple[tuple[BibtexField, ...], tuple[str, ...]]:
        """Return the fields of the entry with those that it inherits, and the keys not found."""
        said = [field for field in block.fields if field.value.strip()]
        fields = {field.name.casefold(): field for field in reversed(said)}
        if not fields.keys() & {"crossref", "xref", "xdata"}:
            return block.fields, ()
        added: list[BibtexField] = []
        missing: list[str] = []
        waiting = _parents(block.fields)
        seen = {block.key.casefold()}
        while waiting and len(seen) < _MOST_ANCESTORS:
            relation, key = waiting.pop(0)
            parent = self.by_key.get(key.casefold())
            if parent is None:
                missing.append(key)
            elif parent.key.casefold() not in seen:
                seen.add(parent.key.casefold())
                new = _inherited(parent, relation, fields)
                fields |= {field.name: field for field in new}
                added += new
                waiting += _parents(parent.fields)
        return (*block.fields, *added), tuple(missing)


def _parents(fields: Iterable[BibtexField]) -> list[tuple[str, str]]:
    return [
        (field.name.casefold(), key.strip())
        for field in fields
        if field.name.casefold() in {"crossref", "xref", "xdata"}
        for key in field.value.split(",", _MOST_ANCESTORS)[:_MOST_ANCESTORS]
        if key.strip()
    ]


def _inherited(
    parent: BibtexBlock, relation: str, said: dict[str, BibtexField]
) -> list[BibtexField]:
    """Return the parent's fields that the entry lacks; the parent's title becomes `booktitle`."""
    renamed = _TITLE_OF_SEVERAL_VOLUMES if parent.type.startswith("mv") else _TITLE_OF_PARENT
    # A year does not complete the date of someone else.
    has_date = bool(said.keys() & {"date", "year"})
    found: dict[str, BibtexField] = {}
    for field in parent.fields:
        name = field.name.casefold()
        if relation == "xdata":
            is_inherited = name != "xdata"
        else:
            name = renamed.get(name, name)
            is_inherited = name in _FROM_PARENT or name in renamed.values()
        if is_inherited and name not in said and not (has_date and name in _DATES):
            found.setdefault(name, BibtexField(name, field.value))
    if renamed.get("title") in said:
        found.pop(renamed["subtitle"], None)
    return list(found.values())
