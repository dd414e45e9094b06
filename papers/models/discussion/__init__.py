"""The discussion of a group: threads, their comments, and how much each member has seen."""

from papers.models.discussion.comments import (
    COMMENT_LIMIT,
    Comment,
    CommentQuerySet,
    size_on_page,
    where_it_is,
)
from papers.models.discussion.counting import MOST_COUNTED, counted_to_99, counted_up
from papers.models.discussion.drafts import DiscussionDraft, DraftKind
from papers.models.discussion.earlier_versions import EarlierVersion
from papers.models.discussion.kinds import THREAD_KINDS, ThreadKind
from papers.models.discussion.reactions import Reaction, ReactionCount, ReactionName
from papers.models.discussion.thread_queries import ThreadQuerySet
from papers.models.discussion.threads import Thread, ThreadClosed
from papers.models.discussion.visits import SeenComments, Visit

__all__ = [
    "COMMENT_LIMIT",
    "MOST_COUNTED",
    "THREAD_KINDS",
    "Comment",
    "CommentQuerySet",
    "DiscussionDraft",
    "DraftKind",
    "EarlierVersion",
    "Reaction",
    "ReactionCount",
    "ReactionName",
    "SeenComments",
    "Thread",
    "ThreadClosed",
    "ThreadKind",
    "ThreadQuerySet",
    "Visit",
    "counted_to_99",
    "counted_up",
    "size_on_page",
    "where_it_is",
]
