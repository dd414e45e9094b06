"""The queries of a thread: their SQL is made once."""

from groups.models.prepared import Prepared
from papers.discussion.comment_tree import Place, as_read
from papers.models import Comment, DiscussionDraft, Reaction, Thread

THREADS = Prepared(
    lambda member, keys: (
        Thread.objects.in_group(member.group)
        .filter(pk__in=keys)
        .with_comment_counts_for(member)
        .with_place()
    )
)
# Of threads that the reader may see.
THREAD_LINES = Prepared(
    lambda member, keys: (
        Thread.objects.filter(pk__in=keys)
        .with_news_counts_for(member)
        .with_last_author()
        .with_place()
    )
)
COMMENTS = Prepared(lambda keys: Comment.objects.filter(pk__in=keys).for_reading())
COMMENTS_OF_THREADS = Prepared(lambda keys: Comment.objects.filter(thread__in=keys).for_reading())
REACTIONS = Prepared(lambda user, keys: Reaction.objects.to_comments(keys).counted_for(user))
REACTIONS_FOR_ALL = Prepared(lambda keys: Reaction.objects.to_comments(keys).counted_for(None))
DRAFTS = Prepared(lambda user, keys: DiscussionDraft.objects.of(user).filter(target__in=keys))
OUTLINES = Prepared(lambda keys: Comment.objects.filter(thread__in=keys).outline())


def outline_of(thread: Thread) -> list[Place]:
    """Return all comments of a thread without their texts, as they are read."""
    return as_read(Place(*values) for values in OUTLINES.fetch(keys=[thread.pk]))
