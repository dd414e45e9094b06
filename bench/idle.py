"""What a Seminar takes when nobody asks: memory of its processes, and how long it takes to start.

    python -m bench.idle [--json FILE]

Serves as it is shipped, with the demonstration in it, on SQLite or on a database beside the one
that DATABASE_URL names. Memory is the proportional set size (PSS) of each process, the sum of
which is what they take of the machine; a PostgreSQL server is not in it. The start is from the
command to the address that it prints, with everything prepared before.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.serving import demonstration
from tests.servers import database_for_server

SECONDS_TO_REST = 6
MB = 1_000_000
# At most, of all processes.
AIMS_MB = {"sqlite": 130, "postgresql": 170}


def processes_below(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += processes_below(int(child))
    return found


def pss(pid: int) -> int:
    """Return the bytes of a process, with its part of what it shares."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def name_of(pid: int) -> str:
    """Return what a process was started for, or is called that was forked for something else."""
    name = Path(f"/proc/{pid}/comm").read_text().strip()
    if name.startswith("seminar"):
        return name
    command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    words = [word for word in command[1:] if word and not word.startswith("-")]
    return " ".join(words[:2])[:40]


def pids_at_rest(pid: int) -> list[int]:
    """Wait until the daily tidying is over."""
    time.sleep(SECONDS_TO_REST)
    while any("tidy" in name_of(each) for each in processes_below(pid)):
        time.sleep(1)
    return processes_below(pid)


def measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="seminar-idle-") as name:
        folder = Path(name)
        with database_for_server(folder) as url:
            server = demonstration(folder, url)
            began = time.monotonic()
            with server:
                started = time.monotonic() - began
                for path in ("/accounts/login/", "/healthz", "/readyz"):
                    server.get(path)
                pids = pids_at_rest(server.process.pid)
                memory = {f"{name_of(pid)} ({pid})": pss(pid) / MB for pid in pids}
    engine = "sqlite" if url.startswith("sqlite") else "postgresql"
    return {
        "engine": engine,
        "start_s": round(started, 2),
        "processes_mb": {name: round(each, 1) for name, each in memory.items()},
        "pss_mb": round(sum(memory.values()), 1),
        "aim_mb": AIMS_MB[engine],
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.idle")
    parser.add_argument("--json", type=Path, help="write it there as well")
    wanted = parser.parse_args()
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ.setdefault("TESTED_DATABASE_URL", os.environ["DATABASE_URL"])
    found = measured()
    print(f"\nidle on {found['engine']}: started in {found['start_s']} s")
    for name, each in found["processes_mb"].items():
        print(f"{name:52}{each:9.1f} MB")
    print(f"{'all':52}{found['pss_mb']:9.1f} MB, at most {found['aim_mb']}", flush=True)
    if wanted.json:
        wanted.json.write_text(json.dumps({"idle": {found["engine"]: found}}, indent=2) + "\n")


if __name__ == "__main__":
    main()
