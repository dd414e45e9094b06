"""All formats that lists are read and written in.

A new one is a file that says what it is, and a line in FORMATS: the forms, the downloads, the
command line and the tests of all formats follow.
"""

from collections import defaultdict

from papers.formats import bibtex, csl_json, csv, org, zotero_rdf
from papers.formats.markdown import checklist
from papers.formats.tagged import pubmed, ris, wos

FORMATS = (
    checklist.FORMAT,
    org.FORMAT,
    bibtex.FORMAT,
    ris.FORMAT,
    wos.FORMAT,
    pubmed.FORMAT,
    csl_json.FORMAT,
    csv.FORMAT,
    zotero_rdf.FORMAT,
)
READ = tuple(one for one in FORMATS if one.reads)
WRITTEN = tuple(one for one in FORMATS if one.writes)
CITING = tuple(one for one in WRITTEN if one.cites)

BY_NAME = {one.name: one for one in FORMATS}
BY_OPTION = {one.option: one for one in WRITTEN}
BY_EXTENSION = {one.extension: one for one in WRITTEN}
MARKDOWN, CSV = checklist.FORMAT, csv.FORMAT

_PAGE_SUFFIXES = ("html", "htm")


def choices() -> list[tuple[str, str]]:
    """Return the names and labels of what is read, as a field offers them."""
    return [(one.name, one.label) for one in READ]


def labels() -> str:
    """Return what is read as part of a sentence."""
    *others, last = [one.label for one in READ]
    return f"{', '.join(others)} or {last}"


def limits() -> str:
    """Return a sentence on how large a file may be."""
    by_size = defaultdict(list)
    for one in READ:
        by_size[one.largest].append(one.label)
    most = max(by_size, key=lambda size: len(by_size[size]))
    smaller = [
        f"{' and '.join(names)} up to {size // 2**20} MB"
        for size, names in by_size.items()
        if size != most
    ]
    return f"{', '.join([*smaller, f'other formats up to {most // 2**20} MB'])}."


def accepted() -> str:
    """Return which files may be chosen, as the `accept` of a field: saved web pages too."""
    suffixes = [suffix for one in READ for suffix in one.suffixes]
    return ",".join([*(f".{suffix}" for suffix in (*suffixes, *_PAGE_SUFFIXES)), "text/*"])
