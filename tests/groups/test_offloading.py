"""What takes seconds is computed by a process of its own."""

import base64
import os

import pytest
from django.test import RequestFactory

from groups.offloading import LONGEST, PRIORITY, SECONDS_ELSEWHERE, offload


def own_priority(text: str) -> bytes:
    return f"{os.nice(0)} {text}".encode()


def test_a_child_of_low_priority_computes():
    request = RequestFactory().get("/")
    told = offload(request, own_priority, "é").decode()
    assert told == f"{os.nice(0) + PRIORITY} é"
    assert 0 < request.META[SECONDS_ELSEWHERE] < LONGEST


def test_a_child_that_fails_is_told():
    with pytest.raises(ChildProcessError, match=r"base64\.b64encode ended with status 1"):
        offload(RequestFactory().get("/"), base64.b64encode, "no bytes")
