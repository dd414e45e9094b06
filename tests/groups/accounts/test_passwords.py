"""Which passwords are refused because everybody would guess them here."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config import settings as shipped
from groups.accounts.passwords import NameOfTheSiteValidator
from tests.factories import browser_of, make_user
from tests.pages import text_of, words_of

REFUSED = ["reading-group", "Seminar2026!", "JournalClub1", "papers papers", "UniLibrary99"]
TAKEN = ["correct horse", "12!@#$%^&()", "пароль-пароль", "reading about whales", "§§§§§§§§§"]


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://unilibrary.example"


@pytest.mark.parametrize("password", REFUSED)
def test_the_name_of_the_site_is_no_password(password):
    with pytest.raises(ValidationError):
        NameOfTheSiteValidator().validate(password)


@pytest.mark.parametrize("password", TAKEN)
def test_any_other_letters_and_signs_are(password):
    errors: list[str] = []
    try:
        NameOfTheSiteValidator().validate(password)
    except ValidationError as refused:
        errors += refused.messages
    assert errors == []


@pytest.mark.parametrize("password", ["password1", "iloveyou1", "qwertyuiop", "football1"])
def test_a_password_that_everybody_has_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.django_db
def test_what_is_refused_is_said_beside_the_field():
    form = {"oldpassword": "x", "password1": "Seminar2026!", "password2": "Seminar2026!"}
    page = browser_of(make_user()).post("/accounts/password/change/", form)
    assert "too easy to guess on this site" in words_of(text_of(page))


def test_the_site_asks_for_each_of_these_rules():
    names = [each["NAME"].rpartition(".")[2] for each in shipped.AUTH_PASSWORD_VALIDATORS]
    assert {"CommonPasswordValidator", "NameOfTheSiteValidator"} <= set(names)


@pytest.mark.django_db
def test_the_fields_of_a_new_password_are_labelled_as_those_of_other_forms():
    page = text_of(browser_of(make_user()).get("/accounts/password/change/"))
    for label in ("Current password", "New password", "New password (again)"):
        assert label in words_of(page)
    assert "placeholder" not in page
    assert "New Password" not in page
