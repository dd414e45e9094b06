"""Whether requirements*.txt hold what requirements*.in ask for, and nothing with a known hole.

    python -m tests.lock

Needs no network: what is known of holes is in tests/advisories.py.
"""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.vendor import read_manifest
from tests.advisories import NPM, PYPI, affected

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[.*\])?==(?P<version>[^ ;]+)", re.MULTILINE)
# What requirements.txt has for the tests alone, and requirements-run.txt has not.
FOR_TESTS = {"pytest-django"}


def differences() -> list[str]:
    """One sentence for every requirement that its lock does not meet."""
    base = pins("requirements.txt")
    found = []
    for name in ("requirements", "requirements-dev"):
        locked = base | pins(f"{name}.txt")
        found += unmet(f"{name}.in", requirements(f"{name}.in"), f"{name}.txt", locked)
    run = pins("requirements-run.txt")
    served = [
        asked
        for asked in requirements("requirements.in")
        if canonicalize_name(asked.name) not in FOR_TESTS
    ]
    found += unmet("requirements.in", served, "requirements-run.txt", run)
    found += [
        f"requirements-run.txt holds {name} {version}, requirements.txt {base.get(name, 'none')}."
        for name, version in run.items()
        if base.get(name) != version
    ]
    found += [
        f"requirements-run.txt holds {name}, which is for tests." for name in FOR_TESTS & set(run)
    ]
    return found


def unmet(source: str, wanted: list[Requirement], lock: str, locked: dict[str, str]) -> list[str]:
    found = []
    for asked in wanted:
        held = locked.get(canonicalize_name(asked.name), "")
        if not held or not asked.specifier.contains(held):
            found.append(f"{source} asks for {asked}, {lock} holds {held or 'none'}.")
    return found


def holes() -> list[str]:
    """One sentence for every locked or vendored package with a hole that is known here."""
    return affected(PYPI, locked_packages()) + affected(NPM, browser_packages())


def locked_packages() -> dict[str, str]:
    return pins("requirements-dev.txt") | pins("requirements.txt") | pins("requirements-run.txt")


def browser_packages() -> dict[str, str]:
    return {package["package"]: package["version"] for package in read_manifest()}


def requirements(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text)}


if __name__ == "__main__":
    if found := differences():
        sys.exit("\n".join([*found, "`make lock` writes the locks anew."]))
    if found := holes():
        sys.exit("\n".join([*found, "Ask for a newer version in requirements*.in: `make lock`."]))
