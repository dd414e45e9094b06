"""Keep what somebody is writing, and put it back into the form that it was written in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from groups.models import IdempotencyKey, Membership
from groups.web.humanize import time_tag
from papers.discussion import queries
from papers.models import Comment, DiscussionDraft, DraftKind, Paper, Thread
from papers.models.discussion import COMMENT_LIMIT

_PLACE = re.compile("([a-z]{4,8})-([0-9]{1,18})")


@dataclass(frozen=True)
class DraftPlace:
    """A form of a member, by its kind and what it is about; as text it is `reply-7`."""

    kind: str
    target: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.target}"

    @classmethod
    def read(cls, text: str, membership: Membership) -> "DraftPlace | None":
        """Return the place that a form names; None where the member has no such form."""
        found = _PLACE.fullmatch(text)
        if found is None or found[1] not in DraftKind:
            return None
        place = cls(found[1], int(found[2]))
        return place if _IS_THERE[place.kind](membership, place.target) else None


_IS_THERE: dict[str, Callable[[Membership, int], bool]] = {
    DraftKind.THREAD: lambda member, pk: (
        Thread.objects.in_group(member.group).filter(pk=pk).exists()
    ),
    DraftKind.REPLY: lambda member, pk: (
        Comment.objects.in_group(member.group).standing().filter(pk=pk).exists()
    ),
    DraftKind.EDIT: lambda member, pk: (
        Comment.objects.in_group(member.group).standing().filter(pk=pk, author=member.user).exists()
    ),
    DraftKind.PAPER: lambda member, pk: Paper.objects.in_group(member.group).filter(pk=pk).exists(),
    DraftKind.GROUP: lambda member, pk: pk == member.group_id,
}


class DraftForm(forms.Form):
    """The fields of all forms that keep a draft; `form` is the key of the one it comes from."""

    title = forms.CharField(required=False, strip=False, max_length=200)
    quotation = forms.CharField(required=False, strip=False, max_length=2_000)
    source = forms.CharField(required=False, strip=False, max_length=COMMENT_LIMIT)
    form = forms.CharField(required=False, max_length=64)

    @property
    def words(self) -> dict[str, str]:
        names = ("title", "quotation", "source")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name].strip()}


def keep_draft(membership: Membership, place: DraftPlace, form: DraftForm) -> None:
    """Keep what a form says, unless it was sent meanwhile; of an empty one nothing is kept."""
    user, key = membership.user, form.cleaned_data["form"]
    if key and IdempotencyKey.objects.filter(user=user, key=key).exists():
        return
    if form.words:
        DiscussionDraft.objects.keep(user, membership.group, place.kind, place.target, form.words)
    else:
        DiscussionDraft.objects.discard(user, place.kind, place.target)


def discard_draft(membership: Membership, place: DraftPlace) -> None:
    DiscussionDraft.objects.discard(membership.user, place.kind, place.target)


@dataclass(frozen=True)
class FormDraft:
    """The words kept of a form, and the moment they were saved: for people and for scripts."""

    place: DraftPlace
    words: dict[str, str]
    when: SafeString
    saved: int

    @property
    def source(self) -> str:
        return self.words.get("source", "")


def draft_of(membership: Membership, place: DraftPlace) -> FormDraft | None:
    """Return what is kept of a form, if anything."""
    return drafts_of(membership, place.kind, [place.target]).get(place.target)


def drafts_of(membership: Membership, kind: str, targets: Iterable[int]) -> dict[int, FormDraft]:
    """Return what is kept of some forms of one kind, by what they are about."""
    now = timezone.now()
    found = queries.DRAFTS.fetch(user=membership.user, keys=targets)
    return {
        draft.target: FormDraft(
            DraftPlace(kind, draft.target),
            draft.words,
            time_tag(draft.saved_at, now),
            int(draft.saved_at.timestamp() * 1000),
        )
        for draft in found
        if draft.kind == kind and draft.group_id == membership.group_id
    }
