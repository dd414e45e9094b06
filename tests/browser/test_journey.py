"""The whole job, from signing up to signing out, with scripts and without."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from papers.demo.people import PASSWORD
from tests.browser import acts
from tests.browser.acts import (
    chip,
    comment,
    follow,
    form_with,
    heading,
    mark,
    press,
    row,
    said,
    titles,
    topic,
    write,
)

pytestmark = pytest.mark.server


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def javascript(request):
    return request.param


@pytest.fixture(autouse=True)
def _nothing_is_refused(watch):
    yield
    assert not watch.refused


@pytest.fixture
def room(open_as):
    return acts.make_room(open_as)


# From nothing to the list


def test_a_newcomer_has_the_seed_list_on_the_screen_three_pages_after_signing_up(page, javascript):
    email = f"nora-{javascript}@example.org".lower()
    page.goto("")
    follow(page.get_by_role("main"), "Sign up")
    expect(heading(page)).to_have_text("Sign up")
    pages = []
    page.on("domcontentloaded", lambda _: pages.append(page.url))
    acts.sign_up(page, "Nora Blum", email)
    expect(heading(page)).to_have_text("New group")
    page.get_by_label("Name of the group").fill(f"Compression with {email}")
    page.get_by_label("Paste your list").fill(acts.SEED)
    press(page, "Start the group")

    figures = page.locator(".figures")
    for label, number in [
        ("Topics", 7),
        ("Papers", 78),
        ("Duplicates merged", 2),
    ]:
        expect(figures.locator("div", has_text=label)).to_contain_text(str(number))
    mended = page.locator("section", has=page.get_by_role("heading", name="Corrected titles"))
    expect(mended).to_contain_text("for E ffi cient Neural Network")
    expect(mended).to_contain_text("for Efficient Neural Network")
    expect(page.locator(".read-topic bdi", has_text="<0.5MB")).to_be_visible()
    fold = page.locator(".read-topic details", has_text="LongBench")
    expect(fold.locator("bdi", has_text="LongBench")).not_to_be_visible()
    fold.locator("summary").click()
    expect(fold.locator("bdi", has_text="LongBench")).to_be_visible()
    press(page, "Import 78 papers")

    said(page, "78 papers were added to the list.")
    expect(page.get_by_text("78 papers in 7 topics")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(79)
    expect(page.get_by_role("article").filter(has_text="<0.5MB")).to_have_count(1)
    assert len(pages) == 3


def test_an_empty_group_says_how_to_begin(open_as, javascript):
    page = open_as("lena")
    acts.start_group(page, f"Beginners {javascript}", "")
    expect(page.get_by_role("heading", name="The list is empty")).to_be_visible()
    follow(page, "Import a list")
    page.get_by_label("Paste your list").fill(acts.LIST)
    press(page, "Preview")
    press(page, "Import 4 papers")
    expect(page.get_by_text("4 papers in 2 topics")).to_be_visible()


# The list


def test_the_list_is_filtered_by_status_by_assignment_and_by_topic(open_as):
    page = open_as("mina")
    page.goto("groups/efficient-deep-learning/")
    total = int(re.findall(r"\d+", chip(page, "All").inner_text())[0])
    assert total == 78
    for name in ["To read", "Reading", "Read"]:
        chip(page, name).click()
        expect(chip(page, name)).to_have_attribute("aria-current", "true")
        number = int(re.findall(r"\d+", chip(page, name).inner_text())[0])
        assert len(set(titles(page))) == number
        buttons = mark(page.get_by_role("main")).all_inner_texts()
        assert all(re.match(rf"{name}\b", text) for text in buttons)
    chip(page, "Assigned to me").click()
    assert {title.split(":")[0] for title in titles(page)} == {
        "SparseGPT",
        "Deep Compression",
    }
    chip(page, "All").click()
    outline = page.get_by_role("navigation", name="Topics")
    outline.get_by_role("link", name=re.compile("^Quantization")).click()
    expect(page.get_by_role("region", name="Quantization")).to_be_visible()
    expect(page.get_by_role("region", name="Pruning")).to_have_count(0)


def test_on_a_phone_the_topics_unfold_and_the_tabs_lead_on(open_as):
    page = open_as("jonas", viewport={"width": 360, "height": 740})
    page.goto("groups/efficient-deep-learning/")
    page.locator("details.outline > summary").click()
    outline = page.get_by_role("navigation", name="Topics")
    outline.get_by_role("link", name=re.compile("^Quantization")).click()
    expect(page.get_by_role("region", name="Quantization")).to_be_visible()
    follow(page.get_by_role("navigation", name="Tabs"), "Members")
    expect(heading(page)).to_have_text("Members")


def test_a_filter_under_which_nothing_is_leads_back_to_the_whole(room):
    page = room.member
    chip(page, "Read").click()
    expect(page.get_by_role("heading", name="No papers here")).to_be_visible()
    follow(page, "Show all 4")
    expect(page.get_by_role("article")).to_have_count(5)


def test_a_paper_is_added_changed_moved_and_removed(room):
    page = room.organizer
    follow(page, "Add paper")
    page.get_by_label("Title").fill("Attention Is All You Need")
    page.get_by_label("Authors").fill("Vaswani et al.")
    page.get_by_label("Or a new topic").fill("Transformers")
    press(page, "Add paper")
    expect(heading(page)).to_have_text("Attention Is All You Need")
    said(page, "was added to the list")

    follow(page, "Edit")
    page.get_by_label("Year").fill("2017")
    page.get_by_label("Pruning").check()
    press(page, "Save")
    expect(page.get_by_text("Vaswani et al. · 2017")).to_be_visible()

    placement = page.get_by_role("complementary").locator("li", has_text="Transformers")
    follow(placement, "Move", exact=False)
    page.get_by_label("Topic").select_option("Quantization")
    page.get_by_label("Position").fill("1")
    press(page, "Move")
    said(page, "was moved")
    expect(topic(page, "Quantization").get_by_role("article").first).to_contain_text("Attention")
    expect(row(topic(page, "Pruning"), "Attention Is All You Need")).to_be_visible()
    expect(topic(page, "Transformers")).to_contain_text("No papers here yet.")

    acts.open_paper(page, room.path, "Attention Is All You Need")
    follow(page, "Edit")
    follow(page, "Remove from the list")
    press(page, "Remove")
    said(page, "was removed from the list")
    expect(row(page, "Attention Is All You Need")).to_have_count(0)


def test_a_topic_is_added_renamed_moved_and_removed_and_its_papers_find_a_new_home(room):
    page = room.organizer
    page.set_viewport_size({"width": 1280, "height": 800})
    follow(page, "New topic")
    page.get_by_label("Name").fill("Distilation")
    press(page, "Add topic")
    follow(topic(page, "Distilation"), "Edit the topic Distilation")
    page.get_by_label("Name").fill("Distillation")
    page.get_by_label("Position").fill("1")
    press(page, "Save")
    said(page, "was saved")
    names = page.get_by_role("region").get_by_role("heading", level=2)
    expect(names).to_have_text(["Distillation", "Pruning", "Quantization"])

    follow(topic(page, "Pruning"), "Edit the topic Pruning")
    press(page, "SparseGPT one up")
    expect(topic(page, "Pruning").get_by_role("heading", level=3)).to_have_text(
        ["Optimal Brain Damage", "SparseGPT", "A Survey of Compression"]
    )
    follow(topic(page, "Pruning"), "Edit the topic Pruning")
    follow(page, "Remove the topic")
    page.get_by_label("What to do with its papers").select_option("Move them to Distillation")
    press(page, "Remove")
    said(page, "was removed from the list")
    expect(topic(page, "Distillation").get_by_role("article")).to_have_count(3)
    expect(topic(page, "Pruning")).to_have_count(0)


# Marks


def test_one_press_goes_on_and_counts_follow(room, javascript):
    page = room.member
    place = topic(page, "Quantization")
    button = mark(row(place, "PACT"))
    expect(button).to_contain_text("To read")
    for state, read in [("Reading", 0), ("Read", 1), ("To read", 0)]:
        button.click()
        expect(button).to_have_accessible_name(re.compile(f"^{state}:"))
        expect(place.get_by_text(f"{read} of 2 read")).to_be_visible()
        expect(chip(page, "Read")).to_have_text(re.compile(rf"Read\s+{read}$"))
        expect(page.get_by_text(f"you have read {read}, the group {read}")).to_be_visible()
        if javascript:
            expect(button).to_be_focused()
    assert acts.path_of(page) == room.path


def test_a_paper_under_two_topics_has_one_status(room):
    page = room.member
    both = row(page, "A Survey of Compression")
    expect(both).to_have_count(2)
    mark(both.first).click()
    expect(mark(both.first)).to_have_accessible_name(re.compile("^Reading:"))
    expect(mark(both.last)).to_have_accessible_name(re.compile("^Reading:"))
    mark(both.last).click()
    expect(mark(both.first)).to_have_accessible_name(re.compile("^Read:"))
    for name, number in [("Pruning", 3), ("Quantization", 2)]:
        expect(topic(page, name).get_by_text(f"1 of {number} read")).to_be_visible()


def test_all_statuses_are_offered(room, javascript):
    page = room.member
    place = row(page, "PACT")
    for state in ["Skimmed", "Skipped", "Read", "Reading", "To read"]:
        follow(place, "All statuses for PACT")
        menu = page.get_by_role("form", name="Your status")
        expect(menu.get_by_role("button")).to_have_count(5)
        press(menu, state)
        expect(mark(place)).to_have_accessible_name(re.compile(f"^{state}:"))
        if javascript:
            expect(menu).to_have_count(0)
            expect(mark(place)).to_be_focused()


def test_a_status_is_set_on_the_page_of_the_paper_too(room):
    page = room.member
    acts.open_paper(page, room.path, "PACT")
    marks = page.get_by_role("form", name="Your status")
    press(marks, "Skimmed")
    expect(marks.get_by_role("button", name="Skimmed")).to_have_attribute("aria-pressed", "true")
    readers = page.locator("section", has=page.get_by_role("heading", name="Who has read it"))
    expect(readers).to_contain_text("Jonas Thiele")


def test_statuses_are_ones_own(room):
    mark(row(room.member, "PACT")).click()
    expect(mark(row(room.member, "PACT"))).to_have_accessible_name(re.compile("^Reading:"))
    room.organizer.reload()
    expect(mark(row(room.organizer, "PACT"))).to_have_accessible_name(re.compile("^To read:"))


# Assignments


def assign(page, role, who, days):
    due = timezone.localdate() + timedelta(days=days)
    follow(page, "Assign")
    page.get_by_label("Role").select_option(role)
    page.get_by_label("Member").select_option(who)
    page.get_by_label("Due date").fill(due.isoformat())
    press(page, "Assign")


def test_a_role_is_assigned_and_an_open_slot_is_taken_and_given_back(room):
    page, other = room.organizer, room.member
    acts.open_paper(page, room.path, "PACT")
    assign(page, "Presenter", "Jonas Thiele", 9)
    assign(page, "Scribe", "Nobody yet: an open slot that any member can take", 9)
    expect(page.get_by_role("listitem").filter(has_text="Jonas Thiele")).to_contain_text("due")

    acts.open_paper(other, room.path, "PACT")
    assignments = other.locator("section", has=other.get_by_role("heading", name="Assignments"))
    press(assignments, "Take it")
    expect(assignments.get_by_role("listitem").filter(has_text="Jonas Thiele")).to_have_count(2)
    other.goto(room.path)
    expect(row(other, "PACT")).to_contain_text("You: presenter")
    expect(row(other, "PACT")).to_contain_text("You: scribe")

    acts.open_paper(other, room.path, "PACT")
    press(assignments.get_by_role("listitem").filter(has_text="Scribe"), "Give back")
    expect(assignments.get_by_role("listitem").filter(has_text="Scribe")).to_contain_text("Open")
    press(assignments.get_by_role("listitem").filter(has_text="Presenter"), "Done")
    expect(assignments.get_by_role("listitem").filter(has_text="Presenter")).to_contain_text("done")


def test_home_shows_what_is_overdue_first(room):
    page = room.organizer
    for title, days in [("PACT", 30), ("SparseGPT", -3)]:
        acts.open_paper(page, room.path, title)
        assign(page, "Presenter", "Jonas Thiele", days)
    home = room.member
    home.goto("")
    late = home.locator(".late")
    expect(home.locator(".next-up").or_(home.locator(".due")).first).to_contain_text("SparseGPT")
    expect(late.first).to_contain_text("Was due")
    press(home.locator(".next-up"), "Done", exact=False)
    expect(home.locator(".next-up, .due").filter(has_text="SparseGPT")).to_have_count(0)


# Discussion


def test_a_thread_is_started_answered_changed_and_taken_back(room, javascript):
    page, other = room.organizer, room.member
    acts.open_paper(page, room.path, "PACT")
    follow(page, "New thread")
    page.get_by_label("What is it about?").fill("Why clip?")
    page.get_by_label("Page").fill("4")
    page.get_by_label("Quotation").fill("we clip the activations")
    page.get_by_label("Your comment").fill("Is $\\alpha$ *learned*?")
    press(page, "Preview")
    previewed = page.locator("#preview .prose")
    expect(previewed.locator("em")).to_have_text("learned")
    if javascript:
        expect(previewed.locator(".katex")).to_be_visible()
    shown_before = previewed.inner_html()
    press(page, "Start the thread")

    expect(heading(page)).to_have_text("Why clip?")
    expect(page.get_by_text("p. 4")).to_be_visible()
    expect(page.get_by_role("blockquote")).to_have_text("we clip the activations")
    question = comment(page, "learned").first
    if javascript:
        expect(question.locator(".katex")).to_be_visible()
    else:
        expect(question).to_contain_text("\\alpha")
    assert question.locator(".prose").inner_html() == shown_before

    other.goto(page.url)
    follow(comment(other, "learned").first, "Reply")
    form = write(other, "Your reply to Mina Kaya", "Yes, by **gradient**.")
    press(form, "Preview")
    expect(other.locator(".preview strong")).to_have_text("gradient")
    press(form_with(other, "Your reply to Mina Kaya"), "Reply")
    answer = comment(other, "by gradient").first
    expect(answer).to_contain_text("replies to Mina Kaya")
    expect(other.locator("li[data-depth='1']")).to_have_count(1)

    follow(answer, "Edit")
    form = write(other, "Your comment", "Yes, by *backpropagation*.")
    press(form, "Preview")
    expect(other.locator(".preview em")).to_have_text("backpropagation")
    press(form_with(other, "Your comment"), "Save")
    expect(comment(other, "by backpropagation").first).to_contain_text("edited")

    page.reload()
    comment(page, "learned").first.locator("summary").click()
    follow(comment(page, "learned").first, "Delete")
    press(page, "Delete")
    expect(page.get_by_text("This comment was deleted.")).to_be_visible()
    expect(comment(page, "by backpropagation")).to_be_visible()
    expect(comment(page, "learned")).to_have_count(0)


def test_what_was_said_since_the_last_visit_is_marked_once(room):
    page, other = room.organizer, room.member
    acts.open_paper(page, room.path, "PACT")
    acts.start_thread(page, "A thought", "It is *simple*.")

    other.goto("")
    news = other.locator("section", has=other.get_by_role("heading", name="New for you"))
    expect(news.get_by_role("listitem").filter(has_text="A thought")).to_contain_text("1 new")
    other.goto(room.path)
    expect(row(other, "PACT")).to_contain_text("1 new")
    follow(row(other, "PACT"), "PACT")
    expect(comment(other, "simple").get_by_text("new", exact=True)).to_be_visible()
    other.reload()
    expect(comment(other, "simple")).to_be_visible()
    expect(other.get_by_text("new", exact=True)).to_have_count(0)
    other.goto(room.path)
    expect(row(other, "PACT")).not_to_contain_text("new")


# Who is in


def test_an_organizer_makes_an_organizer_and_a_member_again(room):
    page = room.organizer
    page.goto(f"{room.path}members/")
    jonas = page.get_by_role("listitem").filter(has_text="@jonas")
    press(jonas, "Make organizer", exact=False)
    expect(jonas.get_by_text("Organizer", exact=True)).to_be_visible()
    press(jonas, "Make member", exact=False)
    expect(jonas.get_by_text("Member", exact=True)).to_be_visible()


def test_a_link_that_was_revoked_lets_no_one_in(room):
    page = room.organizer
    acts.invite(page, room.path)
    follow(page, "Done")
    link = page.locator("li", has_text="0 of 20 used")
    press(link, "Revoke this invitation")
    expect(page.get_by_role("button", name="Revoke this invitation")).to_have_count(1)


def test_somebody_signs_out_asks_for_a_new_password_and_signs_in_again(open_as, javascript):
    """One may ask for it once in five minutes."""
    email = f"{'ravi' if javascript else 'noam'}@seminar.example"
    page = open_as()
    page.goto("")
    acts.sign_in(page, email, PASSWORD)
    expect(page.get_by_role("heading", name="My groups")).to_be_visible()
    acts.sign_out(page)
    follow(page, "Forgotten your password?")
    page.get_by_label("Email").fill(email)
    press(page, "Send the link")
    expect(heading(page)).to_have_text("Check your email")
    follow(page, "Back to signing in")
    acts.sign_in(page, email, PASSWORD)
    expect(page.get_by_role("heading", name="My groups")).to_be_visible()
