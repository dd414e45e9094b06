"""What takes seconds is computed by a process of its own."""

import operator
import os

import pytest
from django.test import RequestFactory

from groups.models import User
from groups.offloading import LONGEST, PRIORITY, SECONDS_ELSEWHERE, offload


def test_a_child_of_low_priority_computes():
    request = RequestFactory().get("/")
    assert offload(request, os.nice, 0) == os.nice(0) + PRIORITY
    assert 0 < request.META[SECONDS_ELSEWHERE] < LONGEST


def test_rows_arrive_there_as_they_are_here():
    user = User(pk=7, name="Ada")
    found = offload(RequestFactory().get("/"), operator.attrgetter("pk", "name"), user)
    assert found == (7, "Ada")


def test_a_child_that_fails_is_told():
    with pytest.raises(ChildProcessError, match="truediv> ended with status 1"):
        offload(RequestFactory().get("/"), operator.truediv, 1, 0)
