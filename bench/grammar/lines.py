"""How the details of one paper become a line, or several, in a style."""

import re
from dataclasses import replace
from random import Random

from bench.grammar import people, titles
from bench.grammar.leads_and_tails import lead, tail
from bench.grammar.links import address_of, labelled, linked, links_behind
from bench.grammar.records import Address, Record
from bench.grammar.sheet import Run, Span, joined, plain, wrapped
from bench.grammar.styles import (
    JOINTS,
    OTHER_MARKS,
    OWN_QUOTES,
    TITLE_MARKS,
    Style,
)
from bench.grammar.styles import (
    ORDERS as ORDERS,
)

# fmt: off
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# These put all but the title between marks.
_AROUND = {"bracket": ("[", "]"), "parentheses": ("(", ")"), "citation": ("(", ")"), "italics": ("*", "*"), "underscores": ("_", "_"), "small": ("<sub>", "</sub>")}
# Between a title and the people, where both are in one link, and behind these.
_BEFORE_PEOPLE = ((" (", ")"), (", ", ""), (" - ", ""), (" by ", ""), (" -", ""), (" / ", ""), (" By ", ""), (". ", ""))
_LETTERS = re.compile(r"(\bV(?=[Yy]\b)|(?<=V)[Yy]\b|\b[VYyNP]\b)")
# fmt: on


def written(random: Random, one: Record, how: Style, number: int = 1) -> Run:
    """The paper as a line, or several, of a list."""
    how = _without_a_lone_colon(how, one)
    parts = dict(details(random, one, how))
    slots = [name for name in how.order.split() if parts.get(name)]
    if how.link == "details" and how.order[0] == "T" and len(slots) > 1:
        run = _with_linked_details(how, slots, parts, address_of(how, one))
    else:
        run = _composed(how, slots, parts)
    if how.link == "label first":
        run = labelled(random, one, how, with_further=how.number % 3 == 0) + plain(" ") + run
    run = lead(random, how, number) + run
    if how.link == "citation":
        run = linked(run, address_of(how, one))
    elif how.link == "html" and "T" in slots:
        pass  # the title has it
    elif how.ends_in_stop:
        run += plain(".")
    return run + links_behind(random, one, how) + tail(random, how, one)


def _without_a_lone_colon(how: Style, one: Record) -> Style:
    """The style with a full stop behind a single person or group: a name of a word or two before a
    colon is how a title begins."""
    is_colon = how.joint in {"colon", "full-width colon"} and how.order[0] == "A"
    return replace(how, joint="stop") if is_colon and len(one.authors) == 1 else how


def details(random: Random, one: Record, how: Style) -> list[tuple[str, Run]]:
    """Each detail of the order, marked as the style marks it, by its letter."""
    found = [("T", title(random, one, how))]
    if "A" in how.order and not _is_lacking(random, how):
        found.append(("A", authors(random, one, how)))
    if "P" in how.order:
        found.append(("P", publication(random, one, how, without_year=_is_lacking(random, how))))
    if "V" in how.order and not _is_lacking(random, how):
        found.append(("V", venue(random, one, how)))
    if "Y" in how.order and not _is_lacking(random, how):
        found.append(("Y", year(random, one, how)))
    return found


def title(random: Random, one: Record, how: Style, marked: bool = True) -> Run:
    """The title with its marks, and the link where that is on the title."""
    before, after = _marks_of_title(how)
    has_stop = _has_stop_within(how) and one.title[-1] not in "?!.？"
    run: Run = (Span(escaped(one.title), "title", one.title),)
    address = address_of(how, one)
    if not marked:
        return run
    run += _translation(random, how) if how.tail == "translation" else ()
    if how.link in {"title with year", "title with people", "html", "wiki"}:
        return _within_link(random, run, one, how)
    if how.link != "title" or how.title_mark in {"brackets", "code"}:
        return wrapped(run, before, (after if not has_stop else f".{after}"))
    if how.number % 2:
        return wrapped(linked(run, address), before, after)
    return linked(wrapped(run, before, after), address)


