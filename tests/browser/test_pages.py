"""Every page can be read and used: by eye and by ear, by day and by night, on any screen."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import comment, follow, heading, press, send, write
from tests.browser.conftest import Watch, opened
from tests.browser.looking import faults, look_over, reaches_out

pytestmark = pytest.mark.server

CHANGED = acts.LIST.replace("1989", "1990").replace("- [ ] PACT", "- [x] OPTQ") + "What is this?\n"
DEMO = "groups/efficient-deep-learning/"

# Who looks, and where. The fixture `places` fills in what is in braces.
PAGES = """
stranger   accounts/login/
stranger   accounts/signup/
stranger   accounts/password/reset/
stranger   accounts/password/reset/done/
stranger   accounts/password/reset/key/1-no-such-key/
stranger   accounts/password/reset/key/done/
stranger   accounts/confirm-email/
stranger   accounts/confirm-email/no-such-key/
stranger   accounts/inactive/
stranger   {invitation}
otto       home
otto       groups/new/
otto       {invitation}
otto       accounts/password/change/
otto       accounts/email/
otto       accounts/logout/
otto       accounts/reauthenticate/
jonas      home
jonas      {demo}
jonas      {demo}?show=reading
jonas      {demo}?show=assigned
jonas      {demo}?topic={topic}&show=read
jonas      {demo}members/
jonas      {demo}feeds/?thread={thread}
jonas      {demo}members/leave/
jonas      {demo}topics/new/
jonas      {demo}topics/{topic}/edit/
jonas      {demo}papers/new/
jonas      {demo}papers/paste/
jonas      {demo}papers/paste/?text=10.1000/182%0A0123456789abcdef0123456789abcdef01234567%0Ano
jonas      {demo}papers/bookmarklet/
jonas      {demo}export/
jonas      {demo}export/?topic={topic}&show=read
jonas      {demo}papers/{paper}/
jonas      {demo}papers/{paper}/edit/
jonas      {demo}papers/{paper}/status/
jonas      {demo}papers/{quiet_paper}/
jonas      {demo}papers/{paper}/threads/new/
jonas      {demo}placements/{placement}/move/
jonas      {demo}threads/
jonas      {demo}threads/?show=questions
jonas      {demo}threads/new/
jonas      {demo}threads/{thread}/
jonas      {demo}comments/{comment}/reactions/
jonas      {demo}threads/{thread}/comments/new/?parent={comment}
jonas      {demo}comments/{own_comment}/edit/
jonas      {demo}comments/{own_comment}/delete/
mina       home
mina       {demo}
mina       {demo}members/
mina       {demo}members/{member}/remove/
mina       {demo}settings/
mina       {demo}invitations/
mina       {demo}invitations/new/
mina       {demo}invitations/mail/
mina       {demo}ask/{request}/
otto       {demo}ask/
otto       groups/
otto       groups/?q=no+such+group
mina       {demo}imports/
mina       {demo}imports/new/
mina       {changed}
mina       {written}
mina       {written}undo/
jonas      {demo}lookups/
jonas      {demo}papers/{paper}/lookup/
mina       {demo}duplicates/
mina       {demo}duplicates/{paper}/{quiet_paper}/
jonas      {demo}duplicates/{paper}/{quiet_paper}/
mina       {demo}papers/{paper}/
mina       {demo}papers/{paper}/delete/
mina       {demo}papers/{paper}/assignments/new/
mina       {demo}assignments/{assignment}/edit/
mina       {demo}assignments/{assignment}/delete/
mina       {demo}topics/{topic}/delete/
mina       {demo}threads/{thread}/delete/
mina       {demo}threads/{thread}/
mina       {demo}threads/{thread}/move/
mina       {demo}comments/{comment}/split/
mina       {demo}comments/{comment}/delete/
lena       {empty}
lena       {empty}members/
lena       {empty}papers/new/
lena       {empty}topics/new/
lena       {empty}imports/new/
lena       {preview}
lena       {empty}imports/
lena       {empty}export/
lena       {empty}duplicates/
lena       {empty}lookups/
stranger   {public}
stranger   {public}?topic={public_topic}
stranger   {public}schedule/
stranger   {public}papers/{public_paper}/
stranger   {public}threads/
stranger   {public}threads/{public_thread}/
otto       {public}
jonas      {demo}schedule/
mina       {demo}archive/
ravi       {archived}
ravi       {archived}schedule/
ravi       {archived}imports/
ravi       {archived}export/
ravi       {archived}members/
ravi       {archived}papers/{archived_paper}/
stranger   accounts/login/code/
otto       accounts/second-step/
otto       accounts/second-step/webauthn/
otto       accounts/sessions/
mina       accounts/profile/
mina       {demo}history/
mina       {demo}history/?kind=left
stranger   accounts/deleted/
otto       accounts/data/
mina       {demo}delete/
"""
VISITS = [pytest.param(*line.split(), id=line) for line in PAGES.strip().splitlines()]


@pytest.fixture(scope="module")
def visitor(server, browser, signed_in) -> Iterator[Any]:
    """The page in which somebody looks at one address after another, and the watch over it."""
    seats = {}

    def visitor(name):
        if name not in seats:
            state = signed_in(name) if name else None
            watch = Watch(server.address)
            seats[name] = opened(browser.new_context, server, watch, storage_state=state), watch
        return seats[name]

    yield visitor
    for page, watch in seats.values():
        page.context.close()
        assert watch.messages() == []


@pytest.fixture(scope="module")
def places(server, signed_in, browser) -> dict[str, str]:
    """The addresses and ids of what the pages above are about."""

    def someone(name):
        context = browser.new_context(base_url=server.address, storage_state=signed_in(name))
        return context.new_page()

    mina, lena, jonas = someone("mina"), someone("lena"), someone("jonas")
    listed = mina.request.get(DEMO).text()
    paper = re.findall(r'papers/(\d+)/"><bdi>SparseGPT', listed)[0]
    page = jonas.request.get(f"{DEMO}papers/{paper}/").text()
    empty = send(lena, "groups/new/", name="Beginners").url
    made = send(mina, f"{DEMO}invitations/new/", role="member", days="7", uses_allowed="20")
    found = {
        "demo": DEMO,
        "empty": empty,
        "preview": send(lena, f"{empty}imports/new/", list_text=acts.SEED).url,
        "invitation": re.findall(r"/join/[^/]+/", made.text())[0],
        "paper": paper,
        "quiet_paper": re.findall(r'papers/(\d+)/"><bdi>PACT', listed)[0],
        "topic": re.findall(r'id="topic-(\d+)"', listed)[0],
        "placement": re.findall(r'id="t-(\d+)"', listed)[0],
        "thread": re.findall(r'id="thread-(\d+)"', page)[0],
        "comment": re.findall(r'id="reply-(\d+)"', page)[0],
        "own_comment": re.findall(r'id="edit-(\d+)"', page)[0],
        "member": re.findall(r"members/(\d+)/remove/", mina.request.get(f"{DEMO}members/").text())[
            0
        ],
        "request": re.findall(r"ask/(\d+)/", mina.request.get(f"{DEMO}members/").text())[0],
        "assignment": re.findall(r'id="assignment-(\d+)"', page)[0],
    }
    found |= read_only_places(mina, someone("ravi"))
    for one in (mina, lena, jonas):
        one.context.close()
    return found


def read_only_places(organizer: Any, other: Any) -> dict[str, str]:
    """A public group with its threads open, and one that is archived."""
    public = acts.made_group(organizer, "Open readers", visibility="public", opens_threads="on")
    archived = acts.made_group(other, "Former readers")
    listed, kept = organizer.request.get(public).text(), other.request.get(archived).text()
    paper = re.findall(r"papers/(\d+)/", listed)[0]
    thread = send(organizer, f"{public}papers/{paper}/threads/new/", title="Why?", source="$a$").url
    other.request.get(archived)
    send(other, f"{archived}archive/")
    return {
        "public": public,
        "changed": send(organizer, f"{public}imports/new/", list_text=CHANGED).url,
        "written": re.findall(
            rf"{public}imports/\d+/", organizer.request.get(f"{public}imports/").text()
        )[-1],
        "public_topic": re.findall(r'id="topic-(\d+)"', listed)[0],
        "public_paper": paper,
        "public_thread": re.findall(r"threads/(\d+)/", thread)[0],
        "archived": archived,
        "archived_paper": re.findall(r"papers/(\d+)/", kept)[0],
    }


@pytest.mark.parametrize(("who", "address"), VISITS)
def test_every_page_can_be_read_and_used(who, address, places, visitor):
    page, watch = visitor(None if who == "stranger" else who)
    page.goto(address.format(**places) if address != "home" else "")
    look_over(page)
    assert watch.messages() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_menus_of_the_list_can_be_read_and_used(open_as, width, scheme):
    page = open_as("jonas", viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{DEMO}?show=reading")
    place = page.get_by_role("article").first
    follow(place, "All statuses", exact=False)
    expect(place.get_by_role("form", name="Your status")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Your account").click()
    assert faults(page) == []
    assert reaches_out(page) == 0
    page.get_by_text("More", exact=True).click()
    for item in page.locator(".page-head .menu__item").all():
        expect(item).to_be_in_viewport(ratio=1)
    assert faults(page) == []


# Answers to what was sent


@pytest.mark.parametrize("who", ["otto", None])
def test_the_page_for_what_is_not_there(who, open_as):
    page = open_as(who)
    page.goto("no/such/address/")
    expect(heading(page)).to_have_text("There is nothing here")
    look_over(page)


def test_the_page_for_what_is_not_allowed(open_as):
    page = open_as("jonas")
    page.goto(f"{DEMO}settings/")
    expect(heading(page)).to_have_text("You are not allowed to do this")
    look_over(page)


def test_the_page_that_shows_a_new_invitation(open_as):
    page = open_as("mina")
    assert "/join/" in acts.invite(page, DEMO)
    look_over(page)


def test_the_page_for_a_group_without_another_organizer(open_as, places):
    page = open_as("lena")
    page.goto(f"{places['empty']}members/leave/")
    press(page, "Leave the group")
    expect(page.get_by_role("alert")).to_contain_text("A group needs an organizer who can sign in.")
    look_over(page)


@pytest.mark.parametrize("address", ["papers/new/", "topics/new/", "imports/new/"])
def test_the_page_of_a_form_with_errors(address, open_as):
    page = open_as("mina")
    page.goto(f"{DEMO}{address}")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form button.button--primary").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    look_over(page)


def test_the_page_of_a_form_that_is_refused_at_the_door(page):
    page.goto("accounts/login/")
    acts.sign_in(page, "nobody@seminar.example", "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    look_over(page)


@pytest.mark.parametrize("kind", ["signed out", "open too long"])
def test_the_page_that_hands_a_text_back(kind, open_as):
    page = open_as("aiko")
    page.goto(f"{DEMO}papers/new/")
    page.get_by_label("Title").fill("Half a thought")
    page.get_by_label("Abstract").fill("A long one.\nOn two lines.")
    page.get_by_label("Pruning").check()
    page.context.clear_cookies(name="sessionid" if kind == "signed out" else "csrftoken")
    press(page, "Add paper")
    expect(heading(page)).to_contain_text(kind)
    look_over(page)


def test_the_page_of_something_that_changed_in_the_meantime(open_as, places):
    page = open_as("jonas")
    other = page.context.new_page()
    for tab, year in ((page, "2022"), (other, "2024")):
        tab.goto(f"{DEMO}papers/{places['paper']}/edit/")
        tab.get_by_label("Year").fill(year)
    for tab in (other, page):
        press(tab, "Save")
    expect(heading(page)).to_have_text("Changed in the meantime")
    look_over(page)


def test_both_texts_of_a_comment_that_changed_in_the_meantime(open_as, places):
    page = open_as("jonas")
    other = page.context.new_page()
    words = "Before Thursday"
    for tab in (page, other):
        tab.goto(f"{DEMO}threads/{places['thread']}/")
        follow(comment(tab, words), "Edit")
    press(write(other, "Your comment", f"{words}: columns?"), "Save")
    expect(comment(other, "columns?")).to_be_visible()
    press(write(page, "Your comment", f"{words}: rows?"), "Save")
    expect(page.locator("#problem")).to_contain_text("Changed in the meantime")
    expect(page.locator("#problem")).to_contain_text("columns?")
