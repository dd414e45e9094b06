"""The adapter and forms that fit django-allauth to our accounts."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from groups.accounts import joining, security_log
from groups.accounts.devices import know_device
from groups.accounts.guesses import Guess
from groups.mail.outbox import post_to_no_one
from groups.models import Policy, User
from groups.validators import validate_one_line
from groups.web.rate_limits import too_many_tries

# Where someone comes through a socket that has no address.
NO_ADDRESS = "::"
# What allauth takes from the Host header otherwise.
SITE = {"name": "Seminar", "domain": urlsplit(settings.SITE_URL).netloc}
OVER_THE_LIMIT = {"too_many_login_attempts", "rate_limited"}


class SignupNameForm(forms.Form):
    """The sign-up field beside email and password: a name."""

    name = forms.CharField(
        label="Your name",
        max_length=80,
        validators=[validate_one_line],
        help_text="As the others in your group know you.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing is left to do: the adapter has saved the name."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email or password is wrong.",
        "email_taken": "There is already an account with this email. Sign in with it.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "This code is wrong, or too old.",
        "same_as_current": "This is what you have now.",
        "duplicate_email": "This is already your email.",
    }

    def is_safe_url(self, url: str) -> bool:
        """Return whether a redirect may go there; text that is no address is not safe either."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def save_user(
        self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True
    ) -> User:
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        if commit:
            user.save_with_handle()
        return user

    # Who may sign up, and where they come in

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """As `manage.py sign_up` has it: open to all, to the invited only, or closed."""
        match Policy.objects.now().sign_up:
            case Policy.SignUp.OPEN:
                return True
            case Policy.SignUp.INVITED:
                return joining.remembered(request) is not None
            case _:
                return False

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Return whether the address is confirmed; an invitation mailed there and opened confirms
        it.
        """
        invitation = joining.remembered(request)
        if invitation and invitation.email and invitation.email == email.lower():
            return True
        return bool(super().is_email_verified(request, email))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Signing in ends where one was going: in the group that one was invited to.

        From now on the browser is known to the account.
        """
        know_device(request, user)
        response: HttpResponse = super().post_login(request, user, **options)
        group = joining.arrive(request, user)
        return redirect(group) if group else response

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        security_log.signed_in(request, user)

    def logout(self, request: HttpRequest) -> None:
        security_log.signed_out(request)
        super().logout(request)

    # Guessing

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing is left to count: `authenticate` has done so."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Find who signs in. A closed account answers as a wrong password does.

        The try is counted before the password is looked at, which is what costs.
        """
        guess = Guess(request, "password", credentials.get("email", ""))
        guess.count()
        user: User | None = super().authenticate(request, **credentials)
        if user is None or not user.is_active:
            return None
        guess.was_right()
        return user

    def set_password(self, user: User, password: str) -> None:
        """Choosing a new password makes every browser a strange one but this."""
        super().set_password(user, password)
        know_device(context.request, user)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer an exceeded limit with 429, instead of an error beside a field."""
        security_log.failed(context.request, code)
        if code in OVER_THE_LIMIT:
            raise ImmediateHttpResponse(too_many_tries(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return NO_ADDRESS

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A person who chose a new password, after a mail, begins with a new count."""
        Guess(request, "password", credentials["email"]).forget()

    # Mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """An unknown address gets no mail, though the page does as much for it as for others."""
        context = {**context, "current_site": SITE}
        if template_prefix != "account/email/unknown_account":
            super().send_mail(template_prefix, email, context)
            return
        post_to_no_one(self.render_mail(template_prefix, email, {"email": email, **context}))
