"""Feeds are read by whoever has the address, as long as its member may read what is in them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from groups.accounts.account_deletion import delete_account
from groups.accounts.signing_out import close_account
from groups.models import Group, Membership
from papers.discussion.posting import post_comment, withdraw_comment
from papers.feeds.addresses import feed_path, masked_feed_path, membership_of, token_of
from papers.feeds.entries import MOST_ENTRIES, with_absolute_links
from papers.models import Comment, Paper, Thread
from papers.rendering.markdown import render
from tests.factories import (
    Room,
    browser_of,
    make_comment,
    make_membership,
    make_paper,
    make_room,
    make_thread,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def post(room: Room, source: str) -> Comment:
    return post_comment(room.thread, room.author, source, None, html=render(source))


def paths(room: Room, membership: Membership) -> dict[str, str]:
    return {
        "group": feed_path(membership),
        "paper": feed_path(membership, paper=room.paper.pk),
        "thread": feed_path(membership, thread=room.thread.pk),
    }


def status(path: str, **headers: str) -> int:
    return browser_of().get(path, headers=headers).status_code


def feed(path: str) -> ElementTree.Element:
    answer = browser_of().get(path)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)  # noqa: S314  # it is our own


def said(path: str) -> list[str]:
    return [entry.findtext(f"{ATOM}content") or "" for entry in feed(path).iter(f"{ATOM}entry")]


@pytest.fixture
def room() -> Room:
    return make_room("Readers")


@pytest.fixture
def mine(room: Room) -> Membership:
    return room.membership_of(room.member)


class TestWhatIsInIt:
    def test_comments_are_in_all_three_and_papers_in_the_groups(
        self, room: Room, mine: Membership
    ) -> None:
        found = {name: said(path) for name, path in paths(room, mine).items()}
        assert found["paper"] == found["thread"] == ["<p>Is the Hessian shared?</p>\n"]
        assert len(found["group"]) == 2
        assert f"<p>{room.paper.title}</p>" in found["group"][1]

    def test_a_paper_and_a_thread_have_no_others(self, room: Room, mine: Membership) -> None:
        other = make_paper(room.group)
        make_comment(make_thread(other, room.author), room.author, "Elsewhere")
        make_comment(make_thread(room.paper, room.author), room.author, "Another thread")
        found = {name: "".join(said(path)) for name, path in paths(room, mine).items()}
        assert ["Elsewhere" in found[n] for n in found] == [True, False, False]
        assert ["Another thread" in found[n] for n in found] == [True, True, False]

    def test_a_thread_about_the_group_is_in_the_groups_feed(
        self, room: Room, mine: Membership
    ) -> None:
        thread = Thread.objects.start(room.group, room.author, title="When?", source="On Monday?")
        assert said(feed_path(mine, thread=thread.pk)) == ["<p>On Monday?</p>\n"]
        assert "On Monday?" in said(feed_path(mine))[0]
        assert status(feed_path(mine, paper=room.paper.pk)) == 200

    def test_it_is_valid_atom(self, room: Room, mine: Membership) -> None:
        post(room, "A ] ]]> & <script>\x1b\x0b\ufffe and $x < y$")
        for path in paths(room, mine).values():
            root = feed(path)
            assert root.tag == f"{ATOM}feed"
            of_one = [root, *root.iter(f"{ATOM}entry")]
            ids = [one.findtext(f"{ATOM}id") for one in of_one]
            assert len(set(ids)) == len(ids)
            assert all(re.fullmatch(r"tag:testserver,\d{4}-\d\d-\d\d:\S+", i or "") for i in ids)
            for one in of_one:
                assert one.findtext(f"{ATOM}title")
                assert re.match(r"\d{4}-\d\d-\d\dT", one.findtext(f"{ATOM}updated") or "")
                assert one.findtext(f"{ATOM}author/{ATOM}name")
                link = one.find(f"{ATOM}link")
                assert link is not None
                assert link.get("href", "").startswith("http://testserver/groups/")
            for content in root.iter(f"{ATOM}content"):
                assert content.get("type") == "html"

    def test_ids_stay_when_a_comment_is_edited_and_the_secret_is_another(
        self, room: Room, mine: Membership
    ) -> None:
        def ids(path: str) -> set[str | None]:
            return {one.findtext(f"{ATOM}id") for one in feed(path).iter(f"{ATOM}entry")}

        before = ids(feed_path(mine))
        room.comment.rewrite("Another text", room.comment.version)
        mine.renew_feeds()
        assert ids(feed_path(mine)) == before

    def test_formulas_are_tex_and_links_are_absolute(self, room: Room, mine: Membership) -> None:
        post(room, f"[a](https://x.org/) $x^2$ @{room.member.handle}\n\n$$\ny\n$$")
        newest = said(feed_path(mine, thread=room.thread.pk))[0]
        assert "<code>$x^2$</code>" in newest
        assert "$$" in newest
        assert not re.search(r'(?:href|src)="(?!https?:|mailto:)', newest)
        relative = '<a class="x" href="/groups/a/">a</a> <a href="https://b/">b</a>'
        assert with_absolute_links(relative).count('href="http://testserver/groups/a/"') == 1

    def test_it_has_so_many_entries_and_the_newest(self, room: Room, mine: Membership) -> None:
        for number in range(MOST_ENTRIES + 5):
            make_comment(room.thread, room.author, f"Comment {number}")
        for path in paths(room, mine).values():
            found = said(path)
            assert len(found) == MOST_ENTRIES
            assert f"Comment {MOST_ENTRIES + 4}" in found[0]

    def test_its_queries_are_few_however_much_there_is(
        self, room: Room, mine: Membership, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            thread = make_thread(make_paper(room.group), room.author, f"Thread {number}")
            make_comment(thread, room.member, f"@{room.author.handle}")
        for path in paths(room, mine).values():
            with django_assert_max_num_queries(6):
                browser_of().get(path)

    @pytest.mark.parametrize("shown", ["by_name", "counted", "hidden"])
    def test_no_status_is_in_it(self, room: Room, mine: Membership, shown: str) -> None:
        room.membership_of(room.author).show_status(shown)
        before = [text_of(browser_of().get(path)) for path in paths(room, mine).values()]
        room.paper.set_status(room.author, "read")
        room.paper.set_status(room.member, "reading")
        assert [text_of(browser_of().get(path)) for path in paths(room, mine).values()] == before

    def test_no_secret_is_in_it(self, room: Room, mine: Membership) -> None:
        secret = token_of(mine).partition("-")[2]
        for path in paths(room, mine).values():
            assert secret not in text_of(browser_of().get(path))

    def test_what_is_deleted_or_set_aside_is_gone(self, room: Room, mine: Membership) -> None:
        withdraw_comment(room.comment, room.author)
        assert said(feed_path(mine, thread=room.thread.pk)) == []
        Paper.objects.filter(pk=room.paper.pk).update(
            set_aside_at=timezone.now(), removed_by=room.list_import
        )
        assert said(feed_path(mine)) == []
        assert status(feed_path(mine, paper=room.paper.pk)) == 404
        assert status(feed_path(mine, thread=room.thread.pk)) == 404

    def test_of_people_who_deleted_their_account_no_name_is_left(
        self, room: Room, mine: Membership
    ) -> None:
        post(room, "Mine")
        delete_account(room.author)
        assert room.author.name not in text_of(browser_of().get(feed_path(mine)))


class TestWhoReadsIt:
    ENDS: dict[str, Callable[[Room], Any]] = {
        "left": lambda room: room.membership_of(room.member).leave(),
        "removed": lambda room: room.membership_of(room.member).remove(by=room.organizer),
        "closed": lambda room: close_account(room.member),
        "deleted": lambda room: delete_account(room.member),
        "renewed": lambda room: room.membership_of(room.member).renew_feeds(),
        "group deleted": lambda room: room.group.remove(),
    }

    @pytest.mark.parametrize("end", ENDS)
    def test_it_ends_with_the_membership_or_when_it_is_renewed(
        self, room: Room, mine: Membership, end: str
    ) -> None:
        before = [*paths(room, mine).values(), masked_feed_path(mine)]
        assert [status(path) for path in before] == [200] * 4
        self.ENDS[end](room)
        assert [status(path) for path in before] == [404] * 4

    def test_who_comes_back_has_another_one(self, room: Room, mine: Membership) -> None:
        before = feed_path(mine)
        mine.leave()
        again = make_membership(room.group, room.member)
        assert feed_path(again) != before
        assert status(before) == 404

    def test_it_is_read_in_a_group_that_can_only_be_read(
        self, room: Room, mine: Membership
    ) -> None:
        for state in ("archived_at", "deletion_asked_at"):
            Group.objects.filter(pk=room.group.pk).update(**{state: timezone.now()})
            assert status(feed_path(mine)) == 200

    def test_five_kinds_of_visitor_get_the_same_by_it(self, room: Room, mine: Membership) -> None:
        """It is the address that counts, and no session: one that is no member's is none."""
        foreign = make_room("Neighbours")
        visitors = [None, room.outsider, foreign.member, room.member, room.organizer]
        texts = [text_of(browser_of(visitor).get(feed_path(mine))) for visitor in visitors]
        assert len(set(texts)) == 1
        assert foreign.paper.title not in texts[0]

    def test_of_another_group_it_shows_nothing(self, room: Room, mine: Membership) -> None:
        foreign = make_room("Neighbours")
        assert status(feed_path(mine, paper=foreign.paper.pk)) == 404
        assert status(feed_path(mine, thread=foreign.thread.pk)) == 404
        assert status(feed_path(mine, thread=2**70)) == 404

    def test_a_forged_address_is_none(self, room: Room, mine: Membership) -> None:
        key, _, secret = token_of(mine).partition("-")
        other = token_of(room.membership_of(room.organizer)).partition("-")[2]
        forged = [
            secret,
            f"{key}-{other}",
            f"{key}-{secret[:-1]}",
            f"{key}-{secret[::-1]}",
            f"{key}-{'A' * 64}",
            f"{key}-{'-' * 32}",
            f"zzzzzzzzzzzz-{secret}",
            f"zzzzzzzzzzzzzzzz-{secret}",
            "x",
            f"0-{secret}",
        ]
        assert {status(f"/feeds/{token}/") for token in forged} == {404}

    def test_after_the_site_has_a_new_key_it_works(
        self, room: Room, mine: Membership, settings: Any
    ) -> None:
        before = feed_path(mine)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
        assert feed_path(mine) != before
        assert status(before) == 200

    def test_nothing_is_written_by_reading_it(self, room: Room, mine: Membership) -> None:
        before = Membership.objects.values_list("feed_nonce", "pk")
        for path in paths(room, mine).values():
            browser_of().get(path)
        assert list(Membership.objects.values_list("feed_nonce", "pk")) == list(before)


