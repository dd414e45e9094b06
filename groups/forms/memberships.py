"""What an organizer sets for one member."""

from django import forms

from groups.models import Membership


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role.choices)
