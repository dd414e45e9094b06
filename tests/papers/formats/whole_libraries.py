"""Made-up libraries with everything in them that makes formats stumble."""

import string

from hypothesis import strategies as st

from papers.formats.core.identity import comparable_title
from papers.formats.core.people import Name, People
from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, outline
from papers.formats.core.reading_list.kinds import KINDS
from papers.formats.core.text.repair import mended

# Letters of several scripts, and every sign that some format takes for its own.
LETTERS = (
    string.ascii_letters + string.digits + "äéøßÅčñ文献אבжω" + "{}\\$%&#_~^\"'<>[]()|*=+-@,;:/!?. "
)


def lines(longest: int = 40) -> st.SearchStrategy[str]:
    """Some words in one line."""
    return st.text(LETTERS, max_size=longest).map(lambda text: " ".join(text.split()))


def some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), strategy)


names = st.builds(
    Name,
    st.text("Abcdeéø", min_size=2, max_size=8).map(str.title),
    st.text("Abcdeéø", min_size=1, max_size=8).map(str.title),
)
people = st.builds(People, st.lists(names, min_size=1, max_size=3).map(tuple), st.booleans())
words = st.text(string.ascii_lowercase, min_size=2, max_size=10)
paths = st.lists(lines(12).filter(lambda name: comparable_title(name)), max_size=2).map(tuple)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    """A work that is none of the others of its library."""
    year = draw(st.one_of(st.none(), st.integers(1500, 2200)))
    title = mended(f"{draw(lines())} Work {number}")
    month = draw(st.integers(1, 12))
    return Entry(
        title=title,
        topic=draw(paths),
        authors=draw(some(st.one_of(people.map(str), lines()))),
        editors=draw(some(people.map(str))),
        venue=draw(lines()),
        year=year,
        published=f"{year}-{month:02}" if year and draw(st.booleans()) else "",
        url=draw(some(words.map(lambda word: f"https://example.org/{word}"))),
        doi=draw(some(words.map(lambda word: f"10.1000/{word}.{number}"))),
        arxiv=draw(some(st.just(f"2106.{number:05}"))),
        kind=draw(st.sampled_from(["", *KINDS])),
        volume=draw(some(st.integers(1, 99).map(str))),
        issue=draw(some(st.integers(1, 12).map(str))),
        pages=draw(some(st.integers(1, 99).map(lambda page: f"{page}-{page + 7}"))),
        publisher=draw(lines()),
        isbn=draw(some(st.just("9780306406157"))),
        issn=draw(some(st.just("03785955"))),
        pmid=draw(some(st.just(f"123{number}"))),
        openalex=draw(some(st.just(f"W274180{number}"))),
        semantic_scholar=draw(some(st.just(f"{number:040x}"))),
        language=draw(some(st.sampled_from(["en", "de", "zh-Hant"]))),
        keywords=draw(st.lists(words, max_size=3, unique=True).map("; ".join)),
        abstract=draw(st.lists(lines().filter(bool), max_size=2).map("\n\n".join)),
        citation_key=f"key{number}",
        further=draw(some_further),
    )


some_further = st.lists(
    st.tuples(words, lines().filter(bool)), max_size=2, unique_by=lambda x: x[0]
)
some_further = some_further.map(tuple)


@st.composite
def libraries(draw: st.DrawFn) -> ReadingList:
    made = [draw(entries(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    topics = outline(entry.topic for entry in made if entry.topic)
    return ReadingList(topics=tuple(map(ListedTopic, topics)), entries=tuple(made))
