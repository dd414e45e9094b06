"""Saying who one is, reading what happened, and operating the site; with scripts and without."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import follow, heading, path_of, press, said
from tests.servers import BASE_DIR

pytestmark = pytest.mark.server
DEMO = "groups/efficient-deep-learning/"


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture
def manage(server):
    """The command line beside the server."""

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        environment = server.environment | {"SITE_URL": server.address.rstrip("/")}
        done = subprocess.run(
            command, cwd=BASE_DIR, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    return manage


# The profile


def test_somebody_says_who_they_are(open_as):
    page = open_as("ravi")
    page.goto("")
    page.get_by_label("Your account").click()
    follow(page, "Profile")
    expect(heading(page)).to_have_text("Profile")
    page.get_by_label("Name").fill("Ravi K. Patel")
    page.get_by_label("Handle").fill("Ravi-K")
    page.get_by_label("Time zone").select_option("Asia/Kolkata")
    page.get_by_label("Teal").check()
    press(page, "Save")
    said(page, "Your profile was saved.")
    expect(page.get_by_label("Handle")).to_have_value("ravi-k")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Kolkata")
    expect(page.get_by_label("Teal")).to_be_checked()
    expect(page.locator("header .avatar")).to_have_class("avatar avatar--large avatar--5")
    page.goto(f"{DEMO}members/")
    expect(page.get_by_text("@ravi-k")).to_be_visible()


def test_a_handle_that_is_no_ones_to_take_is_refused_and_nothing_is_lost(open_as):
    page = open_as("aiko")
    page.goto("accounts/profile/")
    handle = page.get_by_label("Handle").input_value()
    page.get_by_label("Name").fill("Aiko S.")
    for wanted, reason in (
        ("adm1n", "could be taken for the site itself"),
        ("jоnas", "small Latin letters"),
        ("mina_kaya", "or one that looks like it"),
    ):
        page.get_by_label("Handle").fill(wanted)
        press(page, "Save")
        expect(page.get_by_text(reason)).to_be_visible()
        expect(page.get_by_label("Handle")).to_have_value(wanted)
        expect(page.get_by_label("Handle")).to_be_focused()
        expect(page.get_by_label("Name")).to_have_value("Aiko S.")
    page.goto("accounts/profile/")
    expect(page.get_by_label("Handle")).to_have_value(handle)
    expect(page.get_by_label("Name")).to_have_value("Aiko Sato")


# The history


def test_an_organizer_reads_what_happened_and_takes_it_along(open_as):
    room = acts.make_room(open_as)
    page = room.organizer
    acts.open_paper(page, room.path, "PACT")
    follow(page, "Edit")
    follow(page, "Remove from the list")
    press(page, "Remove")
    page.goto(f"{room.path}members/")
    follow(page, "History")
    expect(heading(page)).to_have_text("History")
    lines = page.locator("[id^=event-]")
    expect(lines.first).to_contain_text("Mina Kaya removed the paper “PACT” from the list")
    expect(lines.last).to_contain_text("Mina Kaya started the group")
    page.get_by_label("What").select_option("Joined")
    press(page, "Show")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Jonas Thiele joined")
    page.get_by_label("Who").select_option(label="Mina Kaya (@mina-kaya)")
    press(page, "Show")
    expect(page.get_by_text("Nothing like this has happened.")).to_be_visible()
    follow(page, "Show everything")
    everything = lines.count()
    page.get_by_label("Who").select_option(label="Jonas Thiele (@jonas-thiele)")
    press(page, "Show")
    expect(lines).to_have_count(1)
    with page.expect_download() as awaited:
        follow(page, "CSV")
    assert awaited.value.suggested_filename.endswith("-history.csv")
    rows = list(csv.DictReader(io.StringIO(Path(awaited.value.path()).read_text())))
    assert [row["details"] for row in rows] == ["Jonas Thiele joined"]
    assert everything > len(rows)


def test_a_member_does_not_read_it(open_as):
    page = open_as("jonas")
    page.goto(f"{DEMO}members/")
    expect(page.get_by_role("link", name="History")).to_have_count(0)
    answer = page.request.get(f"{DEMO}history/")
    assert answer.status == 403


# The operators' site


def test_an_operator_looks_around_and_signs_somebody_out(open_as, manage):
    page, theirs = open_as("lena"), open_as("noam")
    assert page.request.get("admin/").status == 404
    manage("make_operator", "lena@seminar.example")
    theirs.goto("")
    page.goto("admin/")
    expect(heading(page)).to_have_text("For operators")
    for name in ("Policies", "Events", "Outgoing emails", "Task Results", "Comments"):
        page.goto("admin/")
        follow(page.get_by_role("main"), name)
        expect(heading(page)).to_be_visible()
    page.goto("admin/groups/user/")
    page.locator("#searchbar").fill("noam@")
    press(page, "Search")
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    follow(row, "נועם לוי")
    expect(page.get_by_text("noam@seminar.example")).to_be_visible()
    page.go_back()
    row.get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(label="Sign them out everywhere")
    press(page, "Go")
    expect(page.get_by_text("1 account is signed out in every browser.")).to_be_visible()
    theirs.goto("")
    assert path_of(theirs) == "/accounts/login/"
    manage("make_operator", "lena@seminar.example", "--remove")
    assert page.request.get("admin/").status == 404
