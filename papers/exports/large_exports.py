"""Export a list, a large one in a child process so that no thread of the site is held.

Views call the first function of each pair; the child process calls the one below it, with the keys
of rows. Permission has been checked by the view.
"""

from django.http import HttpRequest, QueryDict

from groups.models import Group, Membership
from groups.offloading import offload
from papers.exports.reading_list import markdown_warning, of_shelf
from papers.formats.writers import BY_NAME, Format
from papers.library.list_page import Shelf

# With more papers a list takes longer to write than a process takes to start.
LARGE = 1_000


def list_file(
    request: HttpRequest, shelf: Shelf, written: Format, *, with_ticks: bool
) -> str | bytes:
    """The part of the list that the shelf shows, with the ticks of whose shelf it is or none."""
    if is_large_list(shelf):
        asked = request.GET.urlencode()
        return offload(
            request, list_file_apart, shelf.membership.pk, written.name, asked, with_ticks
        )
    return of_shelf(shelf, written, shelf.membership.user if with_ticks else None)


def list_file_apart(membership: int, written: str, asked: str, with_ticks: bool) -> bytes:
    shelf = Shelf(_membership(membership), QueryDict(asked))
    reader = shelf.membership.user if with_ticks else None
    text = of_shelf(shelf, BY_NAME[written], reader)
    return text.encode() if isinstance(text, str) else text


def list_warning(request: HttpRequest, shelf: Shelf) -> str:
    """What the list in Markdown could not be made to show; mostly empty."""
    if is_large_list(shelf):
        return offload(request, list_warning_apart, shelf.group.pk).decode()
    return markdown_warning(shelf.group)


def list_warning_apart(group: int) -> bytes:
    return markdown_warning(Group.objects.get(pk=group)).encode()


def is_large_list(shelf: Shelf) -> bool:
    return sum(topic.paper_count for topic in shelf.topics) > LARGE


def _membership(pk: int) -> Membership:
    return Membership.objects.select_related("group", "user").get(pk=pk)
