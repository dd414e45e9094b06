"""`make bench`: the table of bench/pages.py, on SQLite and then on a PostgreSQL of its own."""

import os
import subprocess
import sys

PAGES = [sys.executable, "-m", "bench.pages"]
ON_POSTGRESQL = [sys.executable, "-m", "tests.postgresql", *PAGES]

if __name__ == "__main__":
    environment = os.environ | {"DATABASE_URL": "sqlite://"}
    environment.pop("TESTED_DATABASE_URL", None)
    ended = [
        subprocess.run(command, env=environment).returncode for command in (PAGES, ON_POSTGRESQL)
    ]
    sys.exit(max(ended))