def _within_link(random: Random, run: Run, one: Record, how: Style) -> Run:
    """The title in a link that holds more, or is none of Markdown's."""
    address = address_of(how, one)
    if how.link == "title with year":
        return linked(
            (*run, Span(" ("), Span(str(one.year), "year", str(one.year)), Span(")")), address
        )
    if how.link == "title with people":
        return _with_people(random, run, one, how)
    if how.link == "wiki":
        return (Span("[["), *run, Span("]]"))
    target = Span(address.url, "url", address.url, address.states)
    return (Span('<a href="'), target, Span('">'), *run, Span("</a>"))


def _marks_of_title(how: Style) -> tuple[str, str]:
    if how.title_mark == "own quotes":
        return OWN_QUOTES.get(how.language, ("“", "”"))
    return TITLE_MARKS[how.title_mark]


def _with_people(random: Random, run: Run, one: Record, how: Style) -> Run:
    """The title and the people as the text of one link."""
    who = Span(people.written(one.authors, how.people, one.language, random), "authors")
    between, behind = _BEFORE_PEOPLE[how.number % len(_BEFORE_PEOPLE)]
    return linked((*run, Span(between), who, Span(behind)), address_of(how, one))


def _translation(random: Random, how: Style) -> Run:
    """What the title means in the language of the list, or in English."""
    if how.language == how.surroundings == "en":
        return ()
    language = how.surroundings if how.surroundings != how.language else "en"
    other = titles.title(random, language)
    before, after = (("（", "）"), ("(", ")"), (" (", ")"), (" ", ""))[how.number % 4]
    has_no_bracket = language == "en" or not before.strip()
    if has_no_bracket and how.number % 4 != 2:
        before, after = " (", ")"
    return (Span(before), Span(other), Span(after))


def authors(random: Random, one: Record, how: Style) -> Run:
    text = people.written(one.authors, how.people, one.language, random)
    run: Run = (Span(text, "authors"),)
    if how.affiliated:
        run += plain(_affiliation(random, how))
    run = wrapped(run, *OTHER_MARKS[how.authors_mark])
    return linked(run, address_of(how, one)) if how.link == "authors" else run


