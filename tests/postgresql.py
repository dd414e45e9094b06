"""A real PostgreSQL for the tests.

    python -m tests.postgresql COMMAND…

runs the command with TESTED_DATABASE_URL set: to TEST_DATABASE_URL where that is given, else to
a private server, started for this one run in a temporary folder from the binaries on this
machine, or from those of the distribution, which are installed. It listens on a socket in that
folder and on nothing else.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.packages import Missing, install

# The tests lose nothing by a power cut.
UNSAFE_AND_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
INITDB = ["--username=seminar", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
SECONDS_TO_START = 60


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("What is to be run with a PostgreSQL? python -m tests.postgresql COMMAND…")
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        with database_url() as url:
            environment = os.environ | {"TESTED_DATABASE_URL": url}
            sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
    except Missing as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)


@contextlib.contextmanager
def database_url() -> Iterator[str]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
    else:
        with private_server(binaries()) as socket:
            yield f"postgresql://seminar@/postgres?host={socket}"


def binaries() -> Path:
    """The folder of the server's programs."""
    found = find_binaries()
    if not found:
        install("postgresql", "The PostgreSQL server")
        found = find_binaries()
    if not found:
        raise Missing("The PostgreSQL server is missing: no initdb was found on this machine.")
    return found


def find_binaries() -> Path | None:
    """Where initdb is: on the path, where the distribution keeps it, or where pg_config says."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    kept = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(kept, key=lambda path: int(path.parts[-3]), default=None):
        return newest.parent
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        named = Path(asked.stdout.strip())
        if (named / "initdb").exists():
            return named
    return None


@contextlib.contextmanager
def private_server(programs: Path) -> Iterator[Path]:
    """Run a server in a temporary folder, and yield the folder of its socket."""
    with tempfile.TemporaryDirectory(prefix="seminar-postgresql-") as name:
        folder = Path(name)
        owner = unprivileged_owner(folder)
        run = {"cwd": folder, "stdout": subprocess.DEVNULL, **owner}
        subprocess.run(
            [programs / "initdb", "--pgdata", folder / "cluster", *INITDB],
            check=True,
            **run,
        )
        settings = [f"-c{name}={value}" for name, value in UNSAFE_AND_QUICK.items()]
        # Ctrl-C is for the tests. They end first, and only then the server does.
        log = folder / "log"
        with log.open("w") as stderr:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "cluster", "-k", folder, *settings],
                stderr=stderr,
                process_group=0,
                **run,
            )
        try:
            if not is_ready(programs, folder, server):
                raise Missing(f"A private PostgreSQL server did not start:\n{log.read_text()}")
            yield folder
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def unprivileged_owner(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give the folder to `nobody`, and say so to subprocess."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def is_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; False if it ended or never did."""
    given_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < given_up_at and server.poll() is None:
        asked = [programs / "pg_isready", "--quiet", f"--host={folder}"]
        if subprocess.run(asked, check=False).returncode == 0:
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    main()
