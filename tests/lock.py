"""Whether requirements*.txt hold what requirements*.in ask for; needs no network.

python -m tests.lock
"""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[.*\])?==(?P<version>[^ ;]+)", re.MULTILINE)


def differences() -> list[str]:
    """One sentence for every requirement that its lock does not meet."""
    base = pins("requirements.txt")
    found = []
    for name in ("requirements", "requirements-dev"):
        locked = base | pins(f"{name}.txt")
        for asked in requirements(f"{name}.in"):
            held = locked.get(canonicalize_name(asked.name), "")
            if not held or not asked.specifier.contains(held):
                found.append(f"{name}.in asks for {asked}, {name}.txt holds {held or 'none'}.")
    return found


def requirements(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text)}


if __name__ == "__main__":
    found = differences()
    if found:
        sys.exit("\n".join([*found, "`make lock` writes the locks anew."]))
