"""The metadata of a paper that its page shows below title, authors and links."""

from papers.formats.core import people
from papers.formats.core.reading_list.details import DetailPlace, names_where
from papers.models import Paper
from papers.models.papers import detail_label

# The others are at the head of the page.
_SHOWN = names_where(lambda one: one.place == DetailPlace.METADATA)


def metadata_of(paper: Paper) -> list[tuple[str, str]]:
    """Return the label and value of each that is set."""
    values = {name: getattr(paper, name) for name in _SHOWN}
    values["kind"] = paper.get_kind_display()
    values["editors"] = _names(paper.editors)
    values["issn"] = ", ".join(f"{number[:4]}-{number[4:]}" for number in paper.issn.split())
    values["isbn"] = ", ".join(paper.isbn.split())
    return [(detail_label(name), value) for name, value in values.items() if value]


def _names(text: str) -> str:
    return ", ".join(" ".join(filter(None, [n.given, n.family])) for n in people.parted(text).names)
