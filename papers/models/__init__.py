"""Everything that happens in the room. Each row has one way up to its group."""

from groups.models.versions import Stale
from papers.models.assignments import Assignment, SlotTaken
from papers.models.discussion import Comment, Thread, Visit
from papers.models.imports import ListImport
from papers.models.lookups import Lookup
from papers.models.merges import MergeRefused, PaperMerge
from papers.models.not_duplicates import Distinction
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.provider_responses import Answer, Turn
from papers.models.reading_statuses import ReadingStatus
from papers.models.topics import Topic

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
