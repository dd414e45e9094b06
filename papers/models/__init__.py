"""Everything that happens in the room. Each row has one way up to its group."""

from papers.models.answers import Answer, Turn
from papers.models.assignments import Assignment, SlotTaken
from papers.models.discussion import Comment, Thread, Visit
from papers.models.distinctions import Distinction
from papers.models.imports import ListImport
from papers.models.lookups import Lookup
from papers.models.merges import MergeRefused, PaperMerge
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading import ReadingStatus
from papers.models.topics import Topic
from papers.models.versions import Stale

__all__ = [
    "Answer",
    "Assignment",
    "Comment",
    "Distinction",
    "ListImport",
    "Lookup",
    "MergeRefused",
    "Paper",
    "PaperMerge",
    "Placement",
    "ReadingStatus",
    "SlotTaken",
    "Stale",
    "Thread",
    "Topic",
    "Turn",
    "Visit",
]
