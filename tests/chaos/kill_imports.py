"""Kill what writes a list, for tests.chaos.importer: python -m tests.chaos.kill_imports KILLS."""

import random
import subprocess
import sys
import time
from contextlib import suppress

import django

django.setup()

from groups.models import Event, Group, User  # noqa: E402
from papers.models import ListImport, Paper, Topic  # noqa: E402

PAPERS = 5_000
LIST = "".join(
    f"@article{{k{n},\n  title = {{On lists of {n} papers}},\n}}\n" for n in range(PAPERS)
)


def main(kills: int) -> int:
    organizer = User.objects.create_user("olga@example.org", "Olga Orlov")
    handed_in = hand_in(organizer)
    began = time.monotonic()
    write(handed_in)
    seconds = time.monotonic() - began
    halves = in_time = 0
    handed_in = hand_in(organizer)
    for _ in range(kills):
        write(handed_in, killed_after=random.uniform(0, seconds))
        there = written(handed_in)
        in_time += there == (0, 0, 0)
        halves += there not in ((0, 0, 0), (PAPERS, 1, 1))
        if there[0]:
            handed_in = hand_in(organizer)
    write(handed_in)
    afterwards = written(handed_in)[0]
    print(
        f"{kills} kills within {seconds:.1f} s, {in_time} of them before the end: "
        f"{halves} lists half written, and {afterwards} of {PAPERS} papers there once it was let be"
    )
    return int(halves > 0 or not in_time or afterwards != PAPERS)


def hand_in(organizer: User) -> ListImport:
    group = Group.objects.start(f"Readers {Group.objects.count()}", organizer)
    handed_in = ListImport(group=group, imported_by=organizer, text=LIST)
    handed_in.save()
    handed_in.read()
    return handed_in


def write(handed_in: ListImport, killed_after: float | None = None) -> None:
    """Write it in a process of its own, which tells when it begins."""
    command = [sys.executable, "-m", "tests.chaos.write_list", str(handed_in.pk)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(killed_after)
        process.kill()


def written(handed_in: ListImport) -> tuple[int, int, int]:
    """How many papers, topics and lines of the history there are of it."""
    group = handed_in.group
    events = Event.objects.filter(group=group, kind="imported")
    rows = (Paper.objects.filter(group=group), Topic.objects.filter(group=group), events)
    return tuple(found.count() for found in rows)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
