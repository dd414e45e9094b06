"""Tables of programs that keep books on shelves: what their columns hold, where the name alone
would say something else.

What they say of their owner, such as ratings, reviews and days of reading, is left out: a list is
seen by a group. The shelves alone are offered, as the owner's own statuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

_PERSONAL = (
    "startdate finishdate stoppeddate rating reviewname reviewcw reviewcontent reviewpublished "
    "shelfname shelfdate myrating averagerating dateread dateadded bookshelveswithpositions "
    "myreview spoiler privatenotes readcount ownedcopies lastdateread datesread moods pace "
    "starrating review contentwarnings contentwarningdescription owned comment privatecomment "
    "datestarted acquired barcode bcid copies entrydate fromwhere lendingpatron lendingstatus "
    "lendingstart lendingend"
)
_OF_THE_BOOK = (
    "bookid binding numberofpages format characterorplotdriven strongcharacterdevelopment "
    "loveablecharacters diversecharacters flawedcharacters sortcharacter primaryauthorrole "
    "secondaryauthorroles physicaldescription weight height thickness length dimensions pagecount "
    "othercallnumber source summary media workid deweywording authorlf"
)


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    # Columns, as names are compared, that together no other table has.
    signs: frozenset[str]
    meanings: dict[str, str] = field(default_factory=dict)

    @property
    def personal(self) -> dict[str, str]:
        return dict.fromkeys(f"{_PERSONAL} {_OF_THE_BOOK}".split(), "")


PROGRAMS = (
    Program(
        "BookWyrm",
        frozenset({"title", "authortext", "remoteid"}),
        {"authortext": "authors", "remoteid": "url", "shelf": "checked"},
    ),
    Program(
        "Goodreads",
        frozenset({"title", "author", "authorlf", "exclusiveshelf"}),
        {
            "additionalauthors": "more_authors",
            "exclusiveshelf": "checked",
            "bookshelves": "keywords",
            "originalpublicationyear": "year",
        },
    ),
    Program(
        "The StoryGraph",
        frozenset({"title", "authors", "readstatus", "starrating"}),
        {"isbnuid": "isbn", "readstatus": "checked"},
    ),
    Program(
        "LibraryThing",
        frozenset({"title", "primaryauthor", "collections"}),
        {
            "primaryauthor": "authors",
            "secondaryauthor": "more_authors",
            "publication": "publisher",
            "collections": "checked",
            "languages": "language",
        },
    ),
)


def program_of(words: Iterable[str]) -> Program | None:
    """Return the program that writes tables with these columns, if one of those does."""
    there = set(words)
    return next((one for one in PROGRAMS if one.signs <= there), None)
