"""Numbers and addresses of papers, pasted: shown first, then added."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from groups.forms.choices import offer
from groups.models import Group, User
from groups.validators import validate_one_line
from papers.library.adding import MOST_AT_ONCE, Added, Pasting
from papers.models import Topic

EXAMPLE = "10.1000/182\narXiv:1706.03762\nhttps://openreview.net/forum?id=…\n"
LONGEST_TEXT = 20_000


class PasteForm(forms.Form):
    """`seen` names the text of which the page showed what was recognised in it."""

    text = forms.CharField(
        label="DOIs, arXiv IDs or links",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(
            attrs={"rows": 8, "placeholder": EXAMPLE, "spellcheck": "false", "data-draft": ""}
        ),
        help_text="DOIs, arXiv IDs, PMIDs, ISBNs, IDs of OpenAlex or Semantic Scholar, or links to "
        "papers. Other text around them is ignored.",
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), empty_label=None)
    new_topic = forms.CharField(
        label="Or a new topic",
        required=False,
        max_length=200,
        validators=[validate_one_line],
        help_text="It is added at the end of the list.",
    )

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        topics = Topic.objects.in_group(group).in_order()
        offered = offer(self, "topic", topics)
        offered.error_messages["required"] = "Choose a topic, or name a new one."
        if not topics.exists():
            del self.fields["topic"]
            self.fields["new_topic"].required = True
            self.fields["new_topic"].label = "Topic"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        recognised = len(Pasting(self.group, text).read.entries)
        if not recognised:
            raise ValidationError(
                "No DOI, arXiv ID, other ID or link to a paper was found, so nothing was added. "
                "A DOI looks like 10.1000/182, an arXiv ID like arXiv:1706.03762."
            )
        if recognised > MOST_AT_ONCE:
            raise ValidationError(
                f"There are {recognised} papers in it, and {MOST_AT_ONCE} can be added at once. "
                "Nothing was added: paste fewer at a time."
            )
        return text

    @property
    def pasting(self) -> Pasting | None:
        """The preview of the text that was sent, or that the query string contains."""
        if self.is_bound:
            return Pasting(self.group, self.cleaned_data["text"]) if self.is_valid() else None
        text = self.initial.get("text")
        return Pasting(self.group, text) if text else None

    @property
    def was_seen(self) -> bool:
        return self.data.get("seen") == seen(self.cleaned_data["text"])

    @transaction.atomic
    def save_for(self, user: User) -> Added:
        """Add the papers that were shown, compared with the list as it is now."""
        self.group.lock()
        return Pasting(self.group, self.cleaned_data["text"]).add(self._topic(), user)

    def _topic(self) -> Topic:
        """Return the new topic, which may exist already, or else the one that was chosen."""
        topics = Topic.objects.in_group(self.group)
        if name := self.cleaned_data["new_topic"]:
            return topics.named(name).first() or topics.add(self.group, name)
        chosen: Topic = self.cleaned_data["topic"]
        return chosen


def seen(text: str) -> str:
    """Return a name of the text that does not depend on its line endings."""
    return hashlib.sha256("\n".join(text.split()).encode()).hexdigest()[:16]
