"""Bundles are made of all of our sources, and keep the licences of others."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config.bundles import BUNDLES, OURS, BundleFinder
from tests.test_layout import HOUSE

NAMES = {bundle.name for bundle in BUNDLES}
ASKED = re.compile(r'{% static "([^"]+\.(?:js|css))" %}')


def text_of(name: str) -> str:
    (bundle,) = (each for each in BUNDLES if each.name == name)
    return bundle.content()


def test_every_style_sheet_and_script_of_ours_is_in_one_bundle():
    sources = [source for bundle in BUNDLES for source in bundle.sources]
    assert len(sources) == len(set(sources))
    ours = {f"{path.parent.name}/{path.name}" for path in OURS.glob("*/*.*s")}
    assert {source for source in sources if source.startswith(("css/", "js/"))} == ours


def test_pages_ask_for_bundles_and_for_no_source_of_one():
    """The styles of KaTeX stand beside its fonts."""
    texts = [path.read_text() for path in (HOUSE / "templates").rglob("*.html")]
    asked = {name for text in texts for name in ASKED.findall(text)}
    assert asked == NAMES | {"vendor/katex/dist/katex.min.css"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_bundle_is_found_as_it_is_made(name: str):
    assert Path(finders.find(name)).read_text(encoding="utf-8") == text_of(name)


def test_a_bundle_is_made_anew_when_a_source_of_it_changed(monkeypatch, tmp_path):
    finder = BundleFinder()
    (bundle,) = (each for each in BUNDLES if each.name == "css/site.css")
    path = finder.find(bundle.name)
    first = finder.storage.get_modified_time(bundle.name)
    assert finder.find(bundle.name) == path
    assert finder.storage.get_modified_time(bundle.name) == first
    changed = tmp_path / "tokens.css"
    changed.write_text("a { color: red }")
    monkeypatch.setattr("config.bundles.found", lambda source: str(changed))
    monkeypatch.setattr("config.bundles.is_ours", lambda path: True)
    finder.find(bundle.name)
    with finder.storage.open(bundle.name) as file:
        assert b"a{color:red}" in file.read()


def test_what_others_wrote_is_unchanged_and_behind_its_licence():
    katex = OURS / "vendor" / "katex"
    text = text_of("js/formulas-set.js")
    assert (katex / "dist" / "katex.min.js").read_text() in text
    assert text.index((katex / "LICENSE").read_text().strip()) < text.index("katex=")
    assert "0BSD" in text_of("js/site.js").partition("\n")[0]
    assert "MIT" in text_of("js/passkeys-asked.js").partition("\n")[0]


def test_each_script_of_ours_is_a_strict_function_of_its_own():
    text = text_of("js/site.js")
    count = sum(source.startswith("js/") for each in BUNDLES for source in each.sources)
    count -= sum(source.startswith("js/") for source in ("js/math.js", "js/passkeys.js"))
    assert text.count('(function(){"use strict";') == count


def test_a_script_of_others_that_ends_without_a_semicolon_calls_nothing():
    for bundle in BUNDLES:
        if bundle.name.endswith(".js"):
            text = bundle.content()
            assert text.count("\n;\n(function(){") == 1, bundle.name