class TestCaches:
    def test_what_did_not_change_is_not_sent_again(self, room: Room, mine: Membership) -> None:
        path = feed_path(mine)
        first = browser_of().get(path)
        assert first["Cache-Control"] == "private, no-cache"
        assert first["Referrer-Policy"] == "no-referrer"
        assert first["X-Robots-Tag"] == "noindex"
        assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
        again = browser_of().get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    @pytest.mark.parametrize("change", ["posted", "edited", "deleted"])
    def test_what_changed_is_sent(self, room: Room, mine: Membership, change: str) -> None:
        path = feed_path(mine, thread=room.thread.pk)
        etag = browser_of().get(path)["ETag"]
        if change == "posted":
            post(room, "New")
        elif change == "edited":
            room.comment.rewrite("New", room.comment.version)
        else:
            withdraw_comment(room.comment, room.author)
        assert status(path, If_None_Match=etag) == 200

    def test_an_empty_feed_stays_the_same(self, room: Room, mine: Membership) -> None:
        withdraw_comment(room.comment, room.author)
        path = feed_path(mine, thread=room.thread.pk)
        etag = browser_of().get(path)["ETag"]
        with pytest.MonkeyPatch.context() as patched:
            later = timezone.now() + timedelta(days=1)
            patched.setattr(timezone, "now", lambda: later)
            assert status(path, If_None_Match=etag) == 304


