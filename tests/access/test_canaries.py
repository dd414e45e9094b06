"""The words that the table listens for: in every text of a group, each its own."""

from django.apps import apps
from django.db import models

from tests.access.canaries import SONG, texts_of
from tests.access.deviations import deviations
from tests.access.visitors import Answer
from tests.rows import is_of_a_group, rows_in

# What a room has no row of: kept answers, accounts elsewhere, actions of operators, and letters,
# which are listened to by themselves.
NOT_IN_A_ROOM = {
    "admin.LogEntry",
    "groups.OutgoingEmail",
    "groups.IncomingEmail",
    "groups.IdempotencyKey",
    "socialaccount.SocialAccount",
    "socialaccount.SocialToken",
}


def test_every_text_of_a_group_holds_a_word_of_its_own(world):
    numbers = []
    for group in (world.room.group, world.foreign.group):
        for model in apps.get_models():
            if is_of_a_group(model):
                for row in rows_in(model, group):
                    numbers += [words_in(row, field) for field in texts_of(model)]
    heard = [number for number in numbers if number]
    assert "" not in heard
    assert len(heard) == len(set(heard)) > 80


def test_every_kind_of_row_that_holds_words_is_in_both_groups(world):
    for group in (world.room.group, world.foreign.group):
        missing = {
            model._meta.label
            for model in apps.get_models()
            if is_of_a_group(model) and texts_of(model) and not rows_in(model, group).exists()
        }
        assert missing <= NOT_IN_A_ROOM


def test_a_view_that_shows_another_groups_words_is_found(naive, world):
    found = deviations(world, naive("unguarded_detail"), methods=["GET"], visitors=["outsider"])
    assert any("shows papers.Topic.name" in deviation for deviation in found)


def test_a_word_is_heard_in_a_header_and_in_any_case(world):
    word = world.room.topic.name.upper()
    answer = Answer(200, "", "", {"HX-Trigger": f'{{"said": "{word}"}}'}, set(), [], None)
    assert world.ours.heard_in(*answer.texts) == {"papers.Topic.name"}
    assert world.theirs.heard_in(*answer.texts) == set()


def words_in(row: models.Model, field: "models.Field[object, object]") -> str | None:
    """The number of the word; None where there is no text on purpose."""
    value = field.value_from_object(row)
    if isinstance(field, models.EmailField) and (
        not value or row._meta.label.startswith("account")
    ):
        return None
    found = set(SONG.findall(str(value)))
    return found.pop() if len(found) == 1 else ""
