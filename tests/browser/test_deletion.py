"""Exporting personal data, and deleting an account or a group: with scripts and without."""

import io
import json
import zipfile
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts, looking
from tests.browser.acts import follow, heading, press, said

pytestmark = pytest.mark.server
_numbers = count(1)


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def newcomer(page):
    """Somebody with an account of their own, signed in, and their address."""
    email = f"nora-{next(_numbers)}@example.org"
    page.goto(acts.sign_up_unseen(page, "Nora Blum", email))
    expect(heading(page)).to_have_text("New group")
    return page, email


@pytest.fixture
def look_over(javascript):
    """Reads the page over where scripts run: the reader is one itself."""
    return looking.look_over if javascript else lambda page: None


def give_password(page: Page) -> None:
    page.get_by_label("Password").fill(acts.PASSWORD)
    press(page, "Go on")


def downloaded(page: Page, name: str) -> dict[str, str]:
    with page.expect_download() as download:
        follow(page.get_by_role("main"), name)
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as file:
        return {member: file.read(member).decode() for member in file.namelist()}


def test_my_data_is_counted_and_downloaded(newcomer, look_over, watch):
    page, email = newcomer
    path = acts.start_group(page, f"Group of {email}")
    acts.open_paper(page, path, "SparseGPT")
    acts.start_thread(page, "One question", "Is it **sparse**?")
    page.get_by_label("Your account").click()
    follow(page, "Account")
    follow(page, "My data")
    expect(heading(page)).to_have_text("My data")
    expect(page.get_by_role("main")).to_contain_text(email)
    look_over(page)
    files = downloaded(page, "Download everything")
    me = json.loads(files["me.json"])
    assert me["profile"]["email"] == email
    assert [comment["source"] for comment in me["comments"]] == ["Is it **sparse**?"]
    assert "> Is it **sparse**?" in files["comments.md"]
    assert files["statuses.csv"].startswith("group,paper,status,set,finished\r\n")
    assert not watch.refused


def test_an_account_is_deleted_once_no_one_needs_it_any_more(newcomer, open_as, look_over, watch):
    page, email = newcomer
    path = acts.start_group(page, f"Group of {email}")
    link = acts.invite(page, path)
    other = open_as("otto")
    other.goto(link)
    press(other, "Join the group")
    acts.open_paper(page, path, "SparseGPT")
    acts.start_thread(page, "One question", "These words stay.")
    thread = page.url

    page.goto("accounts/data/")
    follow(page, "Delete my account")
    give_password(page)
    expect(heading(page)).to_have_text("Delete my account")
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"Group of {email}")
    expect(main).to_contain_text("no other organizer")
    expect(page.get_by_role("button", name="Delete my account")).to_have_count(0)
    look_over(page)

    follow(main, f"Members of Group of {email}")
    press(page, "Make organizer", exact=False)
    page.goto("accounts/delete/")
    page.get_by_label("Your email, to confirm").fill("somebody@example.org")
    press(page, "Delete my account")
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    look_over(page)
    page.get_by_label("Your email, to confirm").fill(email)
    press(page, "Delete my account")
    expect(heading(page)).to_have_text("Goodbye")
    look_over(page)
    page.goto("")
    expect(heading(page)).to_have_text("Sign in")
    acts.sign_in(page, email, acts.PASSWORD)
    expect(page.get_by_role("alert")).to_be_visible()

    other.goto(thread)
    expect(other.get_by_role("main")).to_contain_text("These words stay.")
    expect(other.get_by_role("main")).to_contain_text("Somebody who left")
    expect(other.locator("body")).not_to_contain_text("Nora Blum")
    assert {line.split()[0] for line in watch.refused} <= {"422", "400"}


def test_a_group_of_ones_own_goes_along(newcomer, look_over):
    page, email = newcomer
    acts.start_group(page, f"Alone {email}")
    page.goto("accounts/delete/")
    give_password(page)
    expect(page.get_by_role("main")).to_contain_text(f"The group Alone {email}, with everything")
    look_over(page)
    page.get_by_label("Your email, to confirm").fill(email)
    press(page, "Delete my account")
    expect(heading(page)).to_have_text("Goodbye")


def test_a_group_is_deleted_by_name_kept_and_asked_for_again(open_as, look_over, watch):
    room = acts.make_room(open_as)
    page, member = room.organizer, room.member
    page.goto(f"{room.path}members/")
    name = page.locator(".page-head__lead bdi").inner_text()
    follow(page, "Delete the group")
    look_over(page)
    page.get_by_label("Type the name of the group to confirm").fill("Another group")
    press(page, "Delete the group")
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    look_over(page)
    page.get_by_label("Type the name of the group to confirm").fill(f" {name.upper()} ")
    press(page, "Delete the group")
    said(page, "All members get an email")
    banner = page.get_by_role("note").filter(has_text="Until then it can only be read")
    expect(banner).to_be_visible()
    look_over(page)

    member.goto(room.path)
    theirs = member.get_by_role("note").filter(has_text="Until then it can only be read")
    expect(theirs).to_be_visible()
    expect(theirs.get_by_role("button", name="Keep the group")).to_have_count(0)
    with member.expect_download() as download:
        follow(theirs, "Export everything")
    assert urlsplit(download.value.url).path == f"{room.path}export/all/"
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as file:
        assert set(file.namelist()) == {"list.md", "discussion.md", "list.json"}

    press(banner, "Keep the group")
    said(page, "The group will not be deleted.")
    expect(banner).to_have_count(0)
    page.goto(f"{room.path}delete/")
    page.get_by_label("Type the name of the group to confirm").fill(name)
    press(page, "Delete the group")
    expect(banner).to_be_visible()
    assert {line.split()[0] for line in watch.refused} <= {"422"}
