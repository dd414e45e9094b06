"""How django-allauth's accounts fit ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from groups import joining
from groups.models import Policy, User
from groups.text import one_line


class SignupNameForm(forms.Form):
    """What signing up asks beside address and password."""

    name = forms.CharField(
        label="Your name",
        max_length=80,
        validators=[one_line],
        help_text="As the others in your group know you.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing is left to do: the adapter has saved the name."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be led there; what is no address at all is not safe either."""
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
        """Whoever has the secret that was mailed to an address reads what is mailed there."""
        invitation = joining.remembered(request)
        if invitation and invitation.email and invitation.email == email.lower():
            return True
        return bool(super().is_email_verified(request, email))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Signing in ends where one was going: in the group that one was invited to."""
        response: HttpResponse = super().post_login(request, user, **options)
        group = joining.arrive(request, user)
        return redirect(group) if group else response
