"""Measure the pages requested most, beside two twins with the same reads and writes.

    python -m bench.pages [--json FILE] [--small] [--rounds 11]

The *plain* twin is the page as Django is mostly written: the ORM, Django's templates, Django's
middleware (see bench/plain). The *raw* twin is a bare view that repeats the very statements that
the page sent and joins what they find (see bench/bare.py).

One row a page: the statements that it sends; how long it is, as it is and in gzip; CPU milliseconds
a request, those of PostgreSQL's backend included (see bench/clock.py), and how many of them were
the database's; the ratio to each twin; and what that to the plain one is to be at most. A large
group has 2,000 papers, 200 members and 10,000 comments, all unread, and its organizer is in 100
groups; its pages are compared with those of a small one that show as many rows.

How to read it. Pages and twins take turns in short batches, and each number is the median of its
batches: what else the machine does in the meantime meets all of them. So ratios hold from one
machine to another, within a tenth; the milliseconds hold for this machine on this day. The second
visit is measured: on the first one a page of discussion also notes that it was seen.
"""

import argparse
import gc
import gzip
import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.clock import Clock
from bench.database import analyze, prepared

if TYPE_CHECKING:
    from bench.bare import Recording
    from bench.visitor import Handlers, Visitor
    from papers.models import Thread
    from tests.big_groups import BigGroup

ROUNDS = 11
SECONDS_OF_A_BATCH = 0.15
# At most so many times what the plain twin costs.
AIMS = {
    "thread, 200 comments": 0.4,
    "list, 100 papers": 1.5,
    "status set on the list": 2.5,
}
# At most so many times what the same page costs of the small group that is named.
LARGE_AIM = 1.2
LARGE = {
    "large: list, 200 papers of 2,000": "list, 200 papers",
    "large: status set on the list": "status set on the list",
    "large: home": "home",
}


def nothing() -> None:
    return


@dataclass
class Subject:
    """A page and its twins, each a call that does one request, and what the page was like.

    `afterwards` undoes, outside the measuring, what requests have added.
    """

    name: str
    calls: dict[str, Callable[[], bytes]]
    statements: int
    sizes: dict[str, int]
    afterwards: Callable[[], None] = nothing


@dataclass
class Spent:
    """CPU seconds a request, of a page or of a twin, each the median of batches."""

    here: float
    in_database: float

    @property
    def whole(self) -> float:
        return self.here + self.in_database

    @property
    def milliseconds(self) -> float:
        return round(1000 * self.whole, 2)


@dataclass
class Result:
    subject: Subject
    spent: dict[str, Spent] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.subject.name

    def ratio_to(self, twin: str) -> float | None:
        if twin not in self.spent:
            return None
        return round(self.spent["page"].whole / self.spent[twin].whole, 2)

    def as_json(self) -> dict[str, Any]:
        return {
            "statements": self.subject.statements,
            **self.subject.sizes,
            "database_ms": round(1000 * self.spent["page"].in_database, 2),
            **{f"{name}_ms": spent.milliseconds for name, spent in self.spent.items()},
            "of_plain": self.ratio_to("plain"),
            "of_raw": self.ratio_to("raw"),
            "aim_of_plain": AIMS.get(self.name),
        }


# What is measured


@dataclass
class Sizes:
    """Of the groups that are made, each papers, members and comments."""

    lists: tuple[int, ...] = (100, 78, 200)
    members: int = 8
    comments: int = 200
    large: tuple[int, int, int] = (2_000, 200, 10_000)
    other_groups: int = 99


