"""A list of 5,000 papers is written by a process that is killed twenty times: all of it or nothing.

    python -m tests.chaos.importer [KILLS]

Uses the database of TESTED_DATABASE_URL, or else SQLite in a folder of its own. Ends with a status
other than 0 where a part of the list was there after a kill, where no kill came in time, or where
the list could not be written afterwards.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import BASE_DIR, database_for_server, environment_of

LONGEST = 1_200  # seconds, all in all


def main() -> None:
    kills = sys.argv[1] if len(sys.argv) > 1 else "20"
    with tempfile.TemporaryDirectory() as folder, database_for_server(Path(folder)) as url:
        environment = os.environ | environment_of(Path(folder), url)
        environment |= {"LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "config.settings"}
        for command in (["config.prepare"], ["tests.chaos.kill_imports", kills]):
            subprocess.run(
                [sys.executable, "-m", *command],
                cwd=BASE_DIR,
                env=environment,
                check=True,
                timeout=LONGEST,
            )


if __name__ == "__main__":
    main()
