"""The lines of a paper, changed where it now says something else."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import islice, pairwise, product

from papers.exports.patching.passages import Kind, Passage, bullet_of
from papers.exports.patching.rows import SourceTable, guarded_pipes
from papers.exports.patching.shapes import box_of
from papers.exports.patching.spans import (
    NUMBERED,
    Span,
    changed_part,
    occurrences,
    replaced,
    title_span,
    titles,
    values,
    with_link,
    with_marks,
)
from papers.exports.patching.wanted import Changes
from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import citation, item
from papers.formats.markdown.citation import Citation

_MOST_COMBINATIONS = 3
_LONGEST_TEXT = 20_000
_CITED = ("authors", "venue", "year")
# To Markdown this is no link.
_TARGET_WITH_BLANKS = re.compile(
    r"\]\((?!<)([^\s()<>\"']+(?: [^\s()<>\"']+|\([^\s()<>]*\))*(?: [^\s()<>\"']+))\)"
)
_LAST_BRACKET = re.compile(r"(?<![]!\\])\[([^\[\]]*)\](\s*)$")
_PUNCTUATION = re.compile(r"(?=[!-/:-@\[-`{-~])")
_WORD = re.compile(r"\w+")


def ways(
    passage: Passage,
    lines: Sequence[str],
    changed: Sequence[tuple[Entry, Changes]],
    table: SourceTable | None = None,
) -> Iterator[list[str]]:
    """Yield the lines with what changed, the smallest change first.

    `changed` has each entry of the lines with its details as they are to be.
    """
    text = "\n".join(lines)
    if len(text) > _LONGEST_TEXT:
        return
    yield from _in_place(passage, text, changed)
    if (mended := _TARGET_WITH_BLANKS.sub(r"](<\1>)", text)) != text:
        yield from _in_place(passage, mended, changed)
    with_changes = [(entry, changes) for entry, changes in changed if changes]
    if len(with_changes) != 1:
        return
    entry, changes = with_changes[0]
    if table and len(changed) == 1:
        yield from _in_cells(passage, table, text, entry, changes)
    if passage.kind in {Kind.ITEM, Kind.PARAGRAPH, Kind.HEADING} and len(changed) == 1:
        yield from _at_the_end(passage, text, entry, changes)
    if passage.kind is Kind.ITEM and len(changed) == 1 and len(lines) == 1:
        yield from _anew(lines, entry, changes)


def without(
    passage: Passage, lines: Sequence[str], entries: Sequence[Entry], gone: Sequence[int]
) -> Iterator[list[str]]:
    """Yield the lines without some of the papers that they name, which are given by their
    places.
    """
    text = "\n".join(lines)
    titles = [title_span(text, entry) for entry in entries]
    if all(titles):
        spans = [with_link(text, span) for span in titles if span]
        cuts = []
        for number in gone:
            if number + 1 < len(spans):
                cuts.append(Span(spans[number].start, spans[number + 1].start))
            else:
                cuts.append(Span(spans[number - 1].stop, spans[number].stop))
        if all(cut.start < cut.stop for cut in cuts):
            yield replaced(text, cuts).split("\n")
            behind = [replace(cut, stop=_end_of_part(text, cut.stop)) for cut in cuts]
            yield replaced(text, behind).split("\n")
    bullet = bullet_of(lines[0])
    if passage.kind is Kind.ITEM and bullet:
        box = box_of(lines[0])
        kept = [entry for number, entry in enumerate(entries) if number not in gone]
        yield [f"{bullet}{item.write(replace(entry, checked=box))}" for entry in kept]


def keeps_words(
    lines: Sequence[str], new: Sequence[str], changed: Sequence[tuple[Entry, Changes]]
) -> bool:
    """Return whether no word of the lines is lost but those of details that changed. Numbers by
    which items and rows are counted are no words.
    """
    old = Counter(_words(lines))
    for entry, changes in changed:
        for name in changes:
            old -= Counter(_words([str(getattr(entry, name) or "")]))
            if name == "title":
                old -= Counter(_words([entry.original]))
    return not +(Counter(dict.fromkeys(old, 1)) - Counter(_words(new)))


def _words(lines: Sequence[str]) -> list[str]:
    text = unescape("\n".join(lines).casefold()).replace("\\", "")
    return [word for word in _WORD.findall(text) if not word.isdecimal() and len(word) > 1]


# The details where they are written.


def _in_place(
    passage: Passage, text: str, changed: Sequence[tuple[Entry, Changes]]
) -> Iterator[list[str]]:
    """Each changed detail replaced at one or another of the places that say it."""
    for variant in (0, 1):
        choices: list[list[tuple[Span, ...]]] = []
        for entry, changes in changed:
            choices += [
                list(islice(_replaced(passage, text, entry, name, value, variant), 4))
                for name, value in changes.items()
                if not _follows_from_address(name, value, entry, changes)
            ]
        if not all(choices):
            return
        for chosen in islice(product(*choices), _MOST_COMBINATIONS):
            spans = sorted((span for spans in chosen for span in spans), key=lambda one: one.start)
            if all(one.stop <= other.start for one, other in pairwise(spans)):
                yield replaced(text, spans).split("\n")


def _follows_from_address(name: str, value: object, entry: Entry, changes: Changes) -> bool:
    url = str(changes.get("url", entry.url))
    return name in NUMBERED and value == NUMBERED[name](url)


def _replaced(
    passage: Passage, text: str, entry: Entry, name: str, value: object, variant: int
) -> Iterator[tuple[Span, ...]]:
    old, new = str(getattr(entry, name) or ""), str(value or "")
    written = _written(passage, name, new, variant)
    if name == "title":
        for span in occurrences(text, titles(entry)):
            inside = text[span.start : span.stop]
            if not variant and (part := changed_part(inside, entry.title, new)):
                start, stop, gone, words = part
                piece = Span(span.start + start, span.start + stop)
                words = with_marks(text, piece, gone, _written(passage, name, words, variant))
                yield (replace(piece, new=words),)
            opening = "[" if inside.count("[") > inside.count("]") else ""  # The [title](address)
            marked = with_marks(text, span, entry.title, opening + written)
            yield (replace(span, new=marked),)
    elif not old:
        yield from _added(passage, text, entry, name, written)
    elif not new:
        yield from _removed(text, name, old)
    else:
        for span in values(text, name, old):
            yield (replace(span, new=written),)


def _written(passage: Passage, name: str, new: str, variant: int) -> str:
    if passage.kind is Kind.HTML_ROW:
        return escape(new, quote=name == "url")
    if name == "url":
        return escaped_target(new)
    if name in NUMBERED:
        return new
    written = _PUNCTUATION.sub(r"\\", new) if variant else escaped(new)
    return guarded_pipes(written) if passage.kind is Kind.ROW else written


def _added(
    passage: Passage, text: str, entry: Entry, name: str, written: str
) -> Iterator[tuple[Span, ...]]:
    """Yield an address becomes that of the title, a number follows it, and the rest of a citation
    comes beside what the text has of it.
    """
    if name in _CITED:
        if passage.kind not in {Kind.ROW, Kind.HTML_ROW}:
            yield from _beside(text, entry, name, written)
        return
    title = title_span(text, entry)
    if not title or name not in {"url", *NUMBERED} or passage.kind is Kind.HTML_ROW:
        return
    if name == "url":
        yield Span(title.start, title.start, "["), Span(title.stop, title.stop, f"]({written})")
        yield (Span(title.stop, title.stop, f" [[pdf]]({written})"),)
        return
    stop = with_link(text, title).stop
    label = {"doi": "doi", "arxiv": "arXiv"}[name]
    bracket = _LAST_BRACKET.search(text.split("\n")[0])
    at = (
        bracket.start() if bracket and bracket.start() > stop else len(text.split("\n")[0].rstrip())
    )
    blank = " " if at and not text[at - 1].isspace() else ""
    tail = " " if bracket and at == bracket.start() else ""
    yield (Span(at, at, f"{blank}{label}:{written}{tail}"),)


def _beside(text: str, entry: Entry, name: str, written: str) -> Iterator[tuple[Span, ...]]:
    at = _CITED.index(name)
    for other in reversed(_CITED[:at]):
        for span in islice(values(text, other, str(getattr(entry, other) or "")), 1):
            yield (Span(span.stop, span.stop, f", {written}"),)
    for other in _CITED[at + 1 :]:
        for span in islice(values(text, other, str(getattr(entry, other) or "")), 1):
            between = " " if (name, other) == ("venue", "year") else ", "
            yield (Span(span.start, span.start, f"{written}{between}"),)


def _removed(text: str, name: str, old: str) -> Iterator[tuple[Span, ...]]:
    """Yield the detail taken out with what parts it from its neighbours."""
    for span in values(text, name, old):
        if name == "url":
            link = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*$").search(text[: span.start])
            if link and text[span.stop : span.stop + 1] == ")":
                yield (Span(link.start(), span.stop + 1, link[1]),)
            continue
        alone = re.search(r"\s*\[$", text[: span.start])
        if alone and text[span.stop : span.stop + 1] == "]":
            yield (Span(alone.start(), span.stop + 1),)
        before = re.search(r"(?:,\s*|\s+|\()$", text[: span.start])
        start = before.start() if before else span.start
        is_bracketed = bool(before and before[0] == "(" and text[span.stop : span.stop + 1] == ")")
        if before and before[0] == "(" and not is_bracketed:
            start = span.start
        yield (Span(start, span.stop + is_bracketed),)
        behind = re.match(r",?\s*", text[span.stop :])
        yield (Span(span.start, span.stop + (behind.end() if behind else 0)),)


def _end_of_part(text: str, at: int) -> int:
    """Return the index at which the cell or the line ends."""
    found = re.compile(r"\s*(?<!\\)\||<br\s*/?>|\n|</t[dh]>|\Z").search(text, at)
    return found.start() if found else len(text)


# The details where there is room for them.


def _in_cells(
    passage: Passage, table: SourceTable, text: str, entry: Entry, changes: Changes
) -> Iterator[list[str]]:
    """Each detail in the cell of its column; what has none at the end of the cell of the title."""
    for new, cited in _without_citation(passage, text, entry, changes):
        for name in cited.keys() & table.roles.keys():
            value = str(cited.pop(name) or "")
            new = table.with_cell(new, table.roles[name], table.written(value))
        if not cited:
            yield new
        elif "title" in table.roles:
            column = table.roles["title"]
            said = citation.write(Citation(**cited))
            yield table.with_cell(new, column, f"{table.cells(new)[column]} {said}".strip())


def _without_citation(
    passage: Passage, text: str, entry: Entry, changes: Changes
) -> Iterator[tuple[list[str], Changes]]:
    """Yield the lines with all that changes but the citation, and what changes of that."""
    cited = {name: value for name, value in changes.items() if name in _CITED}
    others = {name: value for name, value in changes.items() if name not in _CITED}
    ways = _in_place(passage, text, [(entry, others)]) if others else iter([text.split("\n")])
    for lines in islice(ways if cited else (), 2):
        yield lines, dict(cited)


def _at_the_end(passage: Passage, text: str, entry: Entry, changes: Changes) -> Iterator[list[str]]:
    """Yield the bracket at the end of the line written anew, or one put there."""
    new = replace(entry, **changes)
    whole = citation.write(Citation(new.authors, new.venue, new.year))
    for base, cited in _without_citation(passage, text, entry, changes):
        first, *rest = base
        bracket = _LAST_BRACKET.search(first)
        if bracket and _says_it(bracket[1], entry):
            yield [f"{first[: bracket.start()]}{whole}{bracket[2]}".rstrip(), *rest]
            continue
        bare = first.rstrip()
        for said in filter(None, dict.fromkeys([citation.write(Citation(**cited)), whole])):
            yield [f"{bare} {said}{first[len(bare) :]}", *rest]
            if rest:
                yield [*base[:-1], f"{base[-1].rstrip()} {said}"]
        if passage.kind is Kind.HEADING and whole:
            yield [*base, "", whole[1:-1]]


def _says_it(bracket: str, entry: Entry) -> bool:
    """Return whether the bracket is where the text says what is said of the paper."""
    said = [str(value) for value in (entry.authors, entry.venue, entry.year) if value]
    words = _WORD.findall(bracket)
    return bool(said) and all(set(_WORD.findall(one)) <= set(words) for one in said)


def _anew(lines: Sequence[str], entry: Entry, changes: Changes) -> Iterator[list[str]]:
    """Yield the item written anew, as long as no word of its line is lost but those that
    changed.
    """
    bullet = bullet_of(lines[0])
    if not bullet:
        return
    new = replace(entry, **changes)
    line = f"{bullet}{item.write(replace(new, checked=box_of(lines[0])))}"
    kept = set(_WORD.findall(line.casefold()))
    old = {word for name in changes for word in _WORD.findall(str(getattr(entry, name)).casefold())}
    if set(_WORD.findall(lines[0][bullet.width :].casefold())) - {"x"} <= kept | old:
        yield [line, *lines[1:]]
