"""The sign-up form, on its own: allauth derives its form from it while importing the adapter."""

from allauth.account.forms import SignupForm as AccountSignupForm
from django.http import HttpRequest, HttpResponse

from groups.models import User


class SignupForm(AccountSignupForm):  # type: ignore[misc]
    """Takes as long for an address that has an account as for one that has none."""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved
