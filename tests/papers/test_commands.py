"""The command line: the same lists without a browser."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command

import papers.demo
from groups.models import Group, Membership, OutgoingEmail, User
from papers.demo.people import CAST, PASSWORD
from papers.formats.markdown import reading
from papers.formats.registry import WRITTEN
from papers.models import Assignment, Comment, ListImport, Notification, Paper, ReadingStatus
from papers.models.mentions import handles_in
from tests.factories import browser_of

SEED = Path(papers.demo.__file__).parent / "reading-list.md"


def said(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_read_list_says_what_it_read_without_a_database():
    read = json.loads(said("read_list", SEED))
    assert len(read["topics"]) == 7
    assert len({entry["title"] for entry in read["entries"]}) == 78
    assert len(read["duplicates"]) == 2


@pytest.mark.parametrize("command", [["read_list"], ["import_list", "readers"]])
def test_a_file_that_cannot_be_read_is_named(room, command, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        said(*command, tmp_path / "none.md")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(CommandError, match="Nothing was imported"):
        said(*command, picture)
    assert ListImport.objects.count() == 1


def test_import_list_writes_what_is_new(room):
    output = said("import_list", "readers", SEED)
    assert "Read 7 topics, 78 papers and 2 duplicates." in output
    again = said("import_list", "readers", SEED)
    assert "New: 0 topics and 0 papers." in again
    assert Paper.objects.in_group(room.group).count() >= 78


def test_import_list_on_trial_writes_nothing(room):
    output = said("import_list", "readers", SEED, "--dry-run")
    assert "Read 7 topics, 78 papers and 2 duplicates." in output
    assert "Nothing was written." in output
    assert Paper.objects.in_group(room.group).count() == 1
    assert ListImport.objects.count() == 1


def test_import_list_ticks_for_the_member_that_it_is_told(room, tmp_path):
    file = tmp_path / "list.md"
    file.write_text("- [x] A paper\n")
    said("import_list", "readers", file, "--as", room.member.email.upper())
    assert ReadingStatus.objects.get().user == room.member


def test_import_list_takes_no_more_at_a_time_than_the_page(room, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Title,Year,Venue\n" + "".join(f"Paper {n},,\n" for n in range(5001)))
    with pytest.raises(CommandError, match="at most 5,000 papers at a time"):
        said("import_list", "readers", file)
    assert ListImport.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import_list", "nowhere", SEED], "There is no group “nowhere”"),
        (["export_list", "nowhere"], "There is no group “nowhere”"),
        (["import_list", "readers", SEED, "--as", "no@example.org"], "No member of the group"),
        (["export_list", "readers", "--for", "no@example.org"], "No member of the group"),
    ],
)
def test_a_group_or_person_that_is_not_there_is_named(room, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        said(*arguments)
    assert Paper.objects.in_group(room.group).count() == 1


def test_an_outsider_is_no_person_in_the_group(room):
    with pytest.raises(CommandError, match="No member of the group"):
        said("export_list", "readers", "--for", room.outsider.email)


def test_export_list_prints_the_list_with_the_ticks_of_one_member(room):
    room.paper.set_status(room.member, "read")
    assert f"- [ ] {room.paper.title}" in said("export_list", "readers")
    ticked = said("export_list", "readers", "--for", room.member.email)
    assert f"- [x] {room.paper.title}" in ticked
    assert len(reading.read(ticked).papers) == 1


# The demonstration


@pytest.mark.django_db
def test_load_demo_fills_an_empty_database():
    output = said("load_demo")
    group = Group.objects.get()
    assert Paper.objects.in_group(group).count() == 78
    assert Membership.objects.in_group(group).count() == len(CAST) - 1
    assert Assignment.objects.exists()
    assert Comment.objects.exists()
    for person in CAST:
        assert person.email in output
        assert User.objects.get(email=person.email).check_password(PASSWORD)
    outsider = User.objects.get(email="otto@seminar.example")
    assert not outsider.memberships.exists()


@pytest.mark.django_db
def test_people_of_the_demonstration_are_told_and_get_no_email():
    said("load_demo")
    mina, jonas = (User.objects.get(email=f"{n}@seminar.example") for n in ("mina", "jonas"))
    for person in (mina, jonas):
        waiting = Notification.objects.of(person).unseen().readable()
        assert {"mentioned", "assigned"} <= set(waiting.values_list("reason", flat=True))
    assert not Notification.objects.filter(mail_at__isnull=False).exists()
    assert not OutgoingEmail.objects.exists()
    handles = {person.handle for person in User.objects.all()}
    for comment in Comment.objects.filter(source__contains="@"):
        assert handles_in(comment.html) != []
        assert set(handles_in(comment.html)) <= handles


@pytest.mark.django_db
def test_people_of_the_demonstration_sign_in_where_addresses_are_confirmed(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    said("load_demo")
    form = {"login": "otto@seminar.example", "password": PASSWORD}
    assert client.post("/accounts/login/", form)["Location"] == "/"


@pytest.mark.django_db
def test_every_page_of_the_demonstration_opens():
    caches["process"].clear()  # where it is remembered whether there is a demonstration
    said("load_demo")
    mina = browser_of(User.objects.get(email="mina@seminar.example"))
    group = Group.objects.get()
    for paper in Paper.objects.in_group(group).filter(threads__isnull=False).distinct():
        assert mina.get(paper.get_absolute_url()).status_code == 200
    for address in ("/", group.get_absolute_url(), f"/groups/{group.slug}/members/"):
        page = mina.get(address)
        assert page.status_code == 200
        assert "This is a demonstration" in page.content.decode()


def test_load_demo_touches_nothing_where_people_are(room):
    with pytest.raises(CommandError, match="Nothing was written"):
        said("load_demo")
    assert Group.objects.get() == room.group


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)
def test_export_list_prints_the_list_in_the_format_that_is_named(room, written):
    assert room.paper.title in said("export_list", "readers", "--format", written.option)
    with pytest.raises(CommandError, match="invalid choice"):
        said("export_list", "readers", "--format", "no-such-format")
