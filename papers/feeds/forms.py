"""The query string of the page of feeds."""

from django import forms
from django.http import QueryDict

from groups.forms.choices import offer
from groups.models import Group
from papers.models import Paper, Thread


class FeedForm(forms.Form):
    """The paper or thread that the query string names; nonsense is ignored."""

    paper = forms.ModelChoiceField(Paper.objects.none(), required=False)
    thread = forms.ModelChoiceField(Thread.objects.none(), required=False)

    def __init__(self, group: Group, data: QueryDict) -> None:
        super().__init__(data)
        offer(self, "paper", Paper.objects.in_group(group))
        offer(self, "thread", Thread.objects.in_group(group))

    @property
    def about(self) -> Thread | Paper | None:
        self.is_valid()
        return self.cleaned_data.get("thread") or self.cleaned_data.get("paper")
