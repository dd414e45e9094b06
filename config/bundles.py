"""The style sheet and the scripts that pages ask for, each made of several source files.

A bundle is made when static files are collected or looked for, so none is older than its sources.
Our files are minified, and each script is a function of its own, in which its "use strict" holds.
Files of others are taken as they are, behind their licences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

OURS = Path(__file__).resolve().parent / "static"
# For what comes without a file of its own that says so.
LICENCES = {
    "django_htmx/htmx-2.min.js": "htmx 2, https://htmx.org, 0BSD",
    "mfa/js/webauthn-json.js": "webauthn-json, Copyright (c) GitHub, Inc., MIT",
}


@dataclass(frozen=True)
class Bundle:
    """One file for pages. `url()` in its sources must hold from the folder of its `name`."""

    name: str
    sources: tuple[str, ...]

    def content(self) -> str:
        return "".join(map(self.part, self.sources))

    def part(self, source: str) -> str:
        path = Path(found(source))
        text = path.read_text(encoding="utf-8")
        if not is_ours(path):
            # What comes next would be called by a script that ends without its semicolon.
            end = ";\n" if source.endswith(".js") else ""
            return f"/*! {licence(source, path)} */\n{text}\n{end}"
        if source.endswith(".css"):
            return f"{rcssmin.cssmin(text)}\n"
        script = f"(function () {{\n{text}\n}})();\n"
        return f"{rjsmin.jsmin(script)}\n"


BUNDLES = (
    Bundle(
        "css/site.css",
        (
            "css/tokens.css",
            "css/fonts.css",
            "css/base.css",
            "css/layout.css",
            "css/forms.css",
            "css/statuses.css",
            "css/list.css",
            "css/discussion.css",
            "css/pages.css",
            "css/notifications.css",
            "css/print.css",
        ),
    ),
    Bundle(
        "js/site.js",
        (
            "django_htmx/htmx-2.min.js",
            "js/messages.js",
            "js/addresses.js",
            "js/menus.js",
            "js/catching-up.js",
            "js/writing.js",
            "js/drafts.js",
            "js/quoting.js",
            "js/mentions.js",
            "js/uploads.js",
            "js/pasting.js",
            "js/copying.js",
            "js/prose.js",
            "js/formulas.js",
        ),
    ),
    Bundle("js/formulas-set.js", ("vendor/katex/dist/katex.min.js", "js/math.js")),
    Bundle("js/passkeys-asked.js", ("mfa/js/webauthn-json.js", "js/passkeys.js")),
)


def is_ours(path: Path) -> bool:
    return path.is_relative_to(OURS) and not path.is_relative_to(OURS / "vendor")


def licence(source: str, path: Path) -> str:
    """Return what the licence of a file of others is to be kept with it as."""
    if said := LICENCES.get(source):
        return said
    kept = next(parent / "LICENSE" for parent in path.parents if (parent / "LICENSE").exists())
    return kept.read_text(encoding="utf-8").strip()


def found(source: str) -> str:
    path = finders.find(source)
    if not isinstance(path, str):
        raise FileNotFoundError(source)
    return path


class BundleFinder(finders.BaseFinder):
    """Finds the bundles among static files: in the data folder, made anew where they differ."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "bundles")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        paths = [self.made(bundle) for bundle in BUNDLES if bundle.name == path]
        return paths if find_all or not paths else paths[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for bundle in BUNDLES:
            self.made(bundle)
            yield bundle.name, self.storage

    def made(self, bundle: Bundle) -> str:
        """Write the bundle unless it is there; return its path."""
        path = Path(self.storage.path(bundle.name))
        content = bundle.content()
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return str(path)
