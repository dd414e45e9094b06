"""Exports, of which the large ones are made by a process of their own.

So are edited lists in a long text of their own: that is read again to see that it says what the
list does, for which the process loads the models of the reader.

Each has two functions: one for views, and below it the one that a child process calls, with the
keys of rows. Who may have the export has been decided by the view.
"""

from django.http import HttpRequest, QueryDict

from groups.models import Membership, User
from groups.offloading import offload
from papers import whole_group
from papers.exporting import is_whole_markdown, of_shelf, source_of
from papers.formats.writers import BY_NAME, Format
from papers.models import Comment, Paper
from papers.my_data import MyData
from papers.shelf import Shelf

# With more papers, or comments, a group takes longer to write than a process takes to start.
LARGE = 1_000
# And so many rows of one person.
LARGE_DATA = 20_000


def list_file(
    request: HttpRequest, shelf: Shelf, written: Format, *, with_ticks: bool
) -> str | bytes:
    """The part of the list that the shelf shows, with the ticks of whose shelf it is or none."""
    reader = shelf.membership.user if with_ticks else None
    is_large = is_large_list(shelf)
    source = None
    if is_whole_markdown(shelf, written) and not is_large:
        source = source_of(shelf.group, reader)
        is_large = bool(source and source.is_costly)
    if is_large:
        asked = request.GET.urlencode()
        return offload(
            request, list_file_apart, shelf.membership.pk, written.name, asked, with_ticks
        )
    if source:
        return source.as_bytes()
    return of_shelf(shelf, written, reader)


def list_file_apart(membership: int, written: str, asked: str, with_ticks: bool) -> bytes:
    shelf = Shelf(_membership(membership), QueryDict(asked))
    reader = shelf.membership.user if with_ticks else None
    text = of_shelf(shelf, BY_NAME[written], reader)
    return text.encode() if isinstance(text, str) else text


def list_warning(request: HttpRequest, shelf: Shelf) -> str:
    """What the list in Markdown could not be made to show, the ticks of whose shelf it is among it;
    mostly empty."""
    source = None if is_large_list(shelf) else source_of(shelf.group, shelf.membership.user)
    if is_large_list(shelf) or (source and source.is_costly):
        return offload(request, list_warning_apart, shelf.membership.pk).decode()
    return source.warning if source else ""


def list_warning_apart(membership: int) -> bytes:
    of = _membership(membership)
    source = source_of(of.group, of.user)
    return (source.warning if source else "").encode()


def group_archive(request: HttpRequest, membership: Membership) -> bytes:
    group = membership.group
    kinds = (Paper.objects.in_group(group), Comment.objects.in_group(group))
    is_large = any(rows.order_by()[LARGE:].exists() for rows in kinds)
    source = None if is_large else source_of(group, membership.user)
    if is_large or (source and source.is_costly):
        return offload(request, group_archive_apart, membership.pk)
    return whole_group.as_zip(group, membership.user, source)


def group_archive_apart(membership: int) -> bytes:
    of = _membership(membership)
    return whole_group.as_zip(of.group, of.user)


def personal_archive(request: HttpRequest, user: User) -> bytes:
    data = MyData(user)
    if sum(count for _, count in data.counted()) > LARGE_DATA:
        return offload(request, personal_archive_apart, user.pk)
    return data.as_zip()


def personal_archive_apart(user: int) -> bytes:
    return MyData(User.objects.get(pk=user)).as_zip()


def is_large_list(shelf: Shelf) -> bool:
    return sum(topic.paper_count for topic in shelf.topics) > LARGE


def _membership(pk: int) -> Membership:
    return Membership.objects.select_related("group", "user").get(pk=pk)