def subjects(sizes: Sizes, *, with_large: bool = True) -> list[Subject]:
    from bench.visitor import Handlers, Visitor
    from tests.big_groups import make_big_group

    handlers = Handlers.make()
    most, *others = sizes.lists
    first = make_big_group(most, sizes.members, sizes.comments)
    found = of_small_group(first, sizes, handlers)
    for papers in others:
        group = make_big_group(papers, sizes.members, 10)
        visitor = Visitor(group.organizer, handlers)
        found.append(of_list(f"list, {papers} papers", group, visitor))
    if with_large:
        large = make_big_group(*sizes.large, other_groups=sizes.other_groups)
        analyze()
        visitor = Visitor(large.organizer, handlers)
        names = dict(zip(("list", "status", "home"), LARGE, strict=True))
        found += [
            of_list(names["list"], large, visitor),
            of_status(names["status"], large, visitor),
            of_page(names["home"], visitor, "/"),
        ]
    return found


def of_small_group(big: "BigGroup", sizes: Sizes, handlers: "Handlers") -> list[Subject]:
    from bench.visitor import Visitor

    analyze()
    visitor = Visitor(big.organizer, handlers)
    short = big.paper.threads.exclude(pk=big.thread.pk).order_by("pk")[0]
    return [
        of_page(f"thread, {sizes.comments} comments", visitor, big.thread.get_absolute_url()),
        of_list(f"list, {sizes.lists[0]} papers", big, visitor),
        of_status("status set on the list", big, visitor),
        of_post("comment posted, short thread", visitor, short),
        of_post(f"comment posted, thread of {sizes.comments}", visitor, big.thread),
        of_page("home", visitor, "/"),
        of_page("paper", visitor, big.paper.get_absolute_url()),
    ]


def of_list(name: str, big: "BigGroup", visitor: "Visitor") -> Subject:
    return of_page(name, visitor, big.group.get_absolute_url())


def of_page(name: str, visitor: "Visitor", path: str) -> Subject:
    plain = visitor.get(f"/plain{path}", visitor.handlers.plain)
    return subject(name, visitor, visitor.get(path), plain)


def of_status(name: str, big: "BigGroup", visitor: "Visitor") -> Subject:
    path = f"{big.paper.get_absolute_url()}status/"
    row = big.paper.placements.get().pk
    plain = visitor.press(f"/plain{path}", visitor.handlers.plain)
    return subject(name, visitor, visitor.press(path, row=row), plain)


def of_post(name: str, visitor: "Visitor", thread: "Thread") -> Subject:
    """What was posted is deleted after each batch, so that the thread stays as long as it is."""
    from bench.visitor import TEXT
    from papers.models import Comment

    path = thread.get_absolute_url()
    last = Comment.objects.latest("pk").pk
    on_page = visitor.on_page(path)
    page = visitor.post(f"{path}comments/new/", source=TEXT, on_page=on_page)
    plain = visitor.post(f"/plain{path}comments/", visitor.handlers.plain, source=TEXT)

    def afterwards() -> None:
        thread.comments.filter(pk__gt=last).delete()

    return subject(name, visitor, page, plain, afterwards)


def subject(
    name: str,
    visitor: "Visitor",
    page: Callable[[], bytes],
    plain: Callable[[], bytes],
    afterwards: Callable[[], None] = nothing,
) -> Subject:
    from bench.bare import TWINS, Twin
    from bench.visitor import new_key

    # A press goes there and back: its twin does the two in turn, as it does.
    for _ in range(2):
        page()
    recordings, keys = [], []
    for _ in range(2):
        recordings.append(recorded(visitor, page))
        keys.append(visitor.key)
    renewed: dict[str, Callable[[], str]] = dict.fromkeys(filter(None, keys), new_key)
    TWINS[name] = Twin(recordings, renewed)
    raw = visitor.get(f"/bare/{quote(name)}/", visitor.handlers.bare)
    afterwards()
    visitor.key = ""
    content = recordings[0].content
    sizes = {"bytes": len(content), "gzip_bytes": len(gzip.compress(content, 6))}
    calls = {"page": page, "plain": plain, "raw": raw}
    return Subject(name, calls, len(recordings[0].statements), sizes, afterwards)


def recorded(visitor: "Visitor", page: Callable[[], bytes]) -> "Recording":
    """Do one request without compression, and keep what it sent and answered."""
    from bench.bare import Recording

    recording = Recording()
    with recording.listening(), visitor.without_compression():
        recording.content = page()
    return recording


