"""The pages of papers that may be one: who sees them, what they show, and what presses do."""

import pytest

from papers.library.forms.papers import PaperForm
from papers.matching.duplicate_candidates import pairs_in, similar_to
from papers.models import NotDuplicate, Paper, PaperMerge
from tests.factories import Room, browser_of, make_paper
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def twin(room: Room) -> Paper:
    return make_paper(
        room.group,
        room.other_topic,
        title="Optimal Brain Damages for Readers",
        venue="NeurIPS",
        abstract="How to prune.",
    )


def path(room: Room, *two: Paper, action: str = "") -> str:
    ids = "".join(f"{paper.pk}/" for paper in two)
    return f"/groups/{room.group.slug}/duplicates/{ids}{action}"


def page(room: Room, address: str, reader: str = "organizer") -> str:
    answer = browser_of(getattr(room, reader)).get(address)
    assert answer.status_code == 200
    return text_of(answer)


# The pairs of a group


def test_pairs_are_shown_with_the_reason_and_the_likeliest_first(room, twin):
    for year in (1990, 2003):
        make_paper(room.group, title="Sparse gates for patient readers", year=year)
    said = words_of(page(room, path(room), "member"))
    reasons = ["Same title, years 1990 and 2003", "The titles differ in one letter"]
    assert said.index(reasons[0]) < said.index(reasons[1])
    assert [pair.reason for pair in pairs_in(room.group)] == reasons


def test_a_list_without_pairs_says_so(room):
    assert "No two papers on the list look the same" in page(room, path(room))


def test_fifty_pairs_stand_on_a_page(room):
    for year in range(1900, 1984, 4):
        make_paper(room.group, title="Sparse gates for patient readers", year=year)
    assert len(pairs_in(room.group)) > 100
    first, second = page(room, path(room)), page(room, f"{path(room)}?page=2")
    assert first.count('id="pair-') == second.count('id="pair-') == 50
    assert "Next" in first


def test_papers_of_other_groups_and_those_set_aside_are_in_no_pair(room, foreign, twin):
    make_paper(foreign.group, title=room.paper.title)
    assert len(pairs_in(room.group)) == 1
    PaperMerge.objects.merge(twin, room.paper, room.organizer)
    assert pairs_in(room.group) == []
    assert similar_to(room.paper) == []


def test_a_paper_tells_on_its_own_page_what_it_may_be_the_same_as(room, twin):
    for paper, other in ((room.paper, twin), (twin, room.paper)):
        html = page(room, paper.get_absolute_url(), "member")
        assert f"May be the same as {other.title}" in words_of(html)
        assert f'href="{path(room, room.paper, twin)}"' in html
    NotDuplicate.objects.say(room.paper, twin, room.member)
    assert "May be the same" not in page(room, twin.get_absolute_url())


def test_the_list_leads_to_the_duplicates(room):
    assert f'href="{path(room)}"' in page(room, f"/groups/{room.group.slug}/", "member")


# Two beside each other


def test_both_say_what_they_say_and_the_fuller_is_chosen(room, twin):
    html = page(room, path(room, room.paper, twin))
    chosen = fields_of(html)
    assert (chosen["title"], chosen["venue"], chosen["abstract"]) == (
        ["this"],
        ["other"],
        ["other"],
    )
    words = words_of(html)
    assert "Stays" in words
    assert "Is merged into it" in words
    assert "Venue differs" in words
    assert "How to prune." in words


def test_the_other_way_round_the_other_one_stays(room, twin):
    chosen = fields_of(page(room, path(room, twin, room.paper)))
    assert (chosen["title"], chosen["venue"]) == (["this"], ["this"])


def test_what_both_say_alike_needs_no_choice(room, twin):
    Paper.objects.update(year=1990)
    html = page(room, path(room, room.paper, twin))
    assert "Year the same in both" in words_of(html)
    assert "year" not in fields_of(html)


def test_a_member_asks_an_organizer_to_merge(room, twin):
    words = words_of(page(room, path(room, room.paper, twin), "member"))
    assert "ask an organizer to merge them" in words
    answer = browser_of(room.member).post(path(room, room.paper, twin, action="merge/"))
    assert answer.status_code == 403
    assert Paper.objects.get(pk=twin.pk).group == room.group


def test_statuses_that_their_owner_hides_are_not_counted(room, twin):
    twin.set_status(room.author, "read")
    assert "Read by 1" in words_of(page(room, path(room, room.paper, twin), "member"))
    room.membership_of(room.author).show_status("hidden")
    assert "Read by 1" not in words_of(page(room, path(room, room.paper, twin), "member"))


