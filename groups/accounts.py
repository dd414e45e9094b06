"""How django-allauth's accounts fit ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from groups.models import User
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
