"""People, known by their e-mail address."""

import unicodedata
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from groups.handles import check_handle, is_reserved, shape_of
from groups.time_zones import known_time_zone
from groups.validators import validate_one_line

AVATAR_COLOURS = 12
# Letters that Unicode does not take apart, and what people type for them.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, name: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=email.lower(), name=name, **fields)
        user.set_password(password)
        user.save_with_handle()
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None) -> "User":
        return self.create_user(email, name, password, is_staff=True, is_superuser=True)

    def note_refused(self, address: str, status: str) -> None:
        """Note of the person with this address that no mail can be delivered to it, and why."""
        found = self.filter(email__iexact=address)
        found.update(
            refused_email=models.F("email"), refused_status=status, refused_at=timezone.now()
        )

    def refused(self) -> models.QuerySet["User"]:
        """Those to whose address no mail can be delivered, the latest first."""
        found = self.exclude(refused_email="").filter(refused_email=models.F("email"))
        return found.order_by("-refused_at", "pk")

    def with_handle_like(self, handle: str) -> models.QuerySet["User"]:
        """People with this handle, or with one that looks the same."""
        return self.filter(handle_shape=shape_of(handle))


def initials_of(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def without_accents(text: str) -> str:
    """Return the text in small letters without accents, as one types it in a hurry."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(_PLAIN_LETTERS)


def colour_of(pk: int | None, chosen: int | None = None) -> int:
    """Return the number of a person's colour: the one chosen, or else one by their id."""
    return (pk or 0) % AVATAR_COLOURS if chosen is None else chosen


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The name is what others read; the handle is what they type to call on someone."""

    email = models.EmailField("e-mail address")
    name = models.CharField(max_length=80, validators=[validate_one_line])
    handle = models.SlugField(max_length=40, validators=[check_handle])
    handle_shape = models.CharField(max_length=40, editable=False)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    chosen_colour = models.PositiveSmallIntegerField(
        "colour", null=True, blank=True, validators=[MaxValueValidator(AVATAR_COLOURS - 1)]
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may operate the site", default=False)
    is_demo = models.BooleanField("one of the demonstration's people", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    # The address to which no mail could be delivered, with the status that its server gave.
    refused_email = models.EmailField(blank=True, editable=False)
    refused_status = models.CharField(max_length=12, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.UniqueConstraint(
                Lower("handle"),
                name="one_person_per_handle",
                violation_error_message="Somebody else has this handle. Choose another one.",
            ),
            models.UniqueConstraint(
                fields=["handle_shape"],
                name="one_person_per_shape_of_a_handle",
                violation_error_message="This handle looks like somebody else's. "
                "Choose another one.",
            ),
            models.CheckConstraint(
                condition=models.Q(chosen_colour=None) | models.Q(chosen_colour__lt=AVATAR_COLOURS),
                name="colour_is_in_the_palette",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_unreachable(self) -> bool:
        """Return whether no mail can be delivered to the address that the person has now."""
        return bool(self.refused_email) and self.refused_email == self.email

    @property
    def refused_sentence(self) -> str:
        """Return what the status of the refusal means."""
        is_of_mailbox = self.refused_status.startswith("5.2")
        return "the mailbox takes no mail" if is_of_mailbox else "there is no such mailbox"

    def try_mail_again(self) -> None:
        """Forget that mail was refused; if it is again, that is noted anew."""
        self.describe(refused_email="", refused_status="", refused_at=None)

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def colour(self) -> int:
        """The number of the person's colour in the palette: the same on every page."""
        return colour_of(self.pk, self.chosen_colour)

    def likeness_to(self, typed: str) -> int:
        """Return how well the name or the handle goes with what was typed: 2 where a word of it
        begins so, 1 where it is within one, 0 where it is in neither. Case and accents are equal.
        """
        wanted, name = without_accents(typed), without_accents(self.name)
        words = [self.handle, name, *name.split()]
        if any(word.startswith(wanted) for word in words):
            return 2
        return int(any(wanted in word for word in words))

    @property
    def automatic_colour(self) -> int:
        """The colour of a person who has not chosen one."""
        return colour_of(self.pk)

    @property
    def zone(self) -> tzinfo:
        """Return the person's time zone; UTC for one that this machine does not know."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.handle_shape = shape_of(self.handle)
        super().save(*args, **kwargs)

    def describe(self, **facts: Any) -> None:
        """Change what the person says about themselves, and no other column."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=[*facts, "handle_shape"])

    def appoint(self) -> None:
        """Let the person operate the site."""
        self.is_staff = self.is_superuser = True
        self.save(update_fields=["is_staff", "is_superuser"])

    def dismiss(self) -> None:
        self.is_staff = self.is_superuser = False
        self.save(update_fields=["is_staff", "is_superuser"])

    def save_with_handle(self) -> None:
        """Save a new person under the first free handle made from the name."""
        wanted = slugify(self.name)[:30].strip("-_") or "reader"
        if is_reserved(wanted):
            wanted = "reader"
        self.handle = wanted
        for _ in range(10):
            try:
                with transaction.atomic():
                    return self.save()
            except IntegrityError:
                if User.objects.filter(email__iexact=self.email).exists():
                    raise
                self.handle = f"{wanted}-{get_random_string(5, '0123456789')}"
        raise IntegrityError(f"No free handle was found for {wanted}.")
