"""Papers, once each on a group's list, and their places under its topics."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Membership, User
from groups.text import one_line
from papers.formats.identity import identity
from papers.formats.kinds import KINDS
from papers.formats.reading_list import DETAILS, Entry
from papers.lookup.asking import PROVIDERS
from papers.models.assignments import Assignment
from papers.models.discussion import Comment, Thread
from papers.models.reading import ReadingStatus, State
from papers.models.topics import Topic
from papers.models.versions import VersionedModel

if TYPE_CHECKING:
    from papers.models.placements import Placement

READERS_SHOWN = 3
SOME_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# What a line of a list in Markdown says.
ON_A_LINE = ("title", "authors", "venue", "year", "url", "doi", "arxiv")
# What a reader looks for first; a preprint has no venue.
LACKING = Q(authors="") | Q(year=None) | Q(venue="", arxiv="")
# What is long, and no row shows.
NOT_IN_LISTS = ("abstract", "keywords", "further", "imported", "filled")


class PaperQuerySet(models.QuerySet["Paper"]):
    # Narrowing

    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def known_in(self, group: Group) -> Self:
        """Those of its list, and those that were merged into one of them."""
        known = Q(group=group) | Q(merged_into__group=group)
        return self.filter(known).order_by("pk")

    def for_finding(self) -> Self:
        """Without what is long and tells no paper from another."""
        return self.defer("abstract", "keywords", "further")

    def merged_in(self, group: Group) -> Self:
        """Bring along `merged_into`, the paper of the group that each became part of."""
        return self.filter(merged_into__group=group).select_related("merged_into__group")

    def on_lists(self) -> Self:
        """None that is put aside."""
        return self.filter(group__isnull=False)

    def being_read_by(self, user: User) -> Self:
        """What the person is reading in the groups they are in, the latest begun first.

        Marks are joined once, by their index: a database that does not know yet how many there are
        would otherwise go through all of them for each paper.
        """
        mine = Q(statuses__user=user, statuses__state=State.READING)
        return (
            self.filter(mine, group__memberships__user=user)
            .annotate(since=F("statuses__marked_at"))
            .select_related("group")
            .order_by("-since")
        )

    def shown(self, show: str, membership: Membership) -> Self:
        """Those that a filter of the list page keeps: a state, or what is assigned to me."""
        if show == "assigned":
            return self.filter(
                Exists(Assignment.objects.held_by(membership).of_paper(OuterRef("pk")))
            )
        if show in State.values:
            return self.with_state_of(membership.user).filter(state=show)
        return self

    def in_use(self) -> Self:
        """Those that somebody has marked, has a part for or talks about."""
        marked = Exists(ReadingStatus.objects.of_paper(OuterRef("pk")))
        assigned = Exists(Assignment.objects.of_paper(OuterRef("pk")))
        return self.filter(marked | assigned | Exists(Thread.objects.filter(paper=OuterRef("pk"))))

    def with_any_of(self, entries: Iterable[Entry]) -> Self:
        """Those that may be one of the works, by a number or by the address."""
        wanted = Q(pk__in=[])
        for name in ("doi", "arxiv", "pmid", "openalex", "semantic_scholar", "url"):
            said = {getattr(entry, name) for entry in entries} - {""}
            wanted |= Q(**{f"{name}__in": said}) if said else Q()
        for isbn in {entry.isbn for entry in entries} - {""}:
            wanted |= Q(isbn__contains=isbn)
        return self.filter(wanted).order_by("pk")

    def that_may_be(self, paper: "Paper") -> Self:
        """Others of its list that are worth a look at whether they are the same.

        Few, and found quickly: by a number, or by how the title begins or ends. Whoever was told
        apart from it is not among them.
        """
        same = Q(title__istartswith=paper.title[:12]) | Q(title__iendswith=paper.title[-12:])
        for name in ("pmid", "openalex"):
            if number := getattr(paper, name):
                same |= Q(**{name: number})
        return (
            self.filter(same, group=paper.group_id)
            .exclude(pk=paper.pk)
            .exclude(told_from_later__second=paper)
            .exclude(told_from_earlier__first=paper)
            .defer(*NOT_IN_LISTS)
            .order_by("pk")
        )

    def to_look_up(self) -> Self:
        """Those that lack something or of which something was found, the latter first."""
        is_open = Q(lookup__state__in=["waiting", "proposed"])
        found_first = Case(When(lookup__state="proposed", then=0), default=1)
        return self.filter(LACKING | is_open).with_lookup().order_by(found_first, "pk")

    def not_asked_about(self) -> Self:
        """Those that lack something, and nobody asked yet or nobody answered."""
        return self.filter(LACKING, Q(lookup=None) | Q(lookup__state="failed")).order_by("pk")

    # Bringing along

    def with_lookup(self) -> Self:
        return self.select_related("lookup").defer("imported")

    def with_state_of(self, user: User | None) -> Self:
        """Bring along `state`, the person's own mark."""
        return self.alias(
            mine=FilteredRelation("statuses", condition=Q(statuses__user=user))
        ).annotate(state=Coalesce(F("mine__state"), Value(State.TO_READ.value)))

    def with_talk_for(self, membership: Membership) -> Self:
        """Bring along `comment_count`, and how many of them are new to the member."""
        comments = Comment.objects.standing().filter(thread__paper=OuterRef("pk"))
        return self.annotate(
            comment_count=comments.counted("thread__paper"),
            new_comment_count=comments.new_to(membership).counted("thread__paper"),
        )

    def with_readers_in(self, group: Group) -> Self:
        """Bring along `reader_count`, and the last few who show that they read it as `read_by`."""
        named = ReadingStatus.objects.read().shown_by_name(group)
        return self.with_reader_count(group).prefetch_related(
            Prefetch("statuses", named.with_people()[:READERS_SHOWN], to_attr="read_by")
        )

    def with_reader_count(self, group: Group) -> Self:
        """Bring along `reader_count`: how many members have read it, as far as members may know."""
        read = ReadingStatus.objects.read().counted_in(group)
        return self.annotate(reader_count=read.counted_per_paper())

    def for_list(self, membership: Membership) -> Self:
        """All that a row of the list shows, but for the assignments."""
        return (
            self.with_state_of(membership.user)
            .with_talk_for(membership)
            .with_readers_in(membership.group)
            .defer(*NOT_IN_LISTS)
        )

    def for_guests(self, group: Group) -> Self:
        """Bring along what guests see of each: `reader_count`, and `comment_count` if they may.

        No names, and no number that tells one.
        """
        read = ReadingStatus.objects.read().counted_outside(group)
        comments = Comment.objects.standing().filter(thread__paper=OuterRef("pk"))
        return self.in_group(group).annotate(
            reader_count=read.counted_per_paper(),
            comment_count=comments.counted("thread__paper")
            if group.shows_threads
            else Value(None, models.IntegerField()),
        )

    def for_side_by_side(self, membership: Membership) -> Self:
        """What the page of two papers shows of each."""
        return (
            self.with_state_of(membership.user)
            .with_talk_for(membership)
            .with_reader_count(membership.group)
            .prefetch_related("placements__topic", "assignments")
            .select_related("added_by")
        )

    def for_comparing(self) -> list["Paper"]:
        """What tells one paper from another, the oldest first."""
        told = ("title", "authors", "venue", "year", "volume", "isbn", "doi", "arxiv")
        return list(self.only(*told, "pmid", "openalex", "identity", "group").order_by("pk"))

    # Asking

    def identities_among(self, wanted: Iterable[str]) -> set[str]:
        """Which of these a paper has already."""
        return set(self.filter(identity__in=wanted).values_list("identity", flat=True))

    def progress_of(self, user: User) -> dict[int, Any]:
        """By group: how many papers there are, and how many the person has read and is reading."""
        rows = (
            self.filter(group__memberships__user=user)
            .with_state_of(user)
            .values("group")
            .annotate(
                paper_count=Count("pk"),
                read_count=Count("pk", filter=Q(state=State.READ)),
                reading_count=Count("pk", filter=Q(state=State.READING)),
            )
        )
        return {row["group"]: row for row in rows}

    def counts_for(self, membership: Membership) -> dict[str, int]:
        """How many papers there are, in each state, assigned to the member and read by anybody."""
        read_by_any = ReadingStatus.objects.read().counted_in(membership.group)
        assigned = Assignment.objects.held_by(membership)
        states = {state: Count("pk", filter=Q(state=state)) for state in State.values}
        return self.with_state_of(membership.user).aggregate(
            **states,
            papers=Count("pk"),
            group_read=Count("pk", filter=Exists(read_by_any.of_paper(OuterRef("pk")))),
            assigned=Count("pk", filter=Exists(assigned.of_paper(OuterRef("pk")))),
        )


