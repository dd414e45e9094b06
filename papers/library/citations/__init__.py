"""The forms in which one paper is cited, to copy from its page."""

from dataclasses import dataclass

from papers.formats.registry import CITING
from papers.library.citations import cited
from papers.models import Paper
from papers.models.details import entry_of_paper


@dataclass(frozen=True, slots=True)
class CitationText:
    # As in `bibtex`; names the element on the page.
    name: str
    label: str
    text: str
    # Of the file that it can be downloaded as; a line cannot.
    extension: str = ""


def citations_of(paper: Paper) -> list[CitationText]:
    entry = entry_of_paper(paper)
    return [
        CitationText("line", "Text", cited.citation_line(entry)),
        *(
            CitationText(f.option, f.label, f.write_paper(entry).strip(), f.extension)
            for f in CITING
        ),
    ]
