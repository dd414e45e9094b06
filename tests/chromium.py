"""A real Chromium for the browser tests: the one CHROMIUM names, one on this machine, or the
distribution's, which is installed.

The build without windows is preferred: it has the same engine, and tests take half the time.

    python -m tests.chromium    says which one it is
"""

import os
import shutil
import sys

from tests.packages import Missing, install

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def chromium() -> str:
    """The path of the program."""
    given = os.environ.get("CHROMIUM")
    if given:
        if not shutil.which(given):
            raise Missing(f"CHROMIUM names {given}, which cannot be run.")
        return given
    found = on_path()
    if not found:
        _install()
        found = on_path()
    if not found:
        raise Missing(f"Chromium is missing: none of {', '.join(NAMES)} was found.")
    return found


def on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> None:
    """Not every distribution has a build without windows."""
    try:
        install(NAMES[0], "Chromium")
    except Missing:
        install("chromium", "Chromium")


def flags() -> list[str]:
    """Chromium's sandbox does not work for root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


if __name__ == "__main__":
    try:
        print(chromium())
    except Missing as missing:
        sys.exit(str(missing))
