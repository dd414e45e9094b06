"""The forms of threads and comments."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from groups.forms.choices import offer
from groups.models import Group
from groups.validators import some_text, validate_one_line
from papers.models import Comment, Paper, ReactionName, Thread
from papers.models.discussion import COMMENT_LIMIT

_PAIR = re.compile("([0-9]{1,18})-([0-9]{1,18})")
CLOSED = (
    "This thread was closed, so nothing can be added to it. Your text is kept here: copy it, or "
    "start another thread with it."
)


class SourceField(forms.CharField):
    """Markdown with math, as much of it as one comment may hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            strip=False,
            validators=[some_text, not_too_long],
            error_messages={"required": "Write something first."},
            widget=forms.Textarea(attrs={"rows": 4, "data-draft": "", "dir": "auto"}),
            **kwargs,
        )


def not_too_long(source: str) -> None:
    if len(source) > COMMENT_LIMIT:
        raise ValidationError(
            f"Too long: {len(source):,} of {COMMENT_LIMIT:,} characters. "
            "Nothing was saved; shorten it or send it in parts."
        )


class Previewed(forms.BaseForm):
    """A form whose text can be looked at before it is sent."""

    # The HTML that sending it would show; empty unless it was asked for.
    preview = ""

    @property
    def wants_preview(self) -> bool:
        return "preview" in self.data

    def as_written(self) -> dict[str, Any]:
        """Return the context of a form in a template: the text as typed, and its errors."""
        return {
            "text": self["source"].value() or "",
            "errors": [error for errors in self.errors.values() for error in errors],
            "preview": self.preview,
            "version": self["version"].value() if "version" in self.fields else None,
        }


class CommentForm(Previewed, forms.Form):
    """A reply names the comment that it replies to, which has to be in the same thread."""

    source = SourceField(label="Your comment")
    parent = forms.ModelChoiceField(
        Comment.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": "The comment you are replying to was deleted or is not in this "
            "thread. Your text is kept: send it to the thread instead."
        },
    )

    piece = "papers/discussion/_comment_form.html"

    def __init__(self, thread: Thread, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thread = thread
        self.parents = offer(self, "parent", thread.comments.standing().select_related("author"))

    def clean(self) -> dict[str, Any]:
        if self.thread.closed_at:
            raise ValidationError(CLOSED)
        return super().clean() or self.cleaned_data

    def answered(self, asked: str) -> Comment | None:
        """Return the comment to reply to: the one sent, or else the one asked for, if any."""
        if self.is_bound:
            return self.cleaned_data.get("parent")
        try:
            parent: Comment | None = self.parents.clean(asked)
        except ValidationError:
            return None
        return parent

    @property
    def place(self) -> str:
        """The id of the piece on the page."""
        parent = self.answered("")
        return f"answer-{parent.pk}" if parent else f"answer-thread-{self.thread.pk}"


class ThreadMoveForm(forms.Form):
    """Choose the paper that a thread is about, or the group."""

    paper = forms.ModelChoiceField(
        Paper.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": "This paper is not on the list any more. Nothing was moved; choose "
            "another one."
        },
    )
    to_group = forms.BooleanField(required=False)

    def __init__(self, group: Group, data: Any = None) -> None:
        super().__init__(data)
        offer(self, "paper", Paper.objects.in_group(group))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (self.errors or cleaned.get("paper") or cleaned.get("to_group")):
            raise ValidationError("Nothing was moved yet. Choose a paper, or the group.")
        return cleaned


class SplitForm(forms.ModelForm[Thread]):
    """Give a title to what is split off."""

    class Meta:
        model = Thread
        fields = ["title"]
        labels = {"title": "What is the new thread about?"}


class CommentEditForm(Previewed, forms.Form):
    source = SourceField(label="Your comment")
    version = forms.IntegerField(widget=forms.HiddenInput)

    piece = "papers/discussion/_comment_edit.html"

    def __init__(self, comment: Comment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"source": comment.source, "version": comment.version}
        self.place = f"comment-{comment.pk}-text"


class ReactionForm(forms.Form):
    """Give a reaction, or take it back: the one that is named."""

    on = forms.ChoiceField(choices=ReactionName.choices, required=False)
    off = forms.ChoiceField(choices=ReactionName.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("on") or cleaned.get("off")):
            raise ValidationError("Choose a reaction.")
        return cleaned


class RemovalForm(forms.Form):
    """Say why something that somebody else wrote is deleted."""

    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=200,
        validators=[validate_one_line],
        help_text="One line, for who wrote it, and for everyone who sees that something was here.",
    )


class PlaceForm(forms.Form):
    """The position in a long thread that the query string asks for; nonsense is ignored."""

    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    comment = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    @property
    def wanted(self) -> dict[str, int]:
        self.is_valid()
        names = {"page": "number", "comment": "comment"}
        return {names[name]: value for name, value in self.cleaned_data.items() if value}


def _all_of(data: Any, name: str) -> list[str]:
    return list(data.getlist(name))


class SeenForm(forms.Form):
    """Threads, each with the id of a comment: `thread-comment`, with blanks between them.

    They come as `one`, from a button for some, or else as `seen`, from what was ticked.
    """

    MOST = 100

    one = forms.CharField(required=False, max_length=5_000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned["one"]] if cleaned.get("one") else _all_of(self.data, "seen")
        words = " ".join(chosen).split()
        if len(words) > self.MOST or not all(map(_PAIR.fullmatch, words)):
            raise ValidationError("Reload the page and choose again.")
        if not words:
            raise ValidationError("Tick a thread first.")
        self.comments = {int(found[1]): int(found[2]) for found in map(_PAIR.match, words) if found}
        return cleaned

    @property
    def reason(self) -> str:
        """Return why it is not valid, as a sentence."""
        return str(next(iter(self.errors.values()))[0])


class UptoForm(forms.Form):
    """The newest comment that was there when a page was made."""

    upto = forms.IntegerField(min_value=1, max_value=2**62)


class PreviewForm(forms.Form):
    source = SourceField()


class ThreadForm(Previewed, forms.ModelForm[Thread]):
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=30_000,
        help_text="Of the paper, if the thread is about one.",
    )

    class Meta:
        model = Thread
        fields = ["title", "kind", "page", "quotation"]
        labels = {"title": "What is it about?", "kind": "It is a"}
        widgets = {"quotation": forms.Textarea(attrs={"rows": 2, "data-draft": "", "dir": "auto"})}
        help_texts = {
            "quotation": "The passage of the paper that it is about.",
            "kind": "A question stays among the open questions until it is marked as answered.",
        }

    def clean_kind(self) -> str:
        """Return the kind; a form that does not ask for it leaves it as it is."""
        return self.cleaned_data["kind"] or self.instance.kind


class NewThreadForm(ThreadForm):
    source = SourceField(label="Your comment")


class ThreadEditForm(ThreadForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def about_the_group(form: ThreadForm) -> ThreadForm:
    """Leave out of a form what is said of a paper only."""
    for name in ("page", "quotation"):
        form.fields.pop(name)
    return form
