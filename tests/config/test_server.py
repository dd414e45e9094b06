"""The server as it is shipped, spoken to from outside."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config import body_limit
from tests.servers import BASE_DIR, Answer, Server, database_for_server

pytestmark = pytest.mark.server

LIMIT = 5 * 1024 * 1024
LARGE_FILE = b"/static/vendor/katex/dist/katex.min.js"
SIGN_IN = "/accounts/login/"
BOUNDARY = "multipart/form-data; boundary=b"


def part(value: bytes) -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\n' + value + b"\r\n--b--\r\n"


def test_it_says_where_it_is_and_who_can_sign_in(server):
    assert server.lines[0] == f"http://localhost:{server.port}/"
    addresses, passwords, roles = zip(*(line.split("  ") for line in server.lines[1:]), strict=True)
    assert all("@" in address for address in addresses)
    assert len(set(passwords)) == 1
    assert {"organizer", "member"} <= set(roles)


def test_it_is_alive_and_ready(server):
    assert server.get("/healthz")[::2] == (200, "ok\n")
    assert server.get("/readyz").status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/readyz", 200),
        (SIGN_IN, 200),
        ("/", 302),
        ("/nowhere/", 404),
        ("/?q=%00", 400),
        ("/static/css/base.css", 200),
    ],
)
def test_every_answer_carries_the_headers_of_the_site(server, path, status):
    answer = server.get(path)
    assert answer.status == status
    assert_protected(answer)


def assert_protected(answer: Answer) -> None:
    headers = answer.headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "cache-control" in headers


@pytest.mark.parametrize(
    "path",
    ["/?q=%00", "/?q=%ff", "/%00/", "/%ff/", "/groups/%c3%28/"],
)
def test_an_address_that_cannot_be_text_is_refused(server, path):
    assert server.get(path).status == 400


def test_raw_bytes_in_a_query_are_refused(server):
    assert server.send("GET /accounts/login/?q=é HTTP/1.1\r\n".encode()).status == 400
    assert server.send(b"GET /accounts/login/?q=\xff HTTP/1.1\r\n").status == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"login=%00", "application/x-www-form-urlencoded", 400),
        (b"login=%ff", "application/x-www-form-urlencoded", 400),
        (b"login=\xff", "application/x-www-form-urlencoded", 400),
        (b"login=x", "application/x-www-form-urlencoded; charset=klingon", 415),
        (b"login=x", "application/x-www-form-urlencoded; charset=latin-1", 415),
        (b"a=1&" * 300, "application/x-www-form-urlencoded", 400),
        (b"login=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 413),
        (part(b"\0"), BOUNDARY, 400),
        (part(b"\xff"), BOUNDARY, 400),
        (part(b"cut off")[:-8], BOUNDARY, 400),
        (part(b"no boundary"), "multipart/form-data", 400),
        # These are fine as text, and refused only for want of a token.
        (part("é\ufffd".encode()), BOUNDARY, 403),
        (b"login=%EF%BF%BD", "application/x-www-form-urlencoded; charset=UTF-8", 403),
    ],
)
def test_a_form_that_cannot_be_stored_is_refused(server, body, kind, status):
    assert server.post(SIGN_IN, body, kind).status == status


def test_a_body_that_is_declared_too_large_is_refused_before_it_is_sent(server):
    answer = server.post(SIGN_IN, b"", declared=LIMIT + 1)
    assert answer.status == 413
    assert "5.0" in answer.text
    assert_protected(answer)


def test_a_body_of_unknown_length_is_refused_at_the_limit(server):
    head = f"POST {SIGN_IN} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n".encode()
    block = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    assert server.send(head, block * 50).status == 413
    assert server.send(head, block * 2 + b"0\r\n\r\n").status in (403, 413)


def test_anyone_who_keeps_sending_is_cut_off(server):
    with server.connect() as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n")
        sent = 0
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while sent < 100_000_000:
                sent += line.send(b"x" * 65536)
    assert sent < LIMIT + 4 * body_limit.LINGER_BYTES


def test_fifty_slow_senders_do_not_keep_anybody_waiting(server):
    slow = [server.connect() for _ in range(50)]
    try:
        for line in slow:
            line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\nx")
        assert server.get(SIGN_IN).status == 200
        answered, _, _ = select.select(slow, [], [], 0)
        assert answered == []  # the site still waits for each of them
    finally:
        for line in slow:
            line.close()


def test_slow_readers_hold_no_thread(server):
    slow = [server.connect() for _ in range(20)]
    try:
        for line in slow:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(b"GET " + LARGE_FILE + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.5)
        assert server.get(SIGN_IN).status == 200
    finally:
        for line in slow:
            line.close()


def test_a_second_server_on_the_port_is_told_so_in_a_sentence(server, tmp_path):
    command = [sys.executable, "-m", "config.serve", "--port", str(server.port)]
    second = subprocess.run(
        command, cwd=BASE_DIR, env=server.environment, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"Port {server.port} cannot be used" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_data_folder_that_cannot_be_used_is_named_in_a_sentence(server, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    second = subprocess.run(
        [sys.executable, "-m", "config.serve", "--port", "0"],
        cwd=BASE_DIR,
        env=server.environment | {"DATA_DIR": str(blocked / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "The data folder cannot be used" in second.stderr
    assert "Traceback" not in second.stderr


def test_it_stops_cleanly_starts_again_and_keeps_its_data(tmp_path):
    with database_for_server(tmp_path) as url, Server(tmp_path, url, "--demo") as server:
        key = (tmp_path / "secret-key").read_text()
        people = server.lines
        assert server.stop() == 0
        with pytest.raises(ConnectionRefusedError):
            server.connect()
        assert "Traceback" not in server.errors()

        server.start()
        assert server.lines == people
        assert (tmp_path / "secret-key").read_text() == key
        assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="Processes are looked up in /proc.")
def test_a_worker_that_was_killed_is_started_again_and_all_stop_together(tmp_path):
    with database_for_server(tmp_path) as url, Server(tmp_path, url) as server:
        (worker,) = children_called("seminar work", server.process.pid)
        os.kill(worker, signal.SIGKILL)
        given_up_at = time.monotonic() + 30
        while (again := children_called("seminar work", server.process.pid)) in ([], [worker]):
            assert time.monotonic() < given_up_at
            time.sleep(0.1)
        assert server.errors() == "The worker had ended and is started again.\n"
        left = again + children_called("seminar web", server.process.pid)
        assert len(left) == 2
        assert server.stop() == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in left)


def children_called(name: str, pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    called = {int(child): Path(f"/proc/{child}/comm").read_text().strip() for child in children}
    return [child for child, comm in called.items() if comm == name]


def test_both_threads_answer_at_once(server):
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(server.get(SIGN_IN).status)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
