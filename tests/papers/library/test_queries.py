"""Each query whose SQL is kept finds what Django finds when it makes it anew."""

import inspect
from datetime import timedelta
from itertools import chain

import pytest
from django.db.models import Model
from django.utils import timezone

from groups import access
from groups.models import Membership
from groups.models.prepared import Prepared
from papers.discussion import queries as discussion
from papers.library import queries
from papers.models import Comment, DiscussionDraft, Paper, Reaction, Thread, Topic
from papers.models.reading_statuses import Status
from tests.big_groups import make_big_group
from tests.factories import (
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_topic,
    make_user,
)

MODULES = (access, discussion, queries)
QUERIES = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Prepared)
}

pytestmark = pytest.mark.django_db


def rows_of(found):
    return sorted((values_of(row) for row in found), key=str)


def values_of(row):
    if isinstance(row, tuple):
        return row
    if not isinstance(row, Model):
        return sorted(row.items())
    related = {name: values_of(one) for name, one in row._state.fields_cache.items() if one}
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return sorted((own | related).items(), key=str)


def takes(query):
    return list(inspect.signature(query.build).parameters)


def found_by(query, membership):
    """The rows by the kept SQL, and by SQL made anew."""
    models = (Paper, Thread, Comment, Topic)
    found = [
        model.objects.in_group(membership.group).values_list("pk", flat=True) for model in models
    ]
    keys = [*chain(*found), 2**40, 2**70]
    values = {
        "member": membership,
        "user": membership.user,
        "slug": membership.group.slug,
        "keys": keys,
    }
    given = {name: values[name] for name in takes(query)}
    kept = query.fetch(**given)
    return kept, query.build(**given | {"keys": keys[:-1]} if "keys" in given else given)


@pytest.fixture
def members():
    """Members of groups of many kinds."""
    big = make_big_group(40, 5, 20)
    small = make_group()
    late = make_membership(big.group)
    Membership.objects.filter(pk=late.pk).update(joined_at=timezone.now() + timedelta(days=1))
    hidden = make_membership(small)
    Membership.objects.filter(pk=hidden.pk).update(status_shown="hidden")
    paper = make_paper(small, make_topic(small), title="O'Neil's 100% \\ of %s")
    make_paper(small).set_status(hidden.user, Status.READ)
    for membership in small.memberships.all():
        make_paper(small).set_status(membership.user, Status.READING)
    paper.set_status(hidden.user, Status.SKIPPED)
    make_assignment(paper, hidden)
    make_assignment(paper)
    comment = make_comment(make_thread(paper, hidden.user), hidden.user)
    for one in (comment.pk, Comment.objects.in_group(big.group).earliest("pk").pk):
        for person in (hidden.user, late.user):
            Reaction.objects.give(one, person, "agree")
            group = Comment.objects.get(pk=one).thread.group
            DiscussionDraft.objects.keep(person, group, "reply", one, {"source": "Half"})
    small.memberships.update(joined_at=timezone.now() - timedelta(days=3))
    empty = make_group()
    frozen = make_group(archived_at=timezone.now())
    make_paper(frozen)
    groups = (big.group, small, empty, frozen)
    return [m for group in groups for m in Membership.objects.in_group(group).with_people()]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_it_finds_what_a_new_one_finds(query, members):
    filled = 0
    for membership in members:
        kept, new = found_by(query, membership)
        assert rows_of(kept) == rows_of(new)
        filled += bool(kept)
    assert filled > 1


@pytest.mark.parametrize("name", [name for name in QUERIES if "keys" not in takes(QUERIES[name])])
def test_it_keeps_the_order(name, members):
    for membership in members:
        kept, new = found_by(QUERIES[name], membership)
        assert [values_of(row) for row in kept] == [values_of(row) for row in new]


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 39])
def test_however_many_keys_there_are(members, count):
    membership = members[0]
    keys = list(Paper.objects.in_group(membership.group).values_list("pk", flat=True)[:count])
    found = queries.PAPERS.fetch(member=membership, keys=[*keys, *keys])
    assert sorted(paper.pk for paper in found) == sorted(keys)


def test_more_keys_than_one_query_takes_are_asked_for_in_parts(members, monkeypatch):
    monkeypatch.setattr("groups.models.prepared._SIZES", (1, 4))
    query = Prepared(queries.PAPERS.build)
    keys = list(Paper.objects.in_group(members[0].group).values_list("pk", flat=True)[:10])
    assert sorted(paper.pk for paper in query.fetch(member=members[0], keys=keys)) == sorted(keys)


def test_what_depends_on_more_than_the_keys_is_refused():
    query = Prepared(lambda member: Paper.objects.filter(title=member.group.name))
    with pytest.raises(Exception, match="does not exist"):
        query.fetch(member=make_membership(make_group(), make_user()))


def test_what_prefetches_is_refused():
    query = Prepared(lambda member: Paper.objects.prefetch_related("statuses"))
    with pytest.raises(ValueError, match="prefetches"):
        query.fetch(member=make_membership(make_group(), make_user()))
