"""`make bench`: the tables of bench/pages.py and bench/idle.py, on SQLite and then on PostgreSQL.

    python -m bench [--json FILE] [--small]

The PostgreSQL is one of its own. With a FILE, both are written there as JSON, by what was measured
and by engine.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

MEASURED = ("bench.pages", "bench.idle")
ON_POSTGRESQL = [sys.executable, "-m", "tests.postgresql"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--json", type=Path, help="write what was measured there as well")
    parser.add_argument("--small", action="store_true", help="without the large group")
    wanted = parser.parse_args()
    environment = os.environ | {"DATABASE_URL": "sqlite://"}
    environment.pop("TESTED_DATABASE_URL", None)
    found: dict[str, dict[str, Any]] = {}
    ended = []
    with tempfile.TemporaryDirectory(prefix="seminar-bench-") as folder:
        for engine in ([], ON_POSTGRESQL):
            for module in MEASURED:
                file = Path(folder) / "measured.json"
                command = [*engine, sys.executable, "-m", module, "--json", str(file)]
                if wanted.small and module == "bench.pages":
                    command.append("--small")
                ended.append(subprocess.run(command, env=environment).returncode)
                if file.exists():
                    add(found, json.loads(file.read_text()))
                    file.unlink()
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=2) + "\n")
    return max(ended)


def add(found: dict[str, dict[str, Any]], more: dict[str, dict[str, Any]]) -> None:
    for name, by_engine in more.items():
        found.setdefault(name, {}).update(by_engine)


if __name__ == "__main__":
    sys.exit(main())
