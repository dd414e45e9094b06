"""The demonstration as it is shipped, for what is measured from outside."""

import subprocess
import sys
from pathlib import Path

from tests.servers import BASE_DIR, Server


def demonstration(folder: Path, url: str) -> Server:
    """Return a server, not started, whose files, tables and demonstration are made."""
    server = Server(folder, url, "--demo")
    prepare = [sys.executable, "-m", "config.prepare", "--demo"]
    subprocess.run(
        prepare, cwd=BASE_DIR, env=server.environment, stdout=subprocess.DEVNULL, check=True
    )
    return server
