"""Measure the time and memory that reading lists takes, beside the limits.

    python -m bench.reading [WORD]

One row a case (with WORD, of those that have it in their name): the size of the text; CPU seconds;
the peak of the memory of a process of its own, Python and the modules among it; what became of it;
and the limits. Ends with 1 if a case goes beyond its own.

The lists are invented; those of the grammar's shapes are long lists of one container each. Those
that are made to do harm end in a refusal or a list each.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import cycle
from random import Random

from bench.grammar.containers import CONTAINERS
from bench.grammar.lists import pour
from bench.grammar.shapes import Shape, orders_of

MB = 2**20
MARKDOWN_SECONDS, RECORDS_SECONDS, HOSTILE_SECONDS = 4.0, 5.0, 2.0
MOST_MEGABYTES = 200
MANY = 100_000
WORDS = [
    "sparse",
    "lists",
    "order",
    "graphs",
    "proofs",
    "noise",
    "search",
    "models",
    "dense",
    "trees",
    "bounds",
    "flows",
]


def main(word: str = "") -> None:
    print(f"{'case':34} {'MB':>6} {'seconds':>8} {'peak MB':>8}   {'limits':>12}  became")
    fell = 0
    for name, (_, seconds) in CASES.items():
        if word in name:
            fell += not measured(name, seconds)
    sys.exit(bool(fell))


def measured(name: str, seconds: float) -> bool:
    """Print the row; whether it is within its limits."""
    child = [sys.executable, "-m", "bench.reading", "--one", name]
    ran = subprocess.run(child, capture_output=True, text=True)
    if ran.returncode:
        print(f"{name:34} ended with {ran.returncode}: {ran.stderr.strip()[-200:]}")
        return False
    size, took, peak, became = json.loads(ran.stdout)
    is_within = took <= seconds and peak <= MOST_MEGABYTES
    limits = f"{seconds:.0f} s, {MOST_MEGABYTES}"
    mark = " " if is_within else "*"
    print(f"{name:34} {size / MB:6.1f} {took:8.2f} {peak:8.0f} {mark} {limits:>12}  {became}")
    return is_within


def measure(name: str) -> None:
    """In a process of its own: read the one text and say what that cost."""
    from papers.formats.core import identifier_list
    from papers.formats.core.text import Refused, decode
    from papers.formats.registry import recognition

    data = CASES[name][0]().encode()
    begun = time.process_time()
    try:
        read = identifier_list.read if name.startswith(IDENTIFIERS) else recognition.read
        found = read(decode(data).text)
        became = f"{len(found.entries):,} entries, {len(found.not_understood):,} not understood"
    except Refused as refused:
        became = str(refused).partition("Nothing was written")[0][:70]
    took = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([len(data), took, peak, became]))


# What is read


def title(number: int) -> str:
    return f"On {WORDS[number % 12]} {WORDS[number * 7 % 11]} of {WORDS[number * 5 % 9]}, {number}"


def filled(pieces: Iterable[str], size: int) -> str:
    """As many of the pieces as make that many bytes."""
    text: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece.encode())
        if length > size:
            break
        text.append(piece)
    return "".join(text)


def numbered(made: Callable[[int], str], size: int, start: str = "", end: str = "") -> str:
    return start + filled(map(made, range(10_000_000)), size - len(start + end)) + end


def item(number: int) -> str:
    heading = f"\n## Topic {number // 40}\n" if number % 40 == 0 else ""
    where = f"https://example.org/papers/{number:06}.pdf"
    about = f"*Lists* {1990 + number % 30}. It says that {' '.join(WORDS)} and {WORDS[0]}."
    return f"{heading}- [ ] [{title(number)}]({where}) [Roe et al., ICLS 2020] - {about}\n"


def row(number: int) -> str:
    return (
        f"| {1990 + number % 30} | [{title(number)}](https://example.org/{number}) | J. Roe, A. Doe"
        f" and P. Poe | ICLS | [code](https://example.org/code/{number}) {' '.join(WORDS)} |\n"
    )


def nested(number: int) -> str:
    depth = number % 6
    return f"{'  ' * depth}- [ ] {title(number)} [Roe et al., ICLS {1990 + number % 30}]\n"


def shaped(container: str) -> str:
    """Lists of that container, one below the other."""
    random = Random(container)
    made = (
        pour(Shape(container, orders_of(container)[-1], language, language), random).text
        for language in cycle(("en", "en", "zh", "de"))
    )
    return filled(made, MB)


def bibtex(number: int) -> str:
    return (
        f"@article{{roe{number},\n  title = {{{{{title(number)}}}}},\n"
        f'  author = {{Roe, Jane and M{{\\"u}}ller, Jo and others}},\n  year = {{2020}},\n'
        f"  journal = {{Journal of Lists}},\n  volume = {{7}},\n  pages = {{1--{number}}},\n"
        f"  doi = {{10.1234/lists.{number}}},\n  keywords = {{{', '.join(WORDS)}}}\n}}\n\n"
    )


def ris(number: int) -> str:
    return (
        f"TY  - JOUR\nTI  - {title(number)}\nAU  - Roe, Jane\nAU  - Doe, Jo\nPY  - 2020\n"
        f"JO  - Journal of Lists\nDO  - 10.1234/lists.{number}\nAB  - {abstract()}\nER  - \n\n"
    )


def csl(number: int) -> str:
    said = {
        "id": f"roe{number}",
        "type": "article-journal",
        "title": title(number),
        "author": [{"family": "Roe", "given": "Jane"}, {"family": "Doe", "given": "Jo"}],
        "issued": {"date-parts": [[2020, 7]]},
        "container-title": "Journal of Lists",
        "DOI": f"10.1234/lists.{number}",
        "abstract": abstract(),
    }
    return f"{',' if number else ''}{json.dumps(said)}\n"


def csv(number: int) -> str:
    return (
        f'"{title(number)}","Roe, Jane; Doe, Jo",2020,"Journal of Lists",10.1234/lists.{number},'
        f'"{abstract()}","{"; ".join(WORDS)}"\n'
    )


def rdf(number: int) -> str:
    person = "<foaf:Person><foaf:surname>Roe</foaf:surname></foaf:Person>"
    return (
        f'<bib:Article rdf:about="#{number}"><z:itemType>journalArticle</z:itemType>'
        f"<bib:authors><rdf:Seq><rdf:li>{person}</rdf:li></rdf:Seq></bib:authors>"
        f"<dc:title>{title(number)}</dc:title><dc:date>2020</dc:date>"
        f"<dcterms:abstract>{abstract()}</dcterms:abstract></bib:Article>\n"
    )


def abstract() -> str:
    return "We sort and search. " * 15


TABLE = "| Year | Paper | Authors | Venue | Links |\n|---|---|---|---|---|\n"
COLUMNS = "Title,Authors,Year,Journal,DOI,Abstract,Keywords\n"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:foaf="http://xmlns.com/foaf/0.1/">'
)
IDENTIFIERS = "identifiers "
UNITS = ("-", "a-", "0-", "978-", "a.", "://", "10.", "arxiv:")
CASES: dict[str, tuple[Callable[[], str], float]] = {
    "Markdown, items": (lambda: numbered(item, MB), MARKDOWN_SECONDS),
    "Markdown, tables": (lambda: numbered(row, 600_000, TABLE), MARKDOWN_SECONDS),
    "Markdown, nested": (lambda: numbered(nested, 600_000), MARKDOWN_SECONDS),
    **{
        f"Markdown, {container}": (partial(shaped, container), MARKDOWN_SECONDS)
        for container in CONTAINERS
    },
    "BibTeX": (lambda: numbered(bibtex, 3 * MB), RECORDS_SECONDS),
    "RIS": (lambda: numbered(ris, 4 * MB), RECORDS_SECONDS),
    "CSL-JSON": (lambda: numbered(csl, 4 * MB, "[", "]"), RECORDS_SECONDS),
    "CSV": (lambda: numbered(csv, 4 * MB, COLUMNS), RECORDS_SECONDS),
    "Zotero RDF": (lambda: numbered(rdf, 4 * MB, RDF, "</rdf:RDF>"), RECORDS_SECONDS),
    # Made to do harm
    "quotes in quotes": (lambda: ">" * MANY + " x\n", HOSTILE_SECONDS),
    "items in items": (lambda: "- " * MANY + "x\n", HOSTILE_SECONDS),
    "brackets in brackets": (lambda: "- " + "[" * MANY + "]" * MANY, HOSTILE_SECONDS),
    "stars": (lambda: "- " + "*a **b " * MANY, HOSTILE_SECONDS),
    "fences": (lambda: "```\n" * MANY, HOSTILE_SECONDS),
    "HTML in HTML": (lambda: "<details>\n" * MANY, HOSTILE_SECONDS),
    "columns": (lambda: "|" * MANY + "\n" + "|-" * MANY + "|\n", HOSTILE_SECONDS),
    "blanks in a heading": (lambda: f"# a{' ' * MANY}b\n", HOSTILE_SECONDS),
    "blanks in a task": (lambda: f"- [ ] [[a]]{' ' * MANY}b\n", HOSTILE_SECONDS),
    "lines of Markdown": (lambda: "\n" * 200_000, HOSTILE_SECONDS),
    "one line of 10 MB": (lambda: "x" * 10_000_000, HOSTILE_SECONDS),
    "braces never closed": (lambda: "@article{a, title = {x\n" * MANY, HOSTILE_SECONDS),
    "braces in braces": (lambda: "@article{a, title = " + "{" * MANY, HOSTILE_SECONDS),
    "signs of entries": (lambda: "@" * 200_000, HOSTILE_SECONDS),
    "types of records alone": (lambda: "TY  - \n" * MANY, HOSTILE_SECONDS),
    "JSON in JSON": (lambda: '{"a":' * MANY + "1" + "}" * MANY, HOSTILE_SECONDS),
    "XML in XML": (lambda: "<?xml version='1.0'?>" + "<a>" * MANY, HOSTILE_SECONDS),
    "parts of XML": (lambda: f"{RDF}{'<a/>' * 900_000}</rdf:RDF>", HOSTILE_SECONDS),
    "quotation marks never closed": (
        lambda: COLUMNS + "a,b,c,d,e,f,g\n" + '"a,b\n' * 500_000,
        HOSTILE_SECONDS,
    ),
    "quotation marks doubled": (lambda: COLUMNS + '"' + '""' * 2_000_000, HOSTILE_SECONDS),
    "blank cells": (lambda: COLUMNS + ",,,,,,\n" * 500_000, HOSTILE_SECONDS),
    "blank lines": (lambda: COLUMNS + "\n" * 4_000_000, HOSTILE_SECONDS),
    "separators": (lambda: COLUMNS + "," * 4_000_000, HOSTILE_SECONDS),
}
# As numbers and links are pasted, up to the longest text that is taken.
for unit in UNITS:
    CASES[f"{IDENTIFIERS}{unit}"] = (
        partial((unit * 80_000).__getitem__, slice(80_000)),
        HOSTILE_SECONDS,
    )

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2])
    else:
        main(*sys.argv[1:2])
