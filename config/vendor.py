"""The browser files that others wrote: exact versions, kept unmodified, each with its licence.

python -m config.vendor            fetch again; what arrives must be what the manifest says
python -m config.vendor --check    compare the files here with the manifest, without network
python -m config.vendor --pin      fetch and write the manifest anew, after a version was changed
"""

import argparse
import fnmatch
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"


@dataclass(frozen=True)
class Package:
    """One package. `folder` is its place under vendor/, `files` are patterns of paths within it."""

    name: str
    version: str
    licence: str
    folder: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "katex",
        "0.19.1",
        "MIT",
        "katex",
        ("LICENSE", "dist/katex.min.js", "dist/katex.min.css", "dist/fonts/KaTeX_*"),
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        "inter",
        (
            "LICENSE",
            "files/inter-latin-wght-normal.woff2",
            "files/inter-latin-ext-wght-normal.woff2",
        ),
    ),
    Package(
        "@fontsource-variable/source-serif-4",
        "5.3.1",
        "OFL-1.1",
        "source-serif-4",
        (
            "LICENSE",
            "files/source-serif-4-latin-wght-normal.woff2",
            "files/source-serif-4-latin-wght-italic.woff2",
            "files/source-serif-4-latin-ext-wght-normal.woff2",
            "files/source-serif-4-latin-ext-wght-italic.woff2",
        ),
    ),
)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_manifest() -> list[dict[str, Any]]:
    packages: list[dict[str, Any]] = json.loads(MANIFEST.read_text())["packages"]
    return packages


def fetch(package: Package, into: Path) -> dict[str, bytes]:
    """Return the wanted files of one package by their path within it."""
    subprocess.run(
        ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"],
        cwd=into,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (tarball,) = into.glob("*.tgz")
    wanted = {}
    with tarfile.open(tarball) as archive:
        for member in archive:
            path = member.name.removeprefix("package/")
            content = archive.extractfile(member) if member.isfile() else None
            if content and any(fnmatch.fnmatchcase(path, pattern) for pattern in package.files):
                wanted[path] = content.read()
    tarball.unlink()
    for pattern in package.files:
        if not fnmatch.filter(wanted, pattern):
            raise SystemExit(f"{package.name} {package.version} has no file {pattern}")
    return wanted


def manifest_entry(package: Package, files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "folder": package.folder,
        "files": {path: sha256(data) for path, data in sorted(files.items())},
    }


def vendor(pin: bool) -> None:
    """Fetch every package; write nothing unless all is as the manifest says, or `pin` is given."""
    with tempfile.TemporaryDirectory() as folder:
        fetched = [(package, fetch(package, Path(folder))) for package in PACKAGES]
    entries = [manifest_entry(package, files) for package, files in fetched]
    if not pin and entries != read_manifest():
        raise SystemExit(
            "What was fetched differs from the manifest. If a version was changed on purpose: --pin"
        )
    for package, files in fetched:
        shutil.rmtree(VENDOR / package.folder, ignore_errors=True)
        for path, data in files.items():
            target = VENDOR / package.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    MANIFEST.write_text(json.dumps({"packages": entries}, indent=2) + "\n")


def differences() -> list[str]:
    """One sentence for every file that is missing, changed, or not in the manifest."""
    expected = {
        f"{package['folder']}/{path}": digest
        for package in read_manifest()
        for path, digest in package["files"].items()
    }
    present = {
        path.relative_to(VENDOR).as_posix(): sha256(path.read_bytes())
        for path in VENDOR.rglob("*")
        if path.is_file() and path != MANIFEST
    }
    found = []
    for path in sorted(expected.keys() | present.keys()):
        if path not in present:
            found.append(f"{path} is missing")
        elif path not in expected:
            found.append(f"{path} is not in the manifest")
        elif present[path] != expected[path]:
            found.append(f"{path} was changed")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m config.vendor", description=__doc__.splitlines()[0]
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--check", action="store_true", help="compare with the manifest, without network"
    )
    choice.add_argument("--pin", action="store_true", help="fetch and write the manifest anew")
    chosen = parser.parse_args()
    if chosen.check:
        found = differences()
        if found:
            sys.exit("\n".join(found))
    else:
        vendor(pin=chosen.pin)


if __name__ == "__main__":
    main()
