"""The house keeps its plan: imports run down, templates decide nothing and hide nothing.

    config  →  papers  →  groups  →  Django

So groups imports itself alone and names nothing that stands above it, papers imports itself and
groups, and only the roof imports the roof.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "groups": {"groups"},
    "papers": {"papers", "groups"},
    "config": {"config", "papers", "groups"},
}
MODULES = sorted(
    path.relative_to(HOUSE)
    for package in ("config", "groups", "papers")
    for path in (HOUSE / package).rglob("*.py")
)
VIEWS = [path for path in MODULES if "views" in path.parts]
TEMPLATES = sorted(
    path.relative_to(HOUSE / "templates") for path in (HOUSE / "templates").rglob("*.html")
)
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]
DOORS = {"for_members", "for_organizers", "for_readers"}
QUERY_WORDS = {"filter", "exclude", "annotate", "order_by", "aggregate", "alias", "values_list"}
# What may be marked as safe: a comment's HTML, which was cleaned when it was written, the preview
# that is cleaned in the same way, and help texts, which are our own words.
SAFE = {"comment.shown_html", "parent.shown_html", "preview", "form.preview", "field.help_text"}


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> str:
    return module.partition(".")[0]


def parsed(path: Path) -> ast.Module:
    return ast.parse((HOUSE / path).read_text())


def imported_by(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def read(template: Path) -> str:
    return (HOUSE / "templates" / template).read_text()


def included_in(source: str) -> set[str]:
    return set(re.findall(r"{% include \"([^\"]+)\"", source))


def extended_by(source: str) -> set[str]:
    return set(re.findall(r"{% extends \"([^\"]+)\"", source))


def strings_in(path: Path) -> set[str]:
    """All texts of a module but its docstrings and comments."""
    tree = parsed(path)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_down(path):
    allowed = MAY_IMPORT[floor_of(name_of(path))]
    ours = {module for module in imported_by(parsed(path)) if floor_of(module) in MAY_IMPORT}
    assert {module for module in ours if floor_of(module) not in allowed} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_of_the_file(path):
    functions = [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [module for function in functions for module in imported_by(function)] == []


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parts[0] == "groups"], ids=name_of
)
def test_groups_names_nothing_of_papers(path):
    assert {text for text in strings_in(path) if re.search(r"\bpapers[:/.]", text)} == set()


@pytest.mark.parametrize(
    "template", [path for path in TEMPLATES if path.parts[0] == "groups"], ids=str
)
def test_templates_of_groups_name_nothing_of_papers(template):
    assert re.findall(r"\"papers[:/][^\"]*\"", read(template)) == []


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_ask_by_name(path):
    """Queries live in QuerySets beside their model."""
    asked = {
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in QUERY_WORDS
    }
    assert asked == set()


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_views_of_a_group_stand_behind_a_door(path):
    """A view that is given a membership was given it by a door."""
    unguarded = [
        node.name
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [arg.arg for arg in node.args.args][:2] == ["request", "membership"]
        and not {ast.unparse(d).partition("(")[0] for d in node.decorator_list} & DOORS
    ]
    assert unguarded == []


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_what_is_included_starts_with_an_underscore_and_is_there(template):
    for name in included_in(read(template)):
        assert Path(name).name.startswith("_")
        assert Path(name) in TEMPLATES


@pytest.mark.parametrize("partial", PARTIALS, ids=str)
def test_what_starts_with_an_underscore_is_a_part_of_pages(partial):
    """Included, extended, or sent as a piece."""
    used = [template for template in TEMPLATES if str(partial) in used_by(template)]
    assert str(partial) in sent() or set(used) - {partial}


@cache
def used_by(template: Path) -> set[str]:
    source = read(template)
    return included_in(source) | extended_by(source)


@cache
def sent() -> set[str]:
    return {text for path in MODULES for text in strings_in(path)}


@pytest.mark.parametrize("partial", PARTIALS, ids=str)
def test_a_partial_says_first_what_it_needs(partial):
    first = read(partial).partition("\n")[0]
    assert first.startswith(("{#", "{% extends"))


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_templates_hold_no_style_and_no_script_of_their_own(template):
    """What the page's policy would refuse is not even written."""
    source = re.sub(r"{#.*?#}", "", read(template), flags=re.DOTALL)
    assert re.findall(r"<style\b|\sstyle\s*=", source) == []
    assert re.findall(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", source) == []
    assert re.findall(r"<script\b(?![^>]*\bsrc=)[^>]*>", source) == []
    assert re.findall(r"javascript:", source) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_an_address_that_is_a_program_is_made_in_one_place(path):
    """A button for the bookmarks is one, and runs on the pages of others only."""
    programs = [text for text in strings_in(path) if "javascript:" in text]
    assert bool(programs) == (name_of(path) == "papers.bookmarklet")


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_only_cleaned_text_is_marked_as_safe(template):
    assert set(re.findall(r"([\w.]+)\|safe\b", read(template))) <= SAFE
    assert "autoescape off" not in read(template)
    assert "|safeseq" not in read(template)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_what_people_wrote_is_out_of_reach_of_htmx(template):
    """Where a comment's own HTML stands, HTMX is told to leave it alone."""
    for line in read(template).splitlines():
        if "comment.html|safe" in line or "preview|safe" in line:
            assert "hx-disable" in line


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_our_own_words_are_marked_as_safe_in_code(path):
    """`mark_safe` and its like stand in two places, each with the reason beside it."""
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"mark_safe", "SafeString", "SafeText"}
    }
    if calls:
        assert name_of(path) in {"groups.moments", "groups.templatetags.repeats"}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parts[0] != "config"], ids=name_of
)
def test_no_floor_has_a_drawer_for_everything(path):
    assert path.stem not in {"utils", "helpers", "services", "managers", "constants", "mixins"}
    assert path.stem != "signals"