class TestPages:
    def test_pages_name_the_feed_to_members_masked_anew_each_time(
        self, room: Room, mine: Membership
    ) -> None:
        pages = {
            room.group.get_absolute_url(): feed_path(mine),
            room.paper.get_absolute_url(): feed_path(mine, paper=room.paper.pk),
            room.thread.get_absolute_url(): feed_path(mine, thread=room.thread.pk),
        }
        secret = token_of(mine).partition("-")[2]
        for page, path in pages.items():
            seen = set()
            for _ in range(2):
                text = text_of(browser_of(room.member).get(page))
                (found,) = re.findall(
                    r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)">', text
                )
                assert secret not in text
                assert text_of(browser_of().get(found)) == text_of(browser_of().get(path))
                seen.add(found)
            assert len(seen) == 2

    def test_to_the_public_no_feed_is_named(self, room: Room) -> None:
        Group.objects.filter(pk=room.group.pk).update(visibility="public", opens_threads=True)
        for page in (room.group, room.paper, room.thread):
            for visitor in (None, room.outsider):
                text = text_of(browser_of(visitor).get(page.get_absolute_url()))
                assert "application/atom" not in text

    def test_the_addresses_are_shown_and_renewed_by_one_press(
        self, room: Room, mine: Membership
    ) -> None:
        browser = browser_of(room.member)
        page = f"/groups/{room.group.slug}/feeds/?thread={room.thread.pk}"
        text = text_of(browser.get(page, headers={"Accept-Encoding": "gzip"}))
        assert f"http://testserver{feed_path(mine)}<" in text
        assert f"http://testserver{feed_path(mine, thread=room.thread.pk)}<" in text
        browser.post(f"/groups/{room.group.slug}/feeds/renew/")
        assert status(feed_path(mine)) == 404
        mine.refresh_from_db()
        assert status(feed_path(mine)) == 200

    @pytest.mark.parametrize("query", ["?thread=x", "?paper=99999999", "?thread=", "?paper=-1"])
    def test_nonsense_is_ignored(self, room: Room, query: str) -> None:
        page = f"/groups/{room.group.slug}/feeds/{query}"
        assert browser_of(room.member).get(page).status_code == 200

    def test_a_row_of_another_group_is_not_named(self, room: Room) -> None:
        foreign = make_room("Neighbours")
        page = f"/groups/{room.group.slug}/feeds/?paper={foreign.paper.pk}"
        assert foreign.paper.title not in text_of(browser_of(room.member).get(page))


def test_a_token_is_its_members(room: Room, mine: Membership) -> None:
    assert membership_of(token_of(mine)) == mine
