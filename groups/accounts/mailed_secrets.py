"""The forms that ask for a code or a link by mail.

They are in a module of their own, since allauth's are made from `groups.accounts.adapter`.
"""

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as AccountResetPasswordForm
from allauth.core import context

from groups.accounts.guesses import Guess


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        Guess(context.request, "code by mail", self.cleaned_data["email"]).count()
        email: str = super().clean_email()
        return email


class ResetPasswordForm(AccountResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        Guess(context.request, "new password", self.cleaned_data["email"]).count()
        email: str = super().clean_email()
        return email