@pytest.mark.parametrize("action", ["", "merge/", "keep/"])
def test_a_paper_is_no_pair_with_itself_or_with_one_of_another_group(room, foreign, action):
    browser = browser_of(room.organizer)
    for other in (room.paper, foreign.paper):
        address = path(room, room.paper, other, action=action)
        answer = browser.post(address) if action else browser.get(address)
        assert answer.status_code == 404


# Merging


@BOTH
def test_papers_are_merged_as_it_was_chosen_and_the_page_says_so(room, twin, headers):
    chosen = {"venue": "this", "abstract": "other", "title": "other"}
    browser = browser_of(room.organizer)
    address = path(room, room.paper, twin, action="merge/")
    answer = browser.post(address, chosen, headers=headers, follow=True)
    assert is_whole_page(answer)
    assert "You can undo this" in words_of(text_of(answer))
    room.paper.refresh_from_db()
    assert (room.paper.title, room.paper.venue) == (twin.title, "")
    assert room.paper.abstract == "How to prune."
    assert [p.pk for p in room.group.papers.all()] == [room.paper.pk]


def test_without_a_choice_the_fuller_details_stay(room, twin):
    browser_of(room.organizer).post(path(room, room.paper, twin, action="merge/"))
    room.paper.refresh_from_db()
    assert (room.paper.venue, room.paper.abstract) == ("NeurIPS", "How to prune.")


def test_a_choice_that_there_is_not_changes_nothing(room, twin):
    address = path(room, room.paper, twin, action="merge/")
    answer = browser_of(room.organizer).post(address, {"venue": "third"})
    assert answer.status_code == 422
    assert "not one of the available choices" in text_of(answer)
    assert not PaperMerge.objects.exists()


def test_papers_that_were_changed_since_the_page_was_opened_are_looked_at_again(room, twin):
    opened = fields_of(page(room, path(room, room.paper, twin)))
    sent = {name: values[0] for name, values in opened.items() if name != "idempotency_key"}
    twin.revise(1, title="Something else by now")
    answer = browser_of(room.organizer).post(path(room, room.paper, twin, action="merge/"), sent)
    assert answer.status_code == 409
    assert "compare them again" in text_of(answer)
    assert not PaperMerge.objects.exists()


def test_merging_twice_is_merging_once(room, twin):
    browser = browser_of(room.organizer)
    address = path(room, room.paper, twin, action="merge/")
    assert browser.post(address).status_code == 302
    again = browser.post(address, follow=True)
    assert "are merged already" in text_of(again)
    assert PaperMerge.objects.count() == 1


def test_what_was_merged_elsewhere_meanwhile_is_told_calmly(room, twin):
    third = make_paper(room.group, title="Third")
    PaperMerge.objects.merge(twin, third, room.organizer)
    browser = browser_of(room.organizer)
    for two in ((room.paper, twin), (twin, room.paper)):
        for action in ("merge/", "keep/"):
            answer = browser.post(path(room, *two, action=action))
            assert answer.status_code == 409
            assert "just merged" in text_of(answer)
        assert browser.get(path(room, *two))["Location"] == third.get_absolute_url()
    assert PaperMerge.objects.count() == 1


def test_an_edit_of_a_paper_that_was_merged_meanwhile_hands_the_text_back(room, twin, monkeypatch):
    """The editor's view had found the paper before it was merged."""

    def merge_first(form: PaperForm) -> bool:
        if form.instance.group_id and not PaperMerge.objects.exists():
            PaperMerge.objects.merge(twin, room.paper, room.organizer)
        return not form.errors

    monkeypatch.setattr(PaperForm, "is_valid", merge_first)
    sent = {"title": "What I wrote", "topics": [room.topic.pk], "version": 1}
    answer = browser_of(room.member).post(f"{twin.get_absolute_url()}edit/", sent)
    assert answer.status_code == 409
    assert "It was merged into another paper" in text_of(answer)
    assert "What I wrote" in text_of(answer)


# Undoing


def undoing(room: Room, merge: PaperMerge) -> str:
    return f"/groups/{room.group.slug}/merges/{merge.pk}/undo/"