def _affiliation(random: Random, how: Style) -> str:
    """Where the people work, behind their names."""
    where = [people.affiliation(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    return (" ({})", " ({})", ". {}", ", {}", " {}", " @ {}", " - {}", " [{}]")[how.number].format(
        ", ".join(where)
    )


def venue(random: Random, one: Record, how: Style) -> Run:
    run = wrapped((Span(one.venue.name, "venue"),), *OTHER_MARKS[how.venue_mark])
    return linked(run, address_of(how, one)) if how.link == "venue" else run


def year(random: Random, one: Record, how: Style) -> Run:
    shown = Span(digits(str(one.year), how.language, random), "year", str(one.year))
    month = {"M": random.choice(_MONTHS), "m": f"{random.randint(1, 12):02}"}
    form = how.year_form
    if "{y}" in form and 1980 <= one.year <= 2025:
        form, shown = form.replace("{y}", "{Y}"), shown._replace(text=f"{one.year % 100:02}")
    before, _, after = form.replace("'{y}", "{Y}").replace("{y}", "{Y}").partition("{Y}")
    run = (*plain(_filled(before, month)), shown, *plain(_filled(after, month)))
    return wrapped(run, *OTHER_MARKS[how.year_mark])


def _filled(text: str, month: dict[str, str]) -> str:
    return text.replace("{M}", month["M"]).replace("{m}", month["m"])


def publication(random: Random, one: Record, how: Style, without_year: bool = False) -> Run:
    """The venue and the year as one, in the spelling of the style."""
    pattern = _pattern(one, how, without_year)
    first = random.randint(1, 900)
    texts = {
        "V": Span(one.venue.name, "venue"),
        "Y": Span(str(one.year), "year", str(one.year)),
        "y": Span(f"{one.year % 100:02}", "year", str(one.year)),
        "N": Span(str(random.randint(1, 60))),
        "P": Span(f"{first}{random.choice('-–')}{first + random.randint(4, 30)}"),
    }
    run = tuple(texts.get(piece) or Span(piece) for piece in _LETTERS.split(pattern) if piece)
    mark = how.venue_mark if how.venue_mark != "code" else "plain"
    run = wrapped(run, *OTHER_MARKS[mark])
    return linked(run, address_of(how, one)) if how.link == "venue" else run


def _pattern(one: Record, how: Style, without_year: bool) -> str:
    """How the venue and the year are spelt. Two digits are for years that they can mean."""
    pattern = dict(how.venue_spelling)[one.venue.kind]
    if without_year:
        return "V"
    is_short = any(piece == "y" for piece in _LETTERS.split(pattern))
    return "V Y" if is_short and not 1980 <= one.year <= 2025 else pattern


def digits(text: str, language: str, random: Random) -> str:
    """The number in the digits of the script, sometimes."""
    if language == "ar" and random.random() < 0.5:
        return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    if language == "hi" and random.random() < 0.4:
        return text.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    if language == "zh" and random.random() < 0.2:
        return f"{text}年"
    return text


def escaped(text: str) -> str:
    """A title as people write it in Markdown: stars that would make it italic get a backslash."""
    return text.replace("A* search", r"A\* search") if "A* search" in text else text


def _composed(how: Style, slots: list[str], parts: dict[str, Run]) -> Run:
    """The details with what parts them."""
    if how.joint in _AROUND and len(slots) > 1:
        return _in_brackets(how, slots, parts)
    run: Run = ()
    for before, slot in zip([None, *slots], slots, strict=False):
        run += (plain(_joint(how, before, slot)) if before else ()) + parts[slot]
    return run


def _in_brackets(how: Style, slots: list[str], parts: dict[str, Run]) -> Run:
    """All but the title in one bracket, before it or behind it."""
    marks = _AROUND[how.joint]
    bare = {slot: bare_of(parts[slot]) for slot in slots if slot != "T"}
    at = slots.index("T")
    before, behind = slots[:at], slots[at + 1 :]
    runs = []
    for group in (before, behind):
        inner = joined((bare[slot] for slot in group), JOINTS[how.joint])
        runs.append(wrapped(inner, *marks))
    run = joined((runs[0], parts["T"], runs[1]), " ")
    return _marked_whole(how, parts["T"], run) if not before else run


def _with_linked_details(
    how: Style, slots: list[str], parts: dict[str, Run], where: Address
) -> Run:
    """The title, and behind it all other details as the text of a link."""
    run: Run = ()
    for before, slot in zip([None, *slots[1:]], slots[1:], strict=False):
        run += (plain(_joint(how, before, slot)) if before else ()) + parts[slot]
    joint = _joint(how, "T", slots[1])
    return parts["T"] + plain(joint) + linked(run, where)


def _marked_whole(how: Style, title_run: Run, run: Run) -> Run:
    """The run with the marks of the title around all of it, if the style has them there."""
    marks = _marks_of_title(how)
    if not how.whole or not marks[0] or (title_run[0].text, title_run[-1].text) != marks:
        return run
    return wrapped((*title_run[1:-1], *run[len(title_run) :]), *marks)


def bare_of(run: Run) -> Run:
    """A detail without its marks."""
    has_them = len(run) > 2 and (run[0].text, run[-1].text) in OTHER_MARKS.values()
    return run[1:-1] if has_them else run


def _joint(how: Style, before: str, slot: str) -> str:
    """What parts two details: a blank before a year in brackets, the style's own otherwise."""
    joint = JOINTS[how.joint] if before != "T" or not _has_stop_within(how) else " "
    is_in_brackets = how.year_mark in {"parentheses", "brackets", "code"}
    if before == "T" and slot in "VP" and how.venue_mark in {"code", "brackets of code"}:
        return " "
    if slot == "Y" and is_in_brackets and how.joint not in {"break", "line", "bar"}:
        return " "
    if before == "Y" and is_in_brackets and how.joint in {"comma", "blanks", "colon", "stop"}:
        return {"comma": " ", "blanks": " ", "colon": ": ", "stop": ". "}[how.joint]
    if "T" not in (before, slot) and how.joint in {
        "colon",
        "by",
        "line",
        "blanks",
        "dash",
        "full-width colon",
    }:
        return ", "
    is_colon_alone = how.joint in {"colon", "full-width colon"} and how.order[0] == "A"
    return ", " if before == "T" and is_colon_alone else joint


def _has_stop_within(how: Style) -> bool:
    """Whether the full stop behind the title is within its marks: `**Counting Bees.** ICML`."""
    return (
        how.title_mark in {"bold", "quoted", "italic"}
        and how.joint == "stop"
        and how.link != "title"
    )


def _is_lacking(random: Random, how: Style) -> bool:
    return random.random() < how.lacking
