"""Everything that happens in the room. Each row has one way up to its group."""

from groups.models.versions import Stale
from papers.models.assignments import Assignment, SlotTaken
from papers.models.discussion import (
    Comment,
    DiscussionDraft,
    DraftKind,
    EarlierVersion,
    Reaction,
    ReactionName,
    Thread,
    ThreadClosed,
    ThreadKind,
    Visit,
)
from papers.models.follows import Follow, Level
from papers.models.imports import ListImport
from papers.models.lookups import Lookup
from papers.models.mentions import Mention, PaperMention
from papers.models.merges import MergeRefused, PaperMerge
from papers.models.not_duplicates import NotDuplicate
from papers.models.notifications import (
    EmailChoice,
    Frequency,
    Notification,
    NotificationSettings,
    Reason,
)
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.provider_responses import ProviderResponse, ProviderSlot
from papers.models.reading_statuses import ReadingStatus
from papers.models.topics import Topic

__all__ = [
    "Assignment",
    "Comment",
    "DiscussionDraft",
    "DraftKind",
    "EarlierVersion",
    "EmailChoice",
    "Follow",
    "Frequency",
    "Level",
    "ListImport",
    "Lookup",
    "Mention",
    "MergeRefused",
    "NotDuplicate",
    "Notification",
    "NotificationSettings",
    "Paper",
    "PaperMention",
    "PaperMerge",
    "Placement",
    "ProviderResponse",
    "ProviderSlot",
    "Reaction",
    "ReactionName",
    "ReadingStatus",
    "Reason",
    "SlotTaken",
    "Stale",
    "Thread",
    "ThreadClosed",
    "ThreadKind",
    "Topic",
    "Visit",
]
