"""What runs a site is requirements-run.txt and no more: no test, and no tool of the tests."""

import ast
import json
import subprocess
import sys
from importlib.metadata import packages_distributions

from packaging.utils import canonicalize_name

from tests import lock
from tests.servers import environment_of
from tests.test_layout import HOUSE, MODULES, imported_by, name_of

OURS = {"config", "groups", "papers"}
NOT_SERVED = {"tests", "bench", "pytest", "_pytest", "pytest_django", "hypothesis", "playwright"}
# What a web process and a worker load: the settings with all apps, every view, every command.
LOAD = """
import json, sys
import config.asgi
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver
get_resolver().url_patterns
for name, app in get_commands().items():
    if app in ("groups", "papers"):
        load_command_class(app, name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


# In the standard library since Python 3.14.
LATER = {"compression"}


def test_what_the_site_imports_is_locked_for_running_it():
    served = set(lock.pins("requirements-run.txt"))
    known = OURS | sys.stdlib_module_names | LATER
    for name, distributions in packages_distributions().items():
        if {canonicalize_name(each) for each in distributions} & served:
            known |= {name}
    imported = {
        (name_of(path), module)
        for path in MODULES
        for module in imported_by(ast.parse((HOUSE / path).read_text()))
    }
    assert len(imported) > 500
    assert {pair for pair in imported if pair[1].partition(".")[0] not in known} == set()


def test_a_process_of_the_site_has_loaded_no_test(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=HOUSE,
        env=environment_of(tmp_path, f"sqlite:///{tmp_path / 'seminar.sqlite3'}"),
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(json.loads(loaded.stdout))
    assert OURS | {"django", "allauth"} <= names
    assert names & NOT_SERVED == set()


def test_the_tests_tools_are_left_out_of_what_runs_a_site():
    assert "pytest-django" in lock.pins("requirements.txt")
    assert {name for name in lock.pins("requirements-run.txt") if "pytest" in name} == set()


def test_a_lock_that_says_otherwise_is_found(monkeypatch):
    pins = lock.pins

    def changed(name):
        return pins(name) | ({"django": "5.2.1"} if name == "requirements-run.txt" else {})

    monkeypatch.setattr(lock, "pins", changed)
    assert any("holds django 5.2.1" in sentence for sentence in lock.differences())
