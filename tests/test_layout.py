"""The house keeps its plan: imports run down, templates decide nothing and hide nothing.

    config  →  papers  →  groups  →  Django

So groups imports itself alone and names nothing above it, papers imports itself and
groups, and only the roof imports the roof.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from groups.events import registry

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
    path.relative_to(HOUSE / "templates")
    for pattern in ("*.html", "*.jinja")
    for path in (HOUSE / "templates").rglob(pattern)
)
PARTIALS = [path for path in TEMPLATES if path.name.startswith("_")]
LONGEST_TEMPLATE_LINE = 160
DOORS = {"for_members", "for_organizers", "for_readers"}
QUERY_WORDS = {"filter", "exclude", "annotate", "order_by", "aggregate", "alias", "values_list"}
# What may be marked as safe: a comment's HTML, which was cleaned when it was written, the preview
# that is cleaned in the same way, and help texts, which are our own words.
SAFE = {
    "comment.shown_html",
    "item.shown_html",
    "parent.shown_html",
    "preview",
    "form.preview",
    "field.help_text",
}


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def floor_of(module: str) -> str:
    return module.partition(".")[0]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((HOUSE / path).read_text())


def imported_by(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@cache
def read(template: Path) -> str:
    return (HOUSE / "templates" / template).read_text()


def included_in(source: str) -> set[str]:
    return set(re.findall(r"(?:{% (?:include|jinja|from) |figures\()\"([^\"]+)\"", source))


def extended_by(source: str) -> set[str]:
    return set(re.findall(r"{% extends \"([^\"]+)\"", source))


@cache
def strings_in(path: Path) -> set[str]:
    """All texts of a module but its docstrings and comments."""
    tree = parsed(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    }


def offenders(
    paths: Iterable[Path], against: Callable[[Path], Collection[object]]
) -> dict[str, Collection[object]]:
    """Return what breaks a rule, by the path of the file; files that keep it are left out."""
    found = {str(path): against(path) for path in paths}
    return {path: offences for path, offences in found.items() if offences}


def test_imports_run_down():
    def against(path):
        ours = {module for module in imported_by(parsed(path)) if floor_of(module) in MAY_IMPORT}
        return {one for one in ours if floor_of(one) not in MAY_IMPORT[floor_of(name_of(path))]}

    assert offenders(MODULES, against) == {}


def test_models_import_no_feature():
    """Features stand above the models: none of them is reached from below."""
    features = {
        path.parts[1] for path in MODULES if path.parts[0] == "papers" and "views" in name_of(path)
    }
    features -= {"models"}

    def against(path):
        imported = {module for module in imported_by(parsed(path)) if module.startswith("papers.")}
        return {module for module in imported if module.split(".")[1] in features}

    below = ("models", "corrections", "formats", "providers", "rendering", "matching")
    rooms = [path for path in MODULES if path.parts[0] == "papers" and path.parts[1] in below]
    assert offenders(rooms, against) == {}


def test_what_all_formats_share_imports_none_of_them():
    def against(path):
        imported = {module for module in imported_by(parsed(path)) if module.startswith("papers.")}
        return {one for one in imported if not one.startswith("papers.formats.core")}

    core = [path for path in MODULES if path.parts[:3] == ("papers", "formats", "core")]
    assert offenders(core, against) == {}


def test_imports_stand_at_the_top_of_the_file():
    def against(path):
        functions = [
            node
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        return [module for function in functions for module in imported_by(function)]

    assert offenders(MODULES, against) == {}


def test_groups_names_nothing_of_papers():
    def against(path):
        return {text for text in strings_in(path) if re.search(r"\bpapers[:/.]", text)}

    assert offenders((path for path in MODULES if path.parts[0] == "groups"), against) == {}


def test_no_template_line_is_over_160_characters():
    """Nor one of a mail, or of the twin that the pages are measured against."""

    def against(template):
        lines = enumerate((HOUSE / template).read_text().splitlines(), start=1)
        return [f"line {number}" for number, line in lines if len(line) > LONGEST_TEMPLATE_LINE]

    templates = {
        path.relative_to(HOUSE)
        for top in ("templates", "bench", *MAY_IMPORT)
        for pattern in ("*.html", "*.jinja", "*.txt", "*.xml", "*.svg")
        for path in (HOUSE / top).rglob(pattern)
        if "templates" in path.relative_to(HOUSE).parts
    }
    assert {path.parts[0] for path in templates} == {"templates", "bench"}
    assert offenders(sorted(templates), against) == {}


def test_no_space_follows_hidden_words_on_a_button():
    """It would be as wide as the gap between the icon and the words of the button."""
    spaced = re.compile(r'<span class="visually-hidden">[^\n]*</span>\s+</(?:a|button|summary)>')

    def against(template):
        return spaced.findall(read(template))

    assert offenders(TEMPLATES, against) == {}


def test_templates_of_groups_name_nothing_of_papers():
    def against(template):
        return re.findall(r"\"papers[:/][^\"]*\"", read(template))

    assert offenders((path for path in TEMPLATES if path.parts[0] == "groups"), against) == {}


def test_the_history_of_a_group_knows_no_kind_of_papers():
    """Not in a text, a docstring or a name: papers registers its own kinds."""
    above = re.compile(r"paper|topic|thread|comment|placement|import|merge", re.IGNORECASE)

    def against(path):
        words = {
            word
            for node in ast.walk(parsed(path))
            for word in (
                getattr(node, "value", None),
                getattr(node, "id", None),
                getattr(node, "attr", None),
                getattr(node, "name", None),
            )
            if isinstance(word, str)
        }
        return {word for word in words if above.search(word)}

    events = [path for path in MODULES if path.parts[:2] == ("groups", "events")]
    assert offenders([*events, Path("groups/models/events.py")], against) == {}


def test_every_kind_of_event_that_is_told_is_registered():
    def against(path):
        return [
            ast.unparse(node)
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "tell"
            and node.args
            and ast.literal_eval(node.args[0]) not in registry.registered()
        ]

    assert offenders(MODULES, against) == {}


def test_mail_is_written_in_one_place():
    """What another module sent by Django itself would be asked for no audience."""

    def against(path):
        return {
            module for module in imported_by(parsed(path)) if module.startswith("django.core.mail")
        }

    allowed = {"groups.mail.outbox", "groups.models.outgoing_emails"}
    assert offenders((path for path in MODULES if name_of(path) not in allowed), against) == {}


def test_views_ask_by_name():
    """Queries live in QuerySets beside their model."""

    def against(path):
        return {
            f"line {node.lineno}: .{node.func.attr}()"
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in QUERY_WORDS
        }

    assert offenders(VIEWS, against) == {}


def test_views_of_a_group_stand_behind_a_door():
    """A view that is given a membership was given it by a door."""

    def against(path):
        return [
            node.name
            for node in parsed(path).body
            if isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and [arg.arg for arg in node.args.args][:2] == ["request", "membership"]
            and not {ast.unparse(d).partition("(")[0] for d in node.decorator_list} & DOORS
        ]

    assert offenders(VIEWS, against) == {}


def test_what_is_included_starts_with_an_underscore_and_is_there():
    def against(template):
        return {
            name
            for name in included_in(read(template))
            if not Path(name).name.startswith("_") or Path(name) not in TEMPLATES
        }

    assert offenders(TEMPLATES, against) == {}


def test_what_starts_with_an_underscore_is_a_part_of_pages():
    """Included, extended, or sent as a piece."""

    def is_used(partial):
        by = {template for template in TEMPLATES if str(partial) in used_by(template)}
        return str(partial) in sent() or bool(by - {partial})

    assert [str(partial) for partial in PARTIALS if not is_used(partial)] == []


@cache
def used_by(template: Path) -> set[str]:
    source = read(template)
    return included_in(source) | extended_by(source)


@cache
def sent() -> set[str]:
    return {text for path in MODULES for text in strings_in(path)}


def test_a_partial_says_first_what_it_needs():
    def against(partial):
        first = read(partial).partition("\n")[0]
        return [] if first.startswith(("{#", "{% extends")) else [first]

    assert offenders(PARTIALS, against) == {}


def test_templates_hold_no_style_and_no_script_of_their_own():
    """What the page's policy would refuse is not even written."""
    refused = re.compile(
        r"<style\b|\sstyle\s*="
        r"|<[a-z][^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*="
        r"|<script\b(?![^>]*\bsrc=)[^>]*>"
        r"|javascript:"
    )

    def against(template):
        return refused.findall(re.sub(r"{#.*?#}", "", read(template), flags=re.DOTALL))

    # An email has no style sheet beside it, and no page's policy.
    pages = [path for path in TEMPLATES if "mail" not in path.parts]
    assert offenders(pages, against) == {}


