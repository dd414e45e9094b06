"""Tell whose names beside a title are those of people who wrote the paper."""

import itertools
from collections.abc import Iterator, Sequence

from papers.formats.markdown import names
from papers.formats.markdown.features import Page, host
from papers.formats.markdown.found import Found
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import PEOPLE, PRESENTER, VENUE

# Before *by* and who presents the paper.
_PRESENTED = frozenset({
    "led", "presented", "hosted", "given", "chaired", "moderated", "run", "discussed", "explained",
    "introduced", "facilitated", "talk", "session", "presentation",
})  # fmt: skip


def with_all_people(one: Found, page: Page) -> Found:
    """Return the paper with those pieces as people, too, that are names between the same marks as
    people: in italics, in bold or in one bracket."""
    known = one.pieces.get(PEOPLE)
    if not known:
        one.pieces[PEOPLE] = list(_credited(one, page))
        return one
    number, first = known[0]
    if is_at_home(first):
        one.pieces[PEOPLE] = list(_at_home_beside(one, page, number, first))
        return one
    if not (first.is_italic or first.is_bold or first.bracket):
        return one
    others = {id(piece) for label in (VENUE, PRESENTER) for _, piece in one.pieces.get(label, ())}
    beside = [
        (number, piece)
        for piece in page.pieces[number]
        if id(piece) not in others
        if piece.run == first.run and piece.cell == first.cell and piece.kind in {"text", "etal"}
    ]
    if all(names.are_names(piece.text) for _, piece in beside if piece.kind == "text"):
        one.pieces[PEOPLE] = beside
    return one


def _at_home_beside(
    one: Found, page: Page, number: int, first: Piece
) -> Iterator[tuple[int, Piece]]:
    """Yield the people of the paper, and those beside the first one who are links as it is."""
    known = {id(piece) for _, piece in one.pieces[PEOPLE]}
    others = [other for other in one.pieces[PEOPLE] if other[0] != number]
    for piece in page.pieces[number]:
        is_title = number == one.number and one.first.start <= piece.start <= one.last.start
        is_beside = piece.cell == first.cell and is_at_home(piece) and not is_title
        if id(piece) in known or is_beside:
            yield number, piece
    yield from others


def _credited(one: Found, page: Page) -> Iterator[tuple[int, Piece]]:
    """Yield the names that are behind the title and the word *by*, or before it and a year in
    brackets: `Marsh (1970) Counting Bees`."""
    own = page.pieces[one.number]
    years = [piece.start for piece in own if piece.kind == "year" and piece.bracket]
    is_dated_before = any(start < one.first.start for start in years)
    for at, piece in enumerate(own):
        is_behind = piece.start > one.last.start and is_by(own, at) == PEOPLE
        is_lead = is_dated_before and piece is own[0] is not one.first
        if is_behind or is_lead:
            beside = itertools.takewhile(is_name, own[at:])
            yield from ((one.number, other) for other in beside if other.run == piece.run)
            return


def is_by(own: Sequence[Piece], at: int) -> int | None:
    """Whose names follow the word *by* before the piece: those of people who wrote the paper, or
    of presenters, as behind *led by*."""
    if not own[at].before.endswith("by"):
        return None
    before = own[at - 1].text.casefold().split()[-1:] if at else []
    return PRESENTER if before and before[0] in _PRESENTED else PEOPLE


def is_name(piece: Piece) -> bool:
    return piece.kind == "text" and names.are_names(piece.text)


def is_linked_name(piece: Piece) -> bool:
    return piece.link is not None and is_name(piece)


def is_at_home(piece: Piece) -> bool:
    """Return whether a person's name leads to where no papers are: to their own page."""
    return is_linked_name(piece) and host(piece.link or "") == "web"
