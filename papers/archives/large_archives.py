"""Make archives, large ones in a child process so that no thread of the site is held.

Views call the first function of each pair; the child process calls the one below it, with the keys
of rows. Permission has been checked by the view.
"""

from django.http import HttpRequest

from groups.models import Membership, User
from groups.offloading import offload
from papers.archives.group_archive import as_zip
from papers.archives.personal_archive import PersonalArchive
from papers.exports.reading_list import source_of
from papers.models import Comment, Paper

# With more papers, or comments, a group takes longer to write than a process takes to start.
LARGE = 1_000
# And so many rows of one person.
LARGE_DATA = 20_000


def archive_of_group(request: HttpRequest, membership: Membership) -> bytes:
    group = membership.group
    kinds = (Paper.objects.in_group(group), Comment.objects.in_group(group))
    is_large = any(rows.order_by()[LARGE:].exists() for rows in kinds)
    source = None if is_large else source_of(group, membership.user)
    if is_large or (source and source.is_costly):
        return offload(request, group_archive_apart, membership.pk)
    return as_zip(group, membership.user, source)


def group_archive_apart(membership: int) -> bytes:
    of = Membership.objects.select_related("group", "user").get(pk=membership)
    return as_zip(of.group, of.user)


def personal_archive(request: HttpRequest, user: User) -> bytes:
    data = PersonalArchive(user)
    if sum(count for _, count in data.counted()) > LARGE_DATA:
        return offload(request, personal_archive_apart, user.pk)
    return data.as_zip()


def personal_archive_apart(user: int) -> bytes:
    return PersonalArchive(User.objects.get(pk=user)).as_zip()