@BOTH
def test_what_was_merged_lately_is_listed_and_undone_by_a_press(room, twin, headers):
    merge = PaperMerge.objects.merge(twin, room.paper, room.organizer)
    assert "can be undone until" in page(room, path(room))
    assert undoing(room, merge) in page(room, path(room))
    assert undoing(room, merge) not in page(room, path(room), "member")
    browser = browser_of(room.organizer)
    answer = browser.post(undoing(room, merge), headers=headers, follow=True)
    assert is_whole_page(answer)
    assert "are two papers again" in text_of(answer)
    assert "can be undone until" not in page(room, path(room))
    again = browser.post(undoing(room, merge), follow=True)
    assert "undone already" in text_of(again)
    assert room.group.papers.count() == 2


def test_what_could_not_be_put_back_is_said(room, twin):
    merge = PaperMerge.objects.merge(twin, room.paper, room.organizer)
    room.other_topic.remove(None, room.organizer)
    answer = browser_of(room.organizer).post(undoing(room, merge), follow=True)
    assert "“Quantization” is gone" in text_of(answer)


def test_a_merge_that_cannot_be_undone_says_why(room, twin):
    merge = PaperMerge.objects.merge(twin, room.paper, room.organizer)
    make_paper(room.group, title=twin.title)
    answer = browser_of(room.organizer).post(undoing(room, merge))
    assert answer.status_code == 409
    assert "is on the list" in text_of(answer)
    assert PaperMerge.objects.standing().exists()


# Keeping apart


@BOTH
def test_a_member_says_that_two_are_not_the_same_and_they_stay_away(room, twin, headers):
    browser = browser_of(room.member)
    for _ in range(2):
        address = path(room, twin, room.paper, action="keep/")
        answer = browser.post(address, headers=headers, follow=True)
        assert "are kept as two papers" in text_of(answer)
    assert NotDuplicate.objects.get().said_by == room.member
    assert 'id="pair-' not in page(room, path(room))
    assert "A member said that these are not the same" in page(room, path(room, room.paper, twin))


# Adding by hand


def add(room: Room, **sent: object):
    form = {"topics": [room.topic.pk]} | sent
    return browser_of(room.member).post(f"/groups/{room.group.slug}/papers/new/", form, follow=True)


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ({"title": "Sparse gates"}, {"title": "sparse  GATES", "authors": "Alder", "year": 2001}),
        ({"title": "Sparse gates", "year": 2001}, {"title": "Sparse gates", "year": 2002}),
        ({"title": "One", "doi": "10.1000/1"}, {"title": "Another", "doi": "10.1000/1"}),
        (
            {"title": "One", "doi": "10.1000/1", "arxiv": "1706.03762"},
            {"title": "Another", "arxiv": "1706.03762"},
        ),
    ],
)
def test_a_paper_that_is_on_the_list_is_not_added_and_the_form_leads_to_it(room, there, typed):
    known = make_paper(room.group, **there)
    answer = add(room, **typed)
    assert answer.status_code == 422
    words = words_of(text_of(answer))
    assert words.count("This paper is already on the list.") == 1
    assert f'href="{known.get_absolute_url()}"' in text_of(answer)
    assert room.group.papers.count() == 2


def test_a_namesake_that_is_told_apart_is_added(room):
    make_paper(room.group, title="Sparse gates", authors="Alder", year=2001)
    assert add(room, title="Sparse gates", authors="Birch", year=2001).status_code == 200
    assert room.group.papers.count() == 3


def test_a_paper_that_was_merged_is_on_the_list_as_the_one_that_it_is_part_of(room, twin):
    PaperMerge.objects.merge(twin, room.paper, room.organizer)
    answer = add(room, title=twin.title)
    assert answer.status_code == 422
    assert f'href="{room.paper.get_absolute_url()}"' in text_of(answer)


def test_a_near_miss_is_added_and_the_page_says_what_it_may_be(room):
    answer = add(room, title=f"{room.paper.title}!! s")
    added = room.group.papers.latest("pk")
    words = words_of(text_of(answer))
    assert f"It may be the same as “{room.paper.title}”" in words
    assert f'href="{path(room, room.paper, added)}"' in text_of(answer)


def test_titles_are_shown_as_they_are_written_wherever_they_are_told(room):
    title = "<b>Sparse</b> gates & more"
    make_paper(room.group, title=title)
    for answer in (add(room, title=title), add(room, title=f"{title}s")):
        assert "<b>Sparse" not in text_of(answer)
        assert "&lt;b&gt;Sparse&lt;/b&gt; gates &amp; more" in text_of(answer)
