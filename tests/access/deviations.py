"""One request after the other, held against the table, and listened to.

Besides the status it matters what was written where nothing was to be written, and whether words
of a group were shown to people who are not in it.
"""

from collections.abc import Iterable, Iterator

from tests.access.canaries import SHOWN_OF_ONESELF, SHOWN_TO_ALL, SHOWN_WITH_A_LINK
from tests.access.expectations import COLUMNS, METHODS, VISITORS
from tests.access.fillers import Route
from tests.access.table import OPERATORS_SEE_ALL, WITH_A_LINK
from tests.access.visitors import Answer, World, undone
from tests.engines import TO_THE_LAST
from tests.rows import everything

LOOKING = {"GET", "HEAD", "OPTIONS"}
# What may be noted of somebody who only looks or is refused: that they were there, what they have
# seen, also of what they were told, and how often they tried.
NOTED = {
    "django_session",
    "usersessions_usersession",
    "papers_visit",
    "papers_notification",
    "cache",
}
IN_THE_GROUP = {"member", "author", "organizer"}
# A method that an address does not have is refused to everyone, and what can be looked at has
# a head: these are enough to tell.
TRYING = {"stranger", "organizer"}


def deviations(
    world: World,
    route: Route,
    *,
    methods: Iterable[str] = METHODS,
    visitors: Iterable[str] = VISITORS,
    presses: tuple[bool, ...] = (False, True),
    state: str = "private",
) -> list[str]:
    """Everything that is not as it is meant to be, each in a line."""
    found, before = [], everything()
    for method in methods:
        for visitor in visitors:
            if visitor not in visitors_with(method):
                continue
            for htmx in presses if is_pressed(method, visitor) else presses[:1]:
                with undone():
                    answer = world.ask(route, method, visitor, htmx=htmx)
                    # A statement that finds no row writes none.
                    refused = answer.status >= 400 and answer.written - NOTED
                    if method == "POST" and refused and everything() == before:
                        answer.written.clear()
                who = f"{method} {route.name} by {visitor} in {state}{' with HTMX' * htmx}"
                wanted = route.line.expected(method, visitor, state, htmx=htmx)
                if answer.status not in wanted:
                    found.append(f"{who}: {answer.status}, not {sorted(wanted)}")
                found += [f"{who}: {fault}" for fault in faults(world, route, method, answer)]
                found += [f"{who}: shows {f}" for f in shown(world, route, visitor, state, answer)]
    return found


def visitors_with(method: str) -> Iterable[str]:
    return VISITORS if TO_THE_LAST or method in ("GET", "POST") else TRYING


def is_pressed(method: str, visitor: str) -> bool:
    """Whether to try it with HTMX, too: by those whom a line names, the others follow them."""
    if TO_THE_LAST:
        return True
    return visitor in COLUMNS if method in ("GET", "POST") else visitor == "organizer"


def faults(world: World, route: Route, method: str, answer: Answer) -> Iterator[str]:
    if method in LOOKING and (written := answer.written - NOTED):
        yield f"looking wrote to {sorted(written)}"
    if answer.status >= 400 and (written := answer.written - NOTED):
        yield f"refused, but wrote to {sorted(written)}"
    if answer.status == 405 and not answer.headers.get("Allow"):
        yield "405 without Allow"


def shown(world: World, route: Route, visitor: str, state: str, answer: Answer) -> set[str]:
    """The fields whose words were shown to somebody who was not to see them."""
    if visitor == "staff" and route.name.startswith(OPERATORS_SEE_ALL):
        return set()
    found = set()
    if visitor != "foreign":
        found |= world.theirs.heard_in(*answer.texts)
    if visitor not in IN_THE_GROUP:
        allowed = SHOWN_TO_ALL.get(state, set())
        if route.name in WITH_A_LINK:
            allowed = allowed | SHOWN_WITH_A_LINK
        allowed = allowed | SHOWN_OF_ONESELF.get(route.name, set())
        found |= world.ours.heard_in(*answer.texts, but=answer.sent) - allowed
    return found | written_to_others(world, visitor, answer)


def written_to_others(world: World, visitor: str, answer: Answer) -> set[str]:
    """The same of letters, which show their words to whom they are sent."""
    found = set()
    for letter in answer.letters:
        words = str(letter.content)
        if visitor != "foreign":
            found |= world.theirs.heard_in(words)
        if letter.recipient not in world.addresses:
            found |= world.ours.heard_in(words) - SHOWN_WITH_A_LINK
    return found