def test_the_plain_pages_are_set_in_the_fonts_of_the_others():
    """A font that comes late is not used, so both kinds of pages ask for them first."""
    for frame in ("base.html", "_plain.html"):
        assert "_fonts.html" in included_in(read(Path(frame)))


def test_an_address_that_is_a_program_is_made_in_one_place():
    """A button for the bookmarks is one, and runs on the pages of others only."""
    making = [
        name_of(path) for path in MODULES if any("javascript:" in text for text in strings_in(path))
    ]
    assert making == ["papers.library.bookmarklet"]


def test_only_cleaned_text_is_marked_as_safe():
    def against(template):
        source = read(template)
        marked = set(re.findall(r"([\w.]+)\|safe\b", source)) - SAFE
        return marked | {word for word in ("autoescape off", "|safeseq") if word in source}

    assert offenders(TEMPLATES, against) == {}


def test_what_people_wrote_is_out_of_reach_of_htmx():
    """HTMX is told to leave a comment's own HTML alone."""

    def against(template):
        return [
            line
            for line in read(template).splitlines()
            if ("_html|safe" in line or "preview|safe" in line) and "hx-disable" not in line
        ]

    assert offenders(TEMPLATES, against) == {}


def test_only_our_own_words_are_marked_as_safe_in_code():
    """`mark_safe` and its like are in three places, each with the reason beside it."""

    def against(path):
        return {
            ast.unparse(node.func)
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"mark_safe", "SafeString", "SafeText"}
        }

    allowed = {
        "groups.web.humanize",
        "groups.templatetags.idempotency",
        "groups.templatetags.jinja",
    }
    assert offenders((path for path in MODULES if name_of(path) not in allowed), against) == {}


