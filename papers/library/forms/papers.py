"""Forms of papers and placements; all that they offer belongs to one group."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.html import format_html

from groups.forms.choices import offer
from groups.forms.constraints import ConstraintForm
from groups.models import Group, User
from groups.validators import validate_one_line
from papers.formats.core import identifiers
from papers.formats.core.reading_list.details import DETAILS, DetailPlace, names_where
from papers.formats.core.reading_list.kinds import KINDS
from papers.matching.finder import Finder
from papers.models import Paper, Placement, Topic
from papers.notifications import telling

FIRST = names_where(lambda one: one.place == DetailPlace.HEAD)
# Seldom filled in by hand.
MORE = names_where(lambda one: one.place in (DetailPlace.METADATA, DetailPlace.FORM))
THERE = 'This paper is already on the list. See <a href="{}"><bdi>{}</bdi></a>.'


class PaperForm(ConstraintForm[Paper]):
    """`version` is the one that was opened; a new paper has none."""

    given: tuple[str, ...] = ("group", "identity", "set_aside_at")

    # The paper on the list that the new one is found to be when it is added.
    there: Paper | None = None

    url = forms.URLField(label="Link", required=False, max_length=2000, assume_scheme="https")
    # Longer than their columns, since a URL that contains the ID may be written.
    pmid = forms.CharField(label=DETAILS["pmid"].label, required=False, max_length=300)
    openalex = forms.CharField(label=DETAILS["openalex"].label, required=False, max_length=300)
    semantic_scholar = forms.CharField(
        label=DETAILS["semantic_scholar"].label, required=False, max_length=300
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_topic = forms.CharField(
        label="Or a new topic",
        required=False,
        max_length=200,
        validators=[validate_one_line],
        help_text="It is added at the end of the list.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Paper
        fields = [*FIRST, *MORE]
        widgets = {"abstract": forms.Textarea(attrs={"rows": 5})}
        labels = {name: DETAILS[name].label for name in (*FIRST, *MORE)}
        help_texts = {name: DETAILS[name].help_text for name in (*FIRST, *MORE)}

    def __init__(self, group: Group, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group = group
        if not self.instance.pk:
            self.given = ("group",)  # whether it is on the list is looked up when it is added
        offer(self, "topics", Topic.objects.in_group(group).in_order())
        if self.instance.pk:
            self.initial["topics"] = self.instance.topics.all()
            self.initial["version"] = self.instance.version
        self.fields["kind"].choices = [("", "Not set"), *KINDS.items()]  # type: ignore[attr-defined]
        self.fields["year"].widget.attrs |= {"min": 1, "max": 2200}

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not 1 <= year <= 2200:
            raise ValidationError("This is not a year. Write it as 2024.")
        return year

    def clean_doi(self) -> str:
        written = self.cleaned_data["doi"]
        number = identifiers.doi(written) or identifiers.doi_of(written)
        if written and not number:
            raise ValidationError("This is not a DOI. One looks like 10.1000/182.")
        return number

    def clean_arxiv(self) -> str:
        written = self.cleaned_data["arxiv"]
        number = identifiers.arxiv(written) or identifiers.arxiv_of(written)
        if written and not number:
            raise ValidationError("This is not an arXiv ID. One looks like 1706.03762.")
        return number

    def clean_isbn(self) -> str:
        return self._number("isbn", identifiers.isbns, "an ISBN", "978-3-16-148410-0")

    def clean_issn(self) -> str:
        return self._number("issn", identifiers.issns, "an ISSN", "0378-5955")

    def clean_pmid(self) -> str:
        return self._number("pmid", identifiers.pmid, "a PMID", "12345678")

    def clean_openalex(self) -> str:
        return self._number("openalex", identifiers.openalex, "an OpenAlex ID", "W2741809807")

    def clean_semantic_scholar(self) -> str:
        example = "CorpusID:13756489 or has 40 letters and digits"
        return self._number(
            "semantic_scholar", identifiers.semantic_scholar, "a Semantic Scholar ID", example
        )

    def _number(self, name: str, read: Callable[[str], str], what: str, example: str) -> str:
        """Return the ID that was written, or the one in the URL that was."""
        written = self.cleaned_data[name]
        read_address = getattr(identifiers, f"{name}_of", read)
        number = read(written) or read_address(written)
        if written and not number:
            raise ValidationError(f"This is not {what}. One looks like {example}.")
        return number

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in MORE]

    @property
    def more_is_wrong(self) -> bool:
        return any(name in self.errors for name in MORE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("topics") and not cleaned.get("new_topic"):
            self.add_error("topics", "Choose a topic, or name a new one.")
        if self.there:
            address = self.there.get_absolute_url()
            self.add_error(None, format_html(THERE, address, self.there.title))
        return cleaned

    def _find(self) -> Paper | None:
        """Return the other paper on the list that this one is or becomes, by the rule of imports.

        If it was the same as that one before the edit, the edit is not refused.
        """
        paper: Paper = self.instance
        before = Paper.all_objects.filter(pk=paper.pk).first() if paper.pk else None
        finder = Finder(paper.group, about=[paper, before] if before else [paper])
        found = finder.find(paper, but=paper)
        if found and before and found == finder.find(before, but=paper):
            return None
        return found

    @transaction.atomic
    def save_for(self, user: User) -> Paper:
        """Add the paper, or change it if no one else did.

        Raises Stale, or IntegrityError where the new one is on the list already.
        """
        paper: Paper = self.instance
        is_new = paper.pk is None
        paper.group.lock()
        self.there = self._find()
        if self.there:
            raise IntegrityError("The paper is on the list already.")
        if paper.pk:
            changes = {name: self.cleaned_data[name] for name in self._meta.fields or []}
            changes |= paper.keys()
            changes["filled"] = paper.filled_but(self.changed_data)
            paper.revise(self.cleaned_data["version"] or 0, **changes)
        else:
            paper.added_by = user
            paper.save()
        paper.place_exactly_under([*self.cleaned_data["topics"], *self._new_topic()])
        if is_new:
            telling.papers_added([paper], user)
        return paper

    def _new_topic(self) -> list[Topic]:
        name = self.cleaned_data["new_topic"]
        if not name:
            return []
        topics = Topic.objects.in_group(self.instance.group)
        return [topics.named(name).first() or topics.add(self.instance.group, name)]


class PlacementForm(forms.Form):
    """The topic and position of a paper. Sending the form twice changes nothing more."""

    topic = forms.ModelChoiceField(Topic.objects.none(), empty_label=None)
    place = forms.IntegerField(
        label="Position",
        min_value=1,
        max_value=10_000,
        help_text="1 is the first paper under the topic.",
    )

    def __init__(self, placement: Placement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", Topic.objects.in_group(placement.topic.group).in_order())
        self.initial = {"topic": placement.topic_id, "place": placement.place}
