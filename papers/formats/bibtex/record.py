"""The fields of an entry while they are being understood: what is taken, and what is left."""

from collections.abc import Iterable

from papers.formats.bibtex.entries import BibtexField

# What programs keep for themselves, and what our own fields say.
# fmt: off
_BOOKKEEPING = frozenset({
    "abstractnote", "adsnote", "bdsk-color", "biburl", "bibsource", "creationdate", "crossref",
    "date-added", "date-modified", "entryset", "fulltext", "ids", "internal-note", "label-prefix",
    "lastchecked", "local-url", "localfile", "modificationdate", "options", "owner",
    "owner-id", "presort", "relevance", "sortkey", "timestamp", "unique-id", "unread", "xdata",
    "xref", "x-kind", "x-authors", "x-editors",
})
# fmt: on
_BEGINNINGS_OF_BOOKKEEPING = ("bdsk-file-", "bdsk-url-", "file", "jabref-", "citeulike-")
# What a field may hold that says nothing.
_NOTHING = " \t\r\n{}"
# Ours, where a name is none that BibTeX would take, or would be taken for something else.
FURTHER = "x-further-"


class BibtexRecord:
    """Each question for a field takes it, so that what is left at the end was not asked for."""

    def __init__(self, fields: Iterable[BibtexField]) -> None:
        self.fields = tuple(field for field in fields if field.value.strip(_NOTHING))
        self.by_name: dict[str, BibtexField] = {}
        for field in self.fields:
            self.by_name.setdefault(field.name.casefold(), field)
        self.taken: set[int] = set()
        # All that was asked for: no other field can change what is understood.
        self.asked: set[str] = set()

    def peek(self, name: str) -> str:
        """The LaTeX of the field, without taking it; empty where there is none."""
        self.asked.add(name)
        field = self.by_name.get(name)
        return field.value if field else ""

    def take(self, *names: str) -> str:
        """The LaTeX of the first of the fields that there is; empty where there is none."""
        for name in names:
            self.asked.add(name)
            if name in self.by_name:
                self.taken.add(id(self.by_name[name]))
                return self.by_name[name].value
        return ""

    def take_all(self, *names: str) -> list[str]:
        """The LaTeX of each of the fields, also of those that come twice."""
        self.asked.update(names)
        found = [field for field in self.fields if field.name.casefold() in names]
        self.taken.update(map(id, found))
        return [field.value for field in found]

    def left(self) -> list[BibtexField]:
        """Return the fields that were not read and that no program keeps for itself, in order."""
        return [
            field
            for field in self.fields
            if id(field) not in self.taken and not is_bookkeeping(field.name)
        ]


def is_bookkeeping(name: str) -> bool:
    name = name.casefold()
    return name in _BOOKKEEPING or name.startswith(_BEGINNINGS_OF_BOOKKEEPING)
