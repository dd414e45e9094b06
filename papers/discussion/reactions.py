"""The reactions to comments, as a page shows them."""

from collections import defaultdict
from collections.abc import Iterable

from groups.models import User
from papers.discussion import queries
from papers.models import Comment, Reaction, ReactionName
from papers.models.discussion import ReactionCount

_ORDER = {name: place for place, name in enumerate(ReactionName.values)}


def show_reactions(comments: Iterable[Comment], user: User | None) -> None:
    """Let each comment have its reactions, asked for all of them at once."""
    shown = {comment.pk: comment for comment in comments if comment.deleted_at is None}
    if not shown:
        return
    if user:
        rows = queries.REACTIONS.fetch(user=user, keys=shown)
    else:
        rows = queries.REACTIONS_FOR_ALL.fetch(keys=shown)
    found: dict[int, list[ReactionCount]] = defaultdict(list)
    for comment, name, count, is_own in rows:
        found[comment].append(ReactionCount(name, count, bool(is_own)))
    for pk, counts in found.items():
        shown[pk].reacted = sorted(counts, key=lambda one: _ORDER[one.name])


def offer_reactions(comment: Comment) -> None:
    """Let a comment have all reactions, those that no one gave, too."""
    counts = {one.name: one for one in comment.reacted}
    comment.reacted = [
        counts.get(name, ReactionCount(name, 0, is_own=False)) for name in ReactionName.values
    ]


def people_by_reaction(comment: Comment) -> list[tuple[str, list[User]]]:
    """Return who gave each reaction, by its label; those that no one gave are left out."""
    people: dict[str, list[User]] = defaultdict(list)
    for reaction in Reaction.objects.to_comments([comment.pk]).with_people():
        people[reaction.name].append(reaction.user)
    return [(name.label, people[name]) for name in ReactionName if people[name]]
