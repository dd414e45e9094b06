"""Where a line links to its paper, and to what belongs to it."""

from random import Random

from bench.grammar.records import Address, Record, arxiv_address, doi_address, slug
from bench.grammar.sheet import Run, Span, joined, plain
from bench.grammar.styles import FURTHER, Style

# fmt: off
# What is around the address, where that is behind the details. {{}} is the address.
_BEHIND = {
    "bare": (" {{}}", ": {{}}", " - {{}}"), "line": ("\n{{}}",), "autolink": (" <{{}}>",), "number": (" [[1]]({{}})",), "address": (": [{0}]({{}})", " [{0}]({{}})", "  \n[{0}]({{}})"),
    "picture": (" [![](https://img.shields.io/badge/arXiv-b31b1b.svg)]({{}})",),
}
_ARXIV_FORMS = (" (arXiv:{})", " arXiv:{}", " [arXiv:{}]", ", arXiv: {}", " arXiv preprint arXiv:{}.")
_DOI_FORMS = (" (doi:{})", " DOI: {}", " doi:{}", " [doi: {}]", ". https://doi.org/{}")
# Before the links of a line, mostly a blank.
_BEFORE_LABELS = (" ", " ", " ", " ", ", ", ". ", " - ", " | ")
# fmt: on


def address_run(random: Random, one: Record, how: Style) -> Run:
    """The bare address of the paper."""
    where = address_of(how, one)
    return (Span(where.url, "url", where.url, where.states),)


def labelled(random: Random, one: Record, how: Style, with_further: bool = False) -> Run:
    """`[[pdf](…)]` and its kin, and links that lead elsewhere."""
    run = _labelled(how, address_of(how, one), how.label)
    if not with_further:
        return run
    others = [_further(one, how, number) for number in how.further]
    runs = [run, *others] if random.random() < 0.75 else [*others, run]
    return joined(
        runs, random.choice((" ", " ", ", ", " | ", "" if how.label_form != "{}:" else "; "))
    )


def links_behind(random: Random, one: Record, how: Style) -> Run:
    """The links of a line that are on none of its details."""
    if how.link in {"label", "labels", "line of labels"}:
        before = "\n" if how.link == "line of labels" else _BEFORE_LABELS[how.number]
        return plain(before) + labelled(random, one, how, with_further=how.link != "label")
    if how.link in {"arxiv", "doi"}:
        form = random.choice(_ARXIV_FORMS if how.link == "arxiv" else _DOI_FORMS)
        return _number(form, getattr(one, how.link), how.link)
    if how.link not in _BEHIND:
        return ()
    where = address_of(how, one)
    shown = where.url.partition("://")[2] if how.number % 2 else where.url
    before, _, after = random.choice(_BEHIND[how.link]).format(shown or where.url).partition("{}")
    return (Span(before), Span(where.url, "url", where.url, where.states), *plain(after))


def _number(form: str, number: str, name: str) -> Run:
    before, _, after = form.partition("{}")
    return (Span(before), Span(number, name, number, ((name, number),)), Span(after))


def _labelled(how: Style, where: Address, label: str, field: str = "url") -> Run:
    target = Span(where.url, field, where.url, where.states)
    name, form = label, how.label_form
    if form == "[[{}]":
        return (Span(f"[[{name}]("), target, Span(")]"))
    if form == "{}:":
        return (Span(f"{name}: "), target)
    inner = form.format(name)
    if form.startswith("("):
        return (Span(f"([{name}]("), target, Span("))"))
    if form.startswith("\\"):
        return (Span(rf"\[[{name}]("), target, Span(r")\]"))
    if form == "[{}]":
        return (Span(f"{inner}("), target, Span(")"))
    return (Span(f"[{inner}](" if "[" not in inner else f"{inner}("), target, Span(")"))


def _further(one: Record, how: Style, number: int) -> Run:
    label, address = FURTHER[number]
    where = address.format(slug=slug(one.title), n=one.year * 7919)
    return _labelled(how, Address(where), label, field="")


def linked(run: Run, where: Address) -> Run:
    target = Span(where.url, "url", where.url, where.states)
    return (Span("["), *run, Span("]("), target, Span(")"))


def address_of(how: Style, one: Record) -> Address:
    """The paper's address, the same each time that a line asks."""
    chance = sum(map(ord, one.title)) % 10
    own = Random(one.arxiv)  # the same for all places of a line
    if how.label in {"arXiv", "arxiv"} or chance < 2:
        return arxiv_address(own, one)
    return doi_address(own, one) if how.label == "DOI" else one.address
