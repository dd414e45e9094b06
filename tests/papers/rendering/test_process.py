"""Long comments are rendered elsewhere, and to the same HTML."""

import os
import signal

import pytest
from django.test import RequestFactory

from groups.offloading import SECONDS_ELSEWHERE
from papers.rendering import process
from papers.rendering.markdown import render

LONG_TEXT = "*Why* $x^2$?\u2028\n\n" * process.LONG


@pytest.fixture(autouse=True)
def stopped_after():
    yield
    process._renderer.stop()


def test_a_long_comment_is_rendered_elsewhere():
    request = RequestFactory().get("/")
    assert process.render_for(request, LONG_TEXT) == render(LONG_TEXT)
    assert request.META[SECONDS_ELSEWHERE] > 0


def test_a_short_comment_is_rendered_here():
    request = RequestFactory().get("/")
    assert process.render_for(request, "*so*") == render("*so*")
    assert SECONDS_ELSEWHERE not in request.META
    assert process._renderer.child is None


def test_a_comment_is_rendered_without_the_other_process():
    process.render_for(RequestFactory().get("/"), LONG_TEXT)
    assert process._renderer.child
    os.kill(process._renderer.child.pid, signal.SIGKILL)
    assert process.render_for(RequestFactory().get("/"), LONG_TEXT) == render(LONG_TEXT)
