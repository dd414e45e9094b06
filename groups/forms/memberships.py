"""The form for a member's role."""

from django import forms

from groups.models import Membership


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role.choices)
