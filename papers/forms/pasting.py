"""Numbers and addresses of papers, pasted: shown first, then added."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from groups.models import Group, User
from groups.text import one_line
from papers.forms.choices import offer
from papers.models import Topic
from papers.pasting import MOST_AT_ONCE, Added, Pasting

EXAMPLE = "10.1000/182\narXiv:1706.03762\nhttps://openreview.net/forum?id=…\n"
LONGEST_TEXT = 20_000


class PasteForm(forms.Form):
    """`seen` names the text of which the page showed what was recognised in it."""

    text = forms.CharField(
        label="Numbers or addresses",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(
            attrs={"rows": 8, "placeholder": EXAMPLE, "spellcheck": "false", "data-draft": ""}
        ),
        help_text="DOI, arXiv, PubMed, OpenAlex, Semantic Scholar, ISBN, or links to papers, in "
        "any text.",
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, empty_label=None)
    new_topic = forms.CharField(
        label="Or a new topic",
        required=False,
        max_length=200,
        validators=[one_line],
        help_text="Is added to the list.",
    )

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        offer(self, "topic", Topic.objects.in_group(group).in_order())

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        recognised = len(Pasting(self.group, text).read.entries)
        if not recognised:
            raise ValidationError(
                "No number and no address of a paper was recognised in it, so nothing was added. "
                "A number looks like 10.1000/182 or arXiv:1706.03762."
            )
        if recognised > MOST_AT_ONCE:
            raise ValidationError(
                f"There are {recognised} papers in it, and {MOST_AT_ONCE} can be added at once. "
                "Nothing was added: paste the parts one after the other."
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("topic") and not cleaned.get("new_topic"):
            self.add_error("topic", "Choose a topic, or name a new one.")
        return cleaned

    @property
    def pasting(self) -> Pasting | None:
        """What is to be shown of the text, as it was sent or as the address brought it."""
        if self.is_bound:
            return Pasting(self.group, self.cleaned_data["text"]) if self.is_valid() else None
        text = self.initial.get("text")
        return Pasting(self.group, text) if text else None

    @property
    def was_seen(self) -> bool:
        return self.data.get("seen") == seen(self.cleaned_data["text"])

    @transaction.atomic
    def save_for(self, user: User) -> Added:
        """Add the papers that were shown, but compare them with the list as it is now."""
        self.group.lock()
        return Pasting(self.group, self.cleaned_data["text"]).add(self._topic(), user)

    def _topic(self) -> Topic:
        topic: Topic | None = self.cleaned_data["topic"]
        if name := self.cleaned_data["new_topic"]:
            topics = Topic.objects.in_group(self.group)
            topic = topics.named(name).first() or topics.add(self.group, name)
        if topic is None:
            raise TypeError("A form without a topic is not valid.")
        return topic


def seen(text: str) -> str:
    """Names a text, however a browser ends its lines."""
    return hashlib.sha256("\n".join(text.split()).encode()).hexdigest()[:16]