# Measuring


def measured(subjects: list[Subject], clock: Clock, rounds: int = ROUNDS) -> list[Result]:
    """Return what each page and each twin costs, measured in batches that take turns.

    What is there before is frozen for the collector, as a web process has it.
    """
    gc.collect()
    gc.freeze()
    calls = {(s.name, kind): call for s in subjects for kind, call in s.calls.items()}
    tidying = {(s.name, kind): s.afterwards for s in subjects for kind in s.calls}
    sizes = {key: batch_size(call, clock, tidying[key]) for key, call in calls.items()}
    found: dict[tuple[str, str], list[Spent]] = {key: [] for key in calls}
    for _ in range(rounds):
        for key, call in calls.items():
            found[key].append(batch(call, sizes[key], clock))
            tidying[key]()
    return [Result(s, {kind: median(found[s.name, kind]) for kind in s.calls}) for s in subjects]


def batch_size(call: Callable[[], bytes], clock: Clock, afterwards: Callable[[], None]) -> int:
    """Even, so that a press that goes there and back has done both as often."""
    batch(call, 4, clock)
    spent = batch(call, 6, clock).whole
    afterwards()
    return 2 * max(1, round(SECONDS_OF_A_BATCH / spent / 2))


def batch(call: Callable[[], bytes], size: int, clock: Clock) -> Spent:
    here, in_database = clock.here(), clock.in_database()
    for _ in range(size):
        call()
    return Spent((clock.here() - here) / size, (clock.in_database() - in_database) / size)


def median(spent: list[Spent]) -> Spent:
    return Spent(
        statistics.median(each.here for each in spent),
        statistics.median(each.in_database for each in spent),
    )


# Saying it


def as_json(results: list[Result]) -> dict[str, dict[str, Any]]:
    found = {result.name: result.as_json() for result in results}
    whole = {result.name: result.spent["page"].whole for result in results}
    for large, small in LARGE.items():
        if large in found and small in found:
            found[large] |= {
                "of_small": round(whole[large] / whole[small], 2),
                "aim_of_small": LARGE_AIM,
            }
    return found


def table(rows: dict[str, dict[str, Any]]) -> str:
    heads = ["stmts", "kB", "gzip kB", "ms", "db ms", "plain ms", "raw ms", "/plain", "/raw"]
    lines = ["".join([f"{'page':36}", *(f"{head:>9}" for head in heads), f"{'aim':>18}"])]
    for name, row in rows.items():
        cells = [
            row["statements"],
            f"{row['bytes'] / 1000:.1f}",
            f"{row['gzip_bytes'] / 1000:.1f}",
            *(f"{row[key]:.2f}" for key in ("page_ms", "database_ms", "plain_ms", "raw_ms")),
            *(f"{row[key]:.2f}" for key in ("of_plain", "of_raw")),
        ]
        lines.append("".join([f"{name:36}", *(f"{cell:>9}" for cell in cells), aim(row)]))
    return "\n".join(lines)


def aim(row: dict[str, Any]) -> str:
    if "of_small" in row:
        return f"{row['of_small']:.2f} / {row['aim_of_small']} small".rjust(18)
    return (f"{row['aim_of_plain']} plain" if row["aim_of_plain"] else "").rjust(18)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages")
    parser.add_argument("--json", type=Path, help="write the table there as well")
    parser.add_argument("--small", action="store_true", help="without the large group")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args()
    with prepared():
        from django.db import connection

        found = subjects(Sizes(), with_large=not wanted.small)
        clock = Clock.of_connection()
        rows = as_json(measured(found, clock, wanted.rounds))
        print(f"\n{connection.display_name}", "" if clock.says_all else "(without the database's)")
        print(table(rows), flush=True)
        if wanted.json:
            wanted.json.write_text(
                json.dumps({"pages": {connection.vendor: rows}}, indent=2) + "\n"
            )


if __name__ == "__main__":
    main()
