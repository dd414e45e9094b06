"""What tests read in an answer: its pieces, its fields, its sentences."""

import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

HTMX = {"HX-Request": "true"}
# What is another one on each page: the token against forged forms, the key against repeats, and the
# masked secret of a feed.
TOKENS = re.compile(
    r'(<input type="hidden" name="(?:csrfmiddlewaretoken|idempotency_key)" value=")[^"]*'
    r'|("x-csrftoken": ")[^"]*'
    r'|(type="application/atom\+xml" href="/feeds/)[^"/]*'
)
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


def text_of(response: Any) -> str:
    """The answer as text; an archive as the texts of its files."""
    if response.headers.get("Content-Type") != "application/zip":
        return response.content.decode()
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def without_tokens(html: str) -> str:
    return TOKENS.sub(lambda found: (found[1] or found[2] or found[3]) + "…", html)


def words_of(html: str) -> str:
    """What a reader sees, in one line."""
    bare = re.sub(r"<script\b.*?</script>|<style\b.*?</style>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def is_whole_page(response: Any) -> bool:
    return text_of(response).lstrip().lower().startswith("<!doctype html>")


def pieces(html: str) -> dict[str, str]:
    """Every element that has an id, letter for letter, by that id."""
    reader = _Pieces(html)
    reader.feed(html)
    reader.close()
    return reader.found


def roots(html: str) -> list[str]:
    """The ids of the elements that stand in no other."""
    reader = _Pieces(html)
    reader.feed(html)
    reader.close()
    return reader.roots


def as_on_the_page(piece: str) -> str:
    """A piece without the word that sends it to its place, and without its tokens."""
    return without_tokens(piece.replace(' hx-swap-oob="true"', ""))


def fields_of(html: str) -> dict[str, list[str]]:
    """The values of all fields by name, as the page shows them."""
    reader = _Fields()
    reader.feed(html)
    reader.close()
    return reader.fields


def idempotency_key_in(response: HttpResponse) -> str:
    return fields_of(text_of(response))["idempotency_key"][-1]


class _Pieces(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [0]
        for line in html.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.html = html
        self.open: list[tuple[str, str | None, int]] = []
        self.found: dict[str, str] = {}
        self.roots: list[str] = []

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id")
        if not self.open:
            self.roots.append(name or "")
        if tag in EMPTY:
            self._keep(name, self.here, self.here + len(self.get_starttag_text() or ""))
        else:
            self.open.append((tag, name, self.here))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._keep(
            dict(attrs).get("id"), self.here, self.here + len(self.get_starttag_text() or "")
        )

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            opened, name, start = self.open.pop()
            if opened == tag:
                self._keep(name, start, self.html.index(">", self.here) + 1)
                break

    def _keep(self, name: str | None, start: int, end: int) -> None:
        if name:
            self.found.setdefault(name, self.html[start:end])


class _Fields(HTMLParser):
    """Reads inputs, text areas and chosen options."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                sent = given.get("value", "on" if is_box else "")
                self.fields.setdefault(name, []).append(sent or "")
        elif tag == "textarea":
            self.area, self.text = name or given.get("id"), ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields.setdefault(self.select, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            # A line break right behind the tag is none, says HTML.
            self.fields.setdefault(self.area, []).append(self.text.removeprefix("\n"))
            self.area = None
        elif tag == "select":
            self.select = None