def some_day(text: str) -> None:
    """Refuse what is no year, month or day as 2021, 2021-04 or 2021-04-21."""
    if not SOME_DAY.fullmatch(text):
        raise ValidationError("Write it as 2021-04-21 or 2021-04.", code="day")


class Paper(VersionedModel):
    """One work on a group's list. Authors and venue stand as they were written."""

    # None only while it is put aside: then nobody reaches it but whoever takes that back.
    group: models.ForeignKey[Group, Group] = models.ForeignKey(  # type: ignore[misc]
        Group, models.CASCADE, null=True, related_name="papers"
    )
    title = models.CharField(max_length=500, validators=[one_line])
    authors = models.CharField(max_length=2000, blank=True, validators=[one_line])
    venue = models.CharField(max_length=300, blank=True, validators=[one_line])
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField("link", max_length=2000, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    arxiv = models.CharField("arXiv number", max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True, choices=KINDS)
    editors = models.CharField(max_length=2000, blank=True, validators=[one_line])
    volume = models.CharField(max_length=60, blank=True, validators=[one_line])
    issue = models.CharField(max_length=60, blank=True, validators=[one_line])
    pages = models.CharField(max_length=100, blank=True, validators=[one_line])
    publisher = models.CharField(max_length=300, blank=True, validators=[one_line])
    published = models.CharField(max_length=10, blank=True, validators=[some_day])
    isbn = models.CharField("ISBN", max_length=60, blank=True)
    issn = models.CharField("ISSN", max_length=60, blank=True)
    pmid = models.CharField("PubMed number", max_length=12, blank=True)
    openalex = models.CharField("OpenAlex number", max_length=20, blank=True)
    semantic_scholar = models.CharField("Semantic Scholar number", max_length=40, blank=True)
    language = models.CharField(max_length=60, blank=True, validators=[one_line])
    keywords = models.CharField(max_length=2000, blank=True, validators=[one_line])
    abstract = models.TextField(max_length=20_000, blank=True)
    citation_key = models.CharField(max_length=200, blank=True, validators=[one_line])
    further = models.JSONField(
        default=list, blank=True, help_text="What else a record says: pairs of a name and a text."
    )
    identity = models.CharField(max_length=255, editable=False)
    imported = models.JSONField(
        default=dict,
        editable=False,
        help_text="What the imported list said of it, the title as it stood there as `original`.",
    )
    filled = models.JSONField(
        default=dict,
        editable=False,
        help_text="Which details a look-up filled in: the provider's name by the detail's.",
    )
    # Why it is put aside: an import took it off the list, or it turned out to be another paper.
    removed_by = models.ForeignKey(
        "ListImport", models.CASCADE, null=True, editable=False, related_name="removed_papers"
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="merged_papers"
    )
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="papers_added")
    added_at = models.DateTimeField(auto_now_add=True)
    topics = models.ManyToManyField(Topic, through="Placement", related_name="papers")

    objects = PaperQuerySet.as_manager()

    state: str
    comment_count: int
    new_comment_count: int
    reader_count: int
    read_by: list[ReadingStatus]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "identity"],
                name="one_paper_per_identity_in_a_group",
                violation_error_message="This paper is already on the list.",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=False)
                | Q(removed_by__isnull=False)
                | Q(merged_into__isnull=False),
                name="a_paper_is_on_a_list_or_put_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        """The person's own mark in words, where it was brought along."""
        return State(self.state).label

    def get_absolute_url(self) -> str:
        return reverse("papers:paper_detail", args=[self.group.slug, self.pk])

    def clean(self) -> None:
        self.identity = self.made_identity()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.identity = self.made_identity()
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Hold it and its threads first: what others hang on them at this moment comes too late."""
        Paper.objects.select_for_update().filter(pk=self.pk).first()
        list(self.threads.select_for_update())
        return super().delete(*args, **kwargs)

    @transaction.atomic
    def remove(self, by: User) -> bool:
        """Take it off the list, with everybody's marks on it and all talk about it.

        False where it was merged into another paper a moment ago, which has all of that now.
        """
        held = Paper.objects.select_for_update().filter(pk=self.pk).first()
        if held and held.group_id is None:
            return False
        _, gone = self.delete()
        if gone.get(Paper._meta.label):
            self.group.tell("deleted", by, what="paper", title=self.title)
        return True

    def made_identity(self) -> str:
        return identity(self) if self.title else ""

    @transaction.atomic
    def put_back_in(self, group: Group) -> bool:
        """Stand on the group's list again; False where another paper is known by the same there."""
        if Paper.objects.in_group(group).filter(identity=self.identity).exists():
            return False
        Paper.objects.filter(pk=self.pk).update(group=group, removed_by=None, merged_into=None)
        self.group, self.removed_by, self.merged_into = group, None, None
        return True

    def amend(self, **changes: Any) -> None:
        """Write changes that nobody made in a form, such as those of a list. The caller holds the
        group. Where the paper would become one that is there already, nothing is written."""
        before = {name: getattr(self, name) for name in changes}
        for name, value in changes.items():
            setattr(self, name, value)
        self.identity = self.made_identity()
        others = Paper.objects.in_group(self.group).exclude(pk=self.pk)
        if others.filter(identity=self.identity).exists():
            for name, value in before.items():
                setattr(self, name, value)
            self.identity = self.made_identity()
            return
        self.revise(self.version, **changes, identity=self.identity)

    @property
    def digest(self) -> str:
        """Tells whether what a line of a list says of it was edited; look-ups are no edit."""
        return self.digest_with({})

    def digest_with(self, told: Mapping[str, Any]) -> str:
        """The digest that it would have if it said what is told."""
        typed = {name: getattr(self, name) for name in ON_A_LINE if name not in self.filled}
        said = [told.get(name) or typed.get(name) for name in ON_A_LINE]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def fill(self, provider: str, **changes: Any) -> None:
        """Take over what a provider knows, and note that it was that one; raises Stale."""
        filled = copy(self)
        for name, value in changes.items():
            setattr(filled, name, value)
        changes["identity"] = filled.made_identity()
        changes["filled"] = self.filled | dict.fromkeys(changes.keys() - {"identity"}, provider)
        self.revise(self.version, **changes)

    def filled_but(self, names: Iterable[str]) -> dict[str, str]:
        """What was filled in, without what somebody changed: that is theirs from then on."""
        theirs = set(names)
        return {name: by for name, by in self.filled.items() if name not in theirs}

    @property
    def sources(self) -> dict[str, list[str]]:
        """Which details a look-up filled in, by the name of who knew them."""
        told: dict[str, list[str]] = {}
        for name in DETAILS:
            if by := PROVIDERS.get(self.filled.get(name, "")):
                label = str(getattr(Paper._meta.get_field(name), "verbose_name", name))
                told.setdefault(by.label, []).append(label)
        return told

    @property
    def as_imported(self) -> Entry | None:
        """What the imported list said of it, or nothing where somebody put it down by hand."""
        if not self.imported:
            return None
        said = {name: value for name, value in self.imported.items() if name in DETAILS}
        said["further"] = tuple(map(tuple, said.get("further", [])))
        return Entry(**said)

    @property
    def links(self) -> list[tuple[str, str]]:
        """What a reader can open: label and address."""
        links = [("link", self.url)] if self.url else []
        if self.url.lower().endswith(".pdf"):
            links = [("pdf", self.url)]
        if self.arxiv and "arxiv.org" not in self.url:
            links.append(("arXiv", f"https://arxiv.org/abs/{self.arxiv}"))
        if self.doi and "doi.org" not in self.url:
            links.append(("doi", f"https://doi.org/{self.doi}"))
        return links or self._links_to_indexes

    @property
    def _links_to_indexes(self) -> list[tuple[str, str]]:
        """Where its other numbers lead: of use where nothing leads to the paper itself."""
        scholar = self.semantic_scholar
        at_scholar = (
            "api.semanticscholar.org" if ":" in scholar else "www.semanticscholar.org/paper"
        )
        found = [
            ("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""),
            ("OpenAlex", f"https://openalex.org/{self.openalex}" if self.openalex else ""),
            ("Semantic Scholar", f"https://{at_scholar}/{scholar}" if scholar else ""),
            ("ISBN", f"https://openlibrary.org/isbn/{self.isbn.split()[0]}" if self.isbn else ""),
        ]
        return [(label, href) for label, href in found if href]

    @transaction.atomic
    def mark(self, reader: User, state: str) -> ReadingStatus:
        """Set the reader's own mark to a stated value. Doing it twice is doing it once.

        The moment of finishing is that of the first press that said *read*.
        """
        self.hold()
        marks = ReadingStatus.objects.filter(paper=self, user=reader)
        ReadingStatus.objects.bulk_create(
            [ReadingStatus(paper=self, user=reader)], ignore_conflicts=True
        )
        now = timezone.now()
        marks.exclude(state=state).update(
            state=state, marked_at=now, finished_at=now if state == State.READ else None
        )
        return marks.get()

    @transaction.atomic
    def place_under(self, topic: Topic, place: int | None = None) -> "Placement":
        """Stand as the `place`th paper (from 1) under the topic, or last; once only."""
        self.group.lock()
        placement, _ = self.placements.get_or_create(
            topic=topic, defaults={"position": topic.placements.count()}
        )
        if place is not None:
            placement.arrange(place)
        return placement

    @transaction.atomic
    def place_exactly_under(self, topics: Sequence[Topic]) -> None:
        """Stand under these topics and no others, keeping its place where it has one."""
        self.placements.exclude(topic__in=topics).delete()
        for topic in topics:
            self.place_under(topic)

    @transaction.atomic
    def start_thread(
        self, author: User, *, title: str, source: str, page: int | None = None, quotation: str = ""
    ) -> Thread:
        self.hold()
        thread = self.threads.create(author=author, title=title, page=page, quotation=quotation)
        thread.reply(author, source)
        return thread

    def hold(self) -> None:
        """Let nobody put it aside until the transaction ends: what hangs on it goes along then.

        Raises IntegrityError where somebody has just done so. The database would tell by itself
        of a paper that is gone, and not of one that is put aside.
        """
        here = Paper.objects.filter(pk=self.pk, group=self.group_id)
        if not here.select_for_update(no_key=True).values_list("pk").first():
            raise IntegrityError("The paper was put aside at the same moment.")
