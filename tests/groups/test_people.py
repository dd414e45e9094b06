"""People: one per address and handle, whatever the case."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from groups.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_person_whatever_its_case():
    make_user(email="mina@example.org")
    with pytest.raises(IntegrityError):
        make_user(email="MINA@example.org")
    assert User.objects.count() == 1


def test_people_of_one_name_get_handles_of_their_own():
    first, second = make_user("Mina Kaya"), make_user("Mina Kaya")
    assert first.handle == "mina-kaya"
    assert second.handle.startswith("mina-kaya-")


def test_a_name_without_latin_letters_gets_a_handle_too():
    assert make_user("נועם לוי").handle == "reader"
    assert make_user("論文").handle.startswith("reader-")


def test_a_very_long_name_gets_a_handle_that_fits():
    for _ in range(3):
        user = make_user("a" * 80)
        assert len(user.handle) <= 40


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Mina Kaya", "MK"), ("Mina", "M"), ("Ana Maria de Souza", "AS"), ("נועם לוי", "נל")],
)
def test_initials_are_of_the_first_and_the_last_word(name, initials):
    assert User(name=name).initials == initials


def test_a_person_keeps_their_colour():
    user = make_user()
    assert user.colour == User.objects.get(pk=user.pk).colour in range(12)


@pytest.mark.parametrize("name", ["", "\u200b", "Mina\nKaya", "Mina\u202eKaya", "a" * 81])
def test_a_name_is_readable_on_one_line(name):
    user = make_user()
    user.name = name
    with pytest.raises(ValidationError) as refused:
        user.full_clean()
    assert "name" in refused.value.message_dict


def test_an_operator_may_operate_the_site():
    operator = User.objects.create_superuser("op@example.org", "Op", "a good long password")
    assert operator.is_staff
    assert operator.is_superuser
    assert operator.check_password("a good long password")


def test_a_person_is_shown_by_name():
    assert str(make_user("Mina Kaya")) == "Mina Kaya"
