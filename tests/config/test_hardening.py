"""What the site as it is shipped refuses, and what its settings and its code never do."""

import ast
import json
import subprocess
import sys

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from groups.encryption import SECRET_BYTES
from tests.servers import BASE_DIR, environment_of
from tests.test_layout import HOUSE, MODULES, name_of

SCRIPTS = sorted((HOUSE / "config" / "static" / "js").glob("*.js"))
HOST = "Host: localhost\r\n"
SIGN_IN = "POST /accounts/login/ HTTP/1.1\r\n"
# What would run, or unpack into objects, whatever it is given.
RUNS_ANYTHING = {"eval", "exec", "compile", "__import__", "pickle", "marshal", "shelve", "system"}
# What would turn text into a part of the page, or listen to other pages.
MAKES_MARKUP = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "Function(",
]
LISTENS = ['"message"', "onmessage", "postMessage"]
# The settings of a site that is reached over TLS, read as a server reads them.
READ = """
import json
from config import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings)
    if name.startswith(("DEBUG", "SECURE", "SESSION_COOKIE", "CSRF_COOKIE"))}, default=str))
"""


def settings_of(folder, **changed: str) -> dict[str, object]:
    environment = environment_of(folder, f"sqlite:///{folder / 'seminar.sqlite3'}")
    del environment["DEBUG"]
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=BASE_DIR,
        env=environment | changed,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


# The server


@pytest.mark.server
@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 6\r\nContent-Length: 7\r\n",
        "Content-Length: +6\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Host: elsewhere.example\r\n",
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(server, headers):
    smuggled = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with server.connect() as line:
        line.sendall((SIGN_IN + HOST + headers + "\r\n").encode() + smuggled)
        answers = b"".join(iter(lambda: line.recv(65536), b""))
    assert answers.split()[1] in (b"400", b"501")
    assert answers.count(b"HTTP/1.1 ") == 1


@pytest.mark.server
def test_a_header_that_only_looks_like_one_is_dropped(server):
    """Both would have one name in Django: a proxy's own header could be replaced by a sender's."""
    head = "GET / HTTP/1.1\r\n"
    assert server.send(f"{head}HX-Request: true\r\n".encode()).status == 401
    assert server.send(f"{head}HX_Request: true\r\n".encode()).status == 302


@pytest.mark.server
@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/css/",
        "/.git/config",
        "/static/../secret-key",
        "/static/%2e%2e/secret-key",
        "/static/..%2f..%2fconfig/settings.py",
        "/secret-key",
        "/seminar.sqlite3",
    ],
)
def test_nothing_on_the_disk_is_served_but_the_static_files(server, path):
    answer = server.get(path)
    assert answer.status == 404
    assert "<ul>" not in answer.text


@pytest.mark.server
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_no_other_site_may_read_an_answer(server, origin):
    answer = server.send(f"GET /accounts/login/ HTTP/1.1\r\nOrigin: {origin}\r\n".encode())
    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]


# The settings


def test_over_tls_cookies_are_for_this_host_alone_and_browsers_keep_to_it(tmp_path):
    found = settings_of(tmp_path, SITE_URL="https://seminar.example")
    for cookie in ("SESSION", "CSRF"):
        assert str(found[f"{cookie}_COOKIE_NAME"]).startswith("__Host-")
        assert found[f"{cookie}_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_HTTPONLY"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert int(str(found["SECURE_HSTS_SECONDS"])) >= 31_536_000


def test_without_tls_no_browser_is_told_to_ask_for_it(tmp_path):
    found = settings_of(tmp_path)
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SESSION_COOKIE_SECURE"] is False


def test_pages_that_show_the_code_are_off_unless_they_are_asked_for(tmp_path):
    assert settings_of(tmp_path)["DEBUG"] is False


def test_passwords_are_stretched_and_secrets_cannot_be_tried_through():
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert "PASSWORD_HASHERS" not in (HOUSE / "config" / "settings.py").read_text()
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert SECRET_BYTES * 8 >= 128


# The code


def names_called(tree: ast.AST) -> set[str]:
    """Functions that are called by their bare name, modules that are asked for one, and shells."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    found.add(name)
                case ast.Attribute(value=ast.Name(id=module), attr=name):
                    found |= {module} | ({name} if module == "os" else set())
            if any(word.arg == "shell" for word in node.keywords):
                found.add("system")
    return found


def test_no_code_of_the_site_runs_or_unpacks_what_it_is_given():
    found = {
        (name_of(path), name)
        for path in MODULES
        for name in names_called(ast.parse((HOUSE / path).read_text())) & RUNS_ANYTHING
    }
    assert found == set()


@pytest.mark.parametrize(
    "code", ["eval(x)", "pickle.loads(x)", "os.system(x)", "run(x, shell=True)"]
)
def test_code_that_does_is_found(code):
    assert names_called(ast.parse(code)) & RUNS_ANYTHING


def queries_of_text(tree: ast.AST) -> list[str]:
    """Calls that hand SQL to the database which is not written out in the code."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("execute", "raw", "extra", "RawSQL")
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]


def test_no_query_is_put_together_from_text():
    found = {
        name_of(path): queries
        for path in MODULES
        if (queries := queries_of_text(ast.parse((HOUSE / path).read_text())))
    }
    assert found == {}


@pytest.mark.parametrize("code", ["c.execute(f'{x}')", "q.extra(where=[x])", "RawSQL('a' + x, [])"])
def test_a_query_that_is_is_found(code):
    assert queries_of_text(ast.parse(code))


def test_no_script_of_the_site_makes_markup_of_text_or_listens_to_other_pages():
    found = {
        (script.name, word)
        for script in SCRIPTS
        for word in (*MAKES_MARKUP, *LISTENS)
        if word in script.read_text()
    }
    assert len(SCRIPTS) > 5
    assert found == set()
