"""Password validators beside Django's own."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from groups.models import User

# What is tried first on a site like this one. The host's own name is added.
WORDS = ("seminar", "reading", "readers", "group", "journal", "club", "papers", "password")
# So many letters beside these words make a password of one's own.
LETTERS_OF_ONES_OWN = 4


class NameOfTheSiteValidator:
    """Refuse a password that is the site's name, or words of it with a number behind."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = whole = re.sub(r"[\W\d_]+", " ", password.lower())
        for word in sorted((*WORDS, *names_of_the_site()), key=len, reverse=True):
            rest = rest.replace(word, " ")
        if rest != whole and len("".join(rest.split())) < LETTERS_OF_ONES_OWN:
            raise ValidationError(
                "This password is too easy to guess on this site.", code="password_names_the_site"
            )

    def get_help_text(self) -> str:
        return "Your password can’t be the name of this site, or that with a number."


def names_of_the_site() -> list[str]:
    """Return the parts of the host's name that say something."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return [part for part in re.split(r"[\W\d_]+", host.lower()) if len(part) > 3]
