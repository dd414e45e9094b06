"""A line of the log says when, what, who and from where, and cannot be forged."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from config.log_lines import WhoAsked
from groups.models import User
from tests.factories import browser_of, make_room


def written(message: str, *args: object, error: Exception | None = None, **extra: object) -> str:
    """The line as it comes out of the handler that the site has."""
    handler = next(h for h in logging.getLogger().handlers if h.get_name() == "stderr")
    found = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("site", logging.WARNING, "", 0, message, args, found)
    for name, value in extra.items():
        setattr(record, name, value)
    assert handler.filter(record)
    return handler.format(record)


def test_a_line_begins_with_its_moment_and_the_zone():
    moment = written("hello").partition(" ")[0]
    assert moment[10] == "T"
    assert moment[-5] in "+-"


@pytest.mark.parametrize("sent", ["a\nb", "a\r\nb", "a\x0bb", "a\x1b[2Jb", "a\x85b", "a\u2028b"])
def test_what_is_sent_makes_no_line_of_its_own(sent):
    line = written("%s", sent)
    assert len(line.splitlines()) == 1
    assert "a\\" in line


def test_what_follows_a_line_is_indented():
    error = ValueError("first\n2026-11-28T00:00:00+0000 WARNING site: forged\x1b[2J")
    _, *rest = written("failed", error=error).split("\n")
    assert rest
    assert all(line.startswith(" ") for line in rest)
    assert "\x1b" not in "".join(rest)


def test_a_formatter_without_the_care_is_seen_through():
    line = logging.Formatter("%(message)s").format(
        logging.LogRecord("site", logging.WARNING, "", 0, "a\nb", (), None)
    )
    assert len(line.splitlines()) == 2


def test_a_line_about_a_request_says_who_asked_and_from_where(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    assert written("Forbidden", request=request).endswith("[not signed in from 192.0.2.7]")
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=12))
    assert written("Forbidden", request=request).endswith("[not signed in from 192.0.2.7]")
    request.user = AnonymousUser()
    assert written("Forbidden", request=request).endswith("[not signed in from 192.0.2.7]")
    request.user = User(pk=12)
    assert written("Forbidden", request=request).endswith("[person 12 from 192.0.2.7]")


def test_a_network_that_is_only_claimed_is_not_logged(rf, settings):
    request = rf.get(
        "/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "10.0.0.1, 10.9.9.9"}
    )
    assert written("Forbidden", request=request).endswith("from 192.0.2.7]")
    settings.BEHIND_PROXY = True
    assert written("Forbidden", request=request).endswith("from 10.9.9.9]")


@pytest.mark.django_db
def test_what_is_refused_is_told_with_the_person(caplog):
    room = make_room()
    caplog.handler.addFilter(WhoAsked())
    browser_of(room.member).post(f"/groups/{room.group.slug}/invitations/new/")
    ending = f"[person {room.member.pk} from 127.0.0.1]"
    assert [line for line in caplog.messages if "Forbidden" in line and line.endswith(ending)]
