"""Papers, once each on a group's list, and their places under its topics."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from groups.models import Group, User
from groups.models.versions import VersionedModel
from groups.validators import validate_one_line
from papers.formats.core.identifiers import doi_address
from papers.formats.core.identity import identity, page_key, title_key, told_apart
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.details import DETAILS, names_where
from papers.formats.core.reading_list.kinds import KINDS
from papers.models.discussion import Thread
from papers.models.paper_queries import OnListManager, PaperQuerySet
from papers.models.reading_statuses import Reader, ReadingStatus, Status
from papers.models.topics import Topic
from papers.providers.asking import PROVIDERS

if TYPE_CHECKING:
    from papers.models.placements import Placement

# What links to these sites are called.
SITES = {
    "arxiv.org": "arXiv",
    "doi.org": "doi",
    "openreview.net": "OpenReview",
    "pubmed.ncbi.nlm.nih.gov": "PubMed",
    "github.com": "GitHub",
}
SOME_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# What a line of a list in Markdown says.
ON_A_LINE = names_where(lambda one: one.is_on_a_line)
SET_ASIDE = "Someone removed or merged this paper at the same moment."


def some_day(text: str) -> None:
    """Refuse what is no year, month or day as 2021, 2021-04 or 2021-04-21."""
    if not SOME_DAY.fullmatch(text):
        raise ValidationError("Write it as 2021-04-21 or 2021-04.", code="day")


class Paper(VersionedModel):
    """One work on a group's list. Authors and venue are kept as they were written."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="papers")
    title = models.CharField(max_length=500, validators=[validate_one_line])
    authors = models.CharField(max_length=2000, blank=True, validators=[validate_one_line])
    venue = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField("link", max_length=2000, blank=True)
    doi = models.CharField("DOI", max_length=300, blank=True)
    arxiv = models.CharField("arXiv ID", max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True, choices=KINDS)
    editors = models.CharField(max_length=2000, blank=True, validators=[validate_one_line])
    volume = models.CharField(max_length=60, blank=True, validators=[validate_one_line])
    issue = models.CharField(max_length=60, blank=True, validators=[validate_one_line])
    pages = models.CharField(max_length=100, blank=True, validators=[validate_one_line])
    publisher = models.CharField(max_length=300, blank=True, validators=[validate_one_line])
    published = models.CharField(max_length=10, blank=True, validators=[some_day])
    isbn = models.CharField("ISBN", max_length=60, blank=True)
    issn = models.CharField("ISSN", max_length=60, blank=True)
    pmid = models.CharField("PMID", max_length=12, blank=True)
    openalex = models.CharField("OpenAlex ID", max_length=20, blank=True)
    semantic_scholar = models.CharField("Semantic Scholar ID", max_length=40, blank=True)
    language = models.CharField(max_length=60, blank=True, validators=[validate_one_line])
    keywords = models.CharField(max_length=2000, blank=True, validators=[validate_one_line])
    abstract = models.TextField(max_length=20_000, blank=True)
    citation_key = models.CharField(max_length=200, blank=True, validators=[validate_one_line])
    further = models.JSONField(
        default=list, blank=True, help_text="What else a record says: pairs of a name and a text."
    )
    identity = models.CharField(max_length=255, editable=False)
    # What else it is found by: see `keys`.
    title_key = models.CharField(max_length=255, blank=True, default="", editable=False)
    page_key = models.CharField(max_length=255, blank=True, default="", editable=False)
    imported_key = models.CharField(max_length=255, blank=True, default="", editable=False)
    imported = models.JSONField(
        default=dict,
        editable=False,
        help_text="What the imported list said of it, with the title as written as `original`.",
    )
    filled = models.JSONField(
        default=dict,
        editable=False,
        help_text="Which details a look-up filled in: the provider's name by the detail's.",
    )
    # When it was set aside, and why: an import took it off the list, or it was merged into another
    # paper. Until then all three are None.
    set_aside_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        "ListImport", models.CASCADE, null=True, editable=False, related_name="removed_papers"
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="merged_papers"
    )
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="papers_added")
    added_at = models.DateTimeField(auto_now_add=True)
    topics = models.ManyToManyField(Topic, through="Placement", related_name="papers")

    objects = OnListManager()
    # With those that were set aside: for what undoes that, and for what leads to the survivor.
    all_objects = PaperQuerySet.as_manager()

    status: str
    comment_count: int
    new_comment_count: int
    reader_count: int
    readers: list[Reader]

    class Meta:
        indexes = [
            models.Index(fields=["identity", "group"], name="papers_by_identity"),
            models.Index(fields=["title_key", "group"], name="papers_by_title"),
            models.Index(fields=["page_key", "group"], name="papers_by_page"),
            models.Index(fields=["imported_key", "group"], name="papers_by_imported_title"),
            models.Index(fields=["arxiv", "group"], name="papers_by_arxiv"),
            models.Index(fields=["pmid", "group"], name="papers_by_pmid"),
            models.Index(fields=["openalex", "group"], name="papers_by_openalex"),
            models.Index(fields=["semantic_scholar", "group"], name="papers_by_scholar"),
            models.Index(fields=["group", "isbn"], name="papers_by_isbn"),
            models.Index(fields=["group"], condition=Q(set_aside_at=None), name="papers_on_a_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "identity"],
                condition=Q(set_aside_at=None),
                name="one_paper_per_identity_in_a_group",
                violation_error_message="This paper is already on the list.",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, removed_by=None, merged_into=None)
                | Q(set_aside_at__isnull=False)
                & (Q(removed_by__isnull=False) | Q(merged_into__isnull=False)),
                name="what_is_set_aside_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status_label(self) -> str:
        """The label of the annotated `status`."""
        return Status(self.status).label

    @property
    def is_set_aside(self) -> bool:
        return self.set_aside_at is not None

    def get_absolute_url(self) -> str:
        return reverse("papers:paper_detail", args=[self.group.slug, self.pk])

    def clean(self) -> None:
        self.take_keys()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_keys()
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Hold it and its threads first: what others hang on them at this moment comes too late."""
        Paper.all_objects.select_for_update().filter(pk=self.pk).first()
        list(self.threads.select_for_update())
        return super().delete(*args, **kwargs)

    @transaction.atomic
    def remove(self, by: User) -> bool:
        """Remove the paper from the list, with its statuses, assignments and threads.

        False where it was merged into another paper a moment ago, which has all of that now. It
        holds the group as everything does that changes several papers: an import, say, finds each
        paper as it compared it.
        """
        self.group.lock()
        held = Paper.all_objects.select_for_update().filter(pk=self.pk).first()
        if held and held.is_set_aside:
            return False
        _, gone = self.delete()
        if gone.get(Paper._meta.label):
            self.group.tell("deleted", by, what="paper", title=self.title)
        return True

    def made_identity(self) -> str:
        """Return its identity. One that is kept apart from another is identified by its line of
        the list as well, since both may be known by the same else."""
        if not self.title:
            return ""
        apart = self.imported.get("apart")
        return told_apart(identity(self), apart) if apart else identity(self)

    def keys(self) -> dict[str, str]:
        """Return its identity and search keys by the names of their columns.

        They follow from what is said of it, so whatever writes that writes them. `identity` is
        only one paper's of a group; several may share the others.
        """
        key = title_key(self.title)
        came = title_key(self.imported.get("title", ""))
        return {
            "identity": self.made_identity(),
            "title_key": key,
            "page_key": page_key(self.url),
            "imported_key": came if came != key else "",
        }

    def take_keys(self) -> None:
        for name, key in self.keys().items():
            setattr(self, name, key)

    def amend(self, **changes: Any) -> None:
        """Write changes that come from no form, such as those of a list. The caller holds the
        group. Where the paper would become one that is there already, nothing is written."""
        before, known_by = {name: getattr(self, name) for name in changes}, self.identity
        for name, value in changes.items():
            setattr(self, name, value)
        self.take_keys()
        others = Paper.objects.in_group(self.group).exclude(pk=self.pk)
        is_another = self.identity != known_by
        if is_another and others.filter(identity=self.identity).exists():
            for name, value in before.items():
                setattr(self, name, value)
            self.take_keys()
            return
        self.revise(self.version, **changes, **self.keys())

    @property
    def digest(self) -> str:
        """Tells whether what a line of a list says of it was edited; look-ups are no edit."""
        return self.digest_with({})

    def digest_with(self, values: Mapping[str, Any]) -> str:
        """Return the digest that the paper would have with these values."""
        typed = {name: getattr(self, name) for name in ON_A_LINE if name not in self.filled}
        said = [values.get(name) or typed.get(name) for name in ON_A_LINE]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def fill(self, provider: str, **changes: Any) -> None:
        """Take over what a provider knows, and note that it was that one; raises Stale."""
        filled = copy(self)
        for name, value in changes.items():
            setattr(filled, name, value)
        sources = self.filled | dict.fromkeys(changes, provider)
        self.revise(self.version, **changes, **filled.keys(), filled=sources)

    def filled_but(self, names: Iterable[str]) -> dict[str, str]:
        """Return the details filled in by look-ups, without those that were edited since."""
        theirs = set(names)
        return {name: by for name, by in self.filled.items() if name not in theirs}

    @property
    def sources(self) -> dict[str, list[str]]:
        """Return the names of the details that were filled in, by the provider that knew them."""
        by_provider: dict[str, list[str]] = {}
        for name in DETAILS:
            if by := PROVIDERS.get(self.filled.get(name, "")):
                by_provider.setdefault(by.label, []).append(detail_name(name))
        return by_provider

    @property
    def as_imported(self) -> Entry | None:
        """Return what the imported list said of it; empty for a paper added by hand."""
        if not self.imported.get("title"):
            return None
        said = {name: value for name, value in self.imported.items() if name in DETAILS}
        said["further"] = tuple(map(tuple, said.get("further", [])))
        return Entry(**said)

    @property
    def source(self) -> str:
        """The venue and the year, as far as they are known."""
        return " ".join(filter(None, [self.venue, str(self.year or "")]))

    @property
    def links(self) -> list[tuple[str, str]]:
        """The label and address of each place where the paper can be read."""
        links = [(link_label(self.url), self.url)] if self.url else []
        if self.arxiv and "arxiv.org" not in self.url:
            links.append(("arXiv", f"https://arxiv.org/abs/{self.arxiv}"))
        if self.doi and "doi.org" not in self.url:
            links.append(("doi", doi_address(self.doi)))
        return links or self._links_to_indexes

    @property
    def _links_to_indexes(self) -> list[tuple[str, str]]:
        """Links by its other IDs, for a paper without any link of its own."""
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

    def set_status(self, reader: User, status: str) -> ReadingStatus:
        """Set the reader's status, see `PaperQuerySet.set_status`; return it.

        Raises IntegrityError where the paper has just been set aside.
        """
        if not Paper.objects.set_status(self.pk, reader, status):
            raise IntegrityError(SET_ASIDE)
        return ReadingStatus.objects.get(paper=self, user=reader)

    @transaction.atomic
    def place_under(self, topic: Topic, place: int | None = None) -> "Placement":
        """Place it under the topic as the `place`th paper (from 1) or the last; idempotent."""
        self.group.lock()
        placement, _ = self.placements.get_or_create(
            topic=topic, defaults={"position": topic.placements.count()}
        )
        if place is not None:
            placement.arrange(place)
        return placement

    @transaction.atomic
    def place_exactly_under(self, topics: Sequence[Topic]) -> None:
        """Place it under exactly these topics, keeping its position where it has one."""
        self.placements.exclude(topic__in=topics).delete()
        for topic in topics:
            self.place_under(topic)

    @transaction.atomic
    def start_thread(
        self,
        author: User,
        *,
        title: str,
        source: str,
        html: str | None = None,
        **words: Any,
    ) -> Thread:
        """Start one with its first comment; `html` is as in `Thread.reply`."""
        self.hold()
        return Thread.objects.start(
            self.group, author, title=title, source=source, html=html, paper=self, **words
        )

    def hold(self) -> None:
        """Lock it against being set aside until the transaction ends.

        Raises IntegrityError where it has just been. The database itself would tell
        of a paper that is gone, and not of one that is set aside.
        """
        here = Paper.objects.filter(pk=self.pk)
        if not here.select_for_update(no_key=True).values_list("pk").first():
            raise IntegrityError(SET_ASIDE)


def link_label(url: str) -> str:
    """Return what to call a link: by the site where it leads, or else by the kind of file."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for site, label in SITES.items():
        if host == site or host.endswith(f".{site}"):
            return label
    return "pdf" if url.lower().endswith(".pdf") else "link"


def detail_name(detail: str) -> str:
    """Return the name of a detail within a sentence; proper names keep their capitals."""
    label = DETAILS[detail].label
    return label if label[1:] != label[1:].lower() else label.lower()


def detail_label(detail: str) -> str:
    """Return the label of a detail."""
    return DETAILS[detail].label
