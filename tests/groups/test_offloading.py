"""What takes seconds is computed by a process of its own."""

import base64
import os
import signal
from pathlib import Path

import pytest
from django.test import RequestFactory

import groups.offloading
from groups.offloading import LONGEST, PRIORITY, SECONDS_ELSEWHERE, KeptProcess, offload


def own_priority(text: str) -> bytes:
    return f"{os.nice(0)} {text}".encode()


def test_a_child_of_low_priority_computes():
    request = RequestFactory().get("/")
    answer = offload(request, own_priority, "é").decode()
    assert answer == f"{os.nice(0) + PRIORITY} é"
    assert 0 < request.META[SECONDS_ELSEWHERE] < LONGEST


def test_a_child_that_fails_is_told():
    with pytest.raises(ChildProcessError, match=r"base64\.b64encode ended with status 1"):
        offload(RequestFactory().get("/"), base64.b64encode, "no bytes")


def own_process(text: str) -> list[object]:
    return [os.getpid(), os.nice(0), text]


@pytest.fixture
def kept():
    process = KeptProcess(own_process)
    yield process
    process.stop()


def test_a_kept_process_answers_again_and_again(kept):
    request = RequestFactory().get("/")
    first = kept.call(request, "é\n\u2028")
    assert first == [kept.child.pid, os.nice(0) + PRIORITY, "é\n\u2028"]
    seconds = request.META[SECONDS_ELSEWHERE]
    assert kept.call(request, "again")[0] == first[0]
    assert seconds < request.META[SECONDS_ELSEWHERE] < LONGEST


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_kept_process_that_does_not_answer_is_replaced(kept, number, monkeypatch):
    request = RequestFactory().get("/")
    killed, *_ = kept.call(request, "")
    monkeypatch.setattr(groups.offloading, "LONGEST_OF_KEPT", 0.2)
    os.kill(killed, number)
    with pytest.raises(ChildProcessError, match="own_process did not answer"):
        kept.call(request, "")
    assert not Path(f"/proc/{killed}").exists()
    monkeypatch.setattr(groups.offloading, "LONGEST_OF_KEPT", 10)
    assert kept.call(request, "")[0] != killed


def test_a_kept_process_ends_with_the_one_that_asks(kept):
    kept.call(RequestFactory().get("/"), "")
    with kept.child as child:
        kept.child = None
        child.stdin.close()
        assert child.wait(10) == 0


def test_a_kept_process_whose_function_fails_is_told():
    process = KeptProcess(base64.b64encode)
    with pytest.raises(ChildProcessError, match=r"base64\.b64encode did not answer"):
        process.call(RequestFactory().get("/"), "no bytes")
    assert process.child is None
