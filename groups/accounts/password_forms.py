"""The forms in which a password is chosen, with labels as the rest of the site writes them."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AccountChangePasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AccountResetPasswordKeyForm


class ChangePasswordForm(AccountChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["oldpassword"].label = "Current password"
        self.fields["password1"].label = "New password"
        self.fields["password2"].label = "New password (again)"


class ResetPasswordKeyForm(AccountResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].label = "New password"
        self.fields["password2"].label = "New password (again)"
