"""Ask the databases of advisories about everything that is locked or vendored.

    python -m tests.audit

Python packages are asked about by `uv audit`, browser files by `npm audit`; each knows where its
database is. Ends with status 1 where a hole is known, and with 75 where a database could not be
asked: that nothing was found is only said of what was looked up.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.lock import browser_packages, holes, locked_packages

NOT_ASKED = os.EX_TEMPFAIL
UV = Path(sys.executable).with_name("uv")
SECONDS = 300
HTMX_VERSION = re.compile(r'version:"(\d+\.\d+\.\d+)"')


class NotAsked(Exception):
    """A database could not be asked, with what the tool said of it."""


def main() -> None:
    known = holes()
    asked_all = True
    for what, audit, packages in (
        ("Python packages", audited_by_uv, locked_packages()),
        ("browser packages", audited_by_npm, browser_packages() | {"htmx.org": htmx_version()}),
    ):
        try:
            found = audit(packages)
        except NotAsked as reason:
            asked_all = False
            print(f"The {len(packages)} {what} were NOT asked about: {reason}")
        else:
            known += found
            print(f"{len(packages)} {what} were asked about, {len(found)} holes are known.")
    if not asked_all:
        print("What is not asked about was only compared with tests/advisories.py.")
    for sentence in known:
        print(sentence)
    sys.exit(1 if known else 0 if asked_all else NOT_ASKED)


def audited_by_uv(packages: dict[str, str], *arguments: str) -> list[str]:
    """Ask about Python packages; one sentence for each hole that is known."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "locked.py"
        pins = json.dumps([f"{name}=={version}" for name, version in packages.items()])
        script.write_text(f"# /// script\n# dependencies = {pins}\n# ///\n")
        options = ["--preview-features", "audit-command,json-output", "--output-format", "json"]
        report = answer([UV, "audit", "--script", script, *options, *arguments], Path(folder))
    if "vulnerabilities" not in report:
        raise NotAsked(reason(report))
    return [
        f"{hole['dependency']['name']} {hole['dependency']['version']} has "
        f"{', '.join([hole['id'], *hole['aliases']])}: {hole['summary']}; "
        f"fixed in {', '.join(hole['fix_versions']) or 'no version yet'}."
        for hole in report["vulnerabilities"]
    ]


def audited_by_npm(packages: dict[str, str], *arguments: str) -> list[str]:
    """Ask about browser packages; one sentence for each package with a hole that is known."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = {"name": "vendored", "version": "0.0.0", "dependencies": packages}
        (Path(folder) / "package.json").write_text(json.dumps(manifest))
        lock = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"]
        answer([*lock, "--json", *arguments], Path(folder))
        report = answer(["npm", "audit", "--json", *arguments], Path(folder))
    if "vulnerabilities" not in report:
        raise NotAsked(reason(report))
    return [
        f"{name} has {', '.join(titles_of(hole))}; affected are versions {hole['range']}."
        for name, hole in report["vulnerabilities"].items()
    ]


def titles_of(hole: dict[str, Any]) -> list[str]:
    return [via["title"] if isinstance(via, dict) else via for via in hole["via"]]


def answer(command: list[str | Path], folder: Path) -> dict[str, Any]:
    """Run a tool and return the JSON that it prints, or what it complained of."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotAsked(str(error)) from error
    try:
        report = json.loads(done.stdout)
    except ValueError:
        report = {}
    return report if isinstance(report, dict) and report else {"message": done.stderr}


def reason(report: dict[str, Any]) -> str:
    """The first line of what a tool said instead of an answer, as far as it tells something."""
    text = str(report.get("message") or report.get("error") or "no answer")
    lines = [line.strip() for line in text.splitlines() if "error" in line.lower()]
    return (lines or text.strip().splitlines() or ["no answer"])[0]


def htmx_version() -> str:
    """Which htmx django-htmx brings along."""
    script = files("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"
    found = HTMX_VERSION.search(script.read_text())
    if not found:
        sys.exit("htmx does not say which version it is.")
    return found[1]


if __name__ == "__main__":
    main()
