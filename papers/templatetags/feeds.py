"""The link by which programs find the feed of a page."""

from django import template

from groups.models import Membership
from papers.feeds.addresses import masked_feed_path
from papers.models import Paper, Thread

register = template.Library()


@register.simple_tag
def feed_of(
    membership: Membership, paper: Paper | None = None, thread: Thread | None = None
) -> str:
    """Return the path of the member's feed of a thread, a paper, or else of the group."""
    if thread:
        return masked_feed_path(membership, thread=thread.pk)
    return masked_feed_path(membership, paper=paper.pk if paper else 0)