def test_no_floor_has_a_drawer_for_everything():
    drawers = {"utils", "helpers", "services", "managers", "constants", "mixins", "signals"}
    floors = [path for path in MODULES if path.parts[0] != "config"]
    assert [str(path) for path in floors if path.stem in drawers] == []


def test_the_front_page_names_what_is_there():
    """*Where do I change…* leads to files; each is named from the top or by its own name."""
    asked = (HOUSE / "README.md").read_text().partition("## Where do I change")[2]
    rows = asked.partition("\n## ")[0]
    named = set(re.findall(r"`([\w./-]+\.(?:py|html|css)|[\w./-]+/)`", rows))
    assert len(named) > 15
    assert {name for name in named if not any(find(name))} == set()


def find(name: str) -> Iterator[Path]:
    """Yield the path from the top, or those below the packages that end so."""
    if (HOUSE / name).exists():
        yield HOUSE / name
    for top in MAY_IMPORT:
        yield from (HOUSE / top).rglob(name.rstrip("/"))


# Names that several modules define, since a framework or a registry asks each module for them.
FORMATS, PROVIDERS = "papers.formats", "papers.providers"
SHARED_NAMES = {
    # Django looks for it in each module of management/commands.
    "Command": {"groups.management.commands", "papers.management.commands"},
    # What `python -m` runs.
    "main": {"config", "groups"},
    # The registry of formats: how a text is recognised, read, written and cited.
    "is_one": {FORMATS},
    "begins": {FORMATS},
    "read": {FORMATS, PROVIDERS},
    "write": {FORMATS},
    "cite": {FORMATS},
    # What `lossless_fields` compares, by the fields of each format.
    "written_fields": {FORMATS},
    # The table of providers: what is asked; the answer is what they `read`.
    "request": {PROVIDERS},
}


def test_no_two_definitions_have_one_name():
    """Names with an underscore are their module's own, and migrations are never imported."""
    found = defaultdict(list)
    for path in MODULES:
        if "migrations" in path.parts:
            continue
        for node in parsed(path).body:
            is_definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if is_definition and not node.name.startswith("_"):
                found[node.name].append(name_of(path))

    def is_shared(name, modules):
        allowed = tuple(SHARED_NAMES.get(name, ()))
        return all(module.startswith(allowed) for module in modules)

    twice = {name: modules for name, modules in found.items() if len(modules) > 1}
    assert SHARED_NAMES.keys() - twice.keys() == set(), "these are one definition each by now"
    assert {name: where for name, where in twice.items() if not is_shared(name, where)} == {}


def test_docstrings_say_what_is_done_or_returned():
    """Not what it is about: "Return whether …", and not "Whether …"."""
    question = re.compile(r"(?:What|How|Whether|Who|Where|When|Which|Why)\b")
    manner = re.compile(r"\b(?:whoever|nobody|stands|brought along)\b", re.IGNORECASE)

    def against(path):
        return [
            f"line {node.body[0].lineno}"
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and (said := ast.get_docstring(node))
            and (question.match(said) or manner.search(said))
        ]

    rest = (path for path in MODULES if "migrations" not in path.parts)
    assert offenders(rest, against) == {}
