"""Export a list, a large one in a child process so that no thread of the site is held.

Views call the first function of each pair; the child process calls the one below it, with the keys
of rows. Permission has been checked by the view.
"""

from django.http import HttpRequest, QueryDict

from groups.models import Group, Membership
from groups.offloading import offload
from papers.exports.reading_list import markdown_warning, of_list_page
from papers.formats.writers import BY_NAME, Format
from papers.library.list_page import ListPage

# With more papers a list takes longer to write than a process takes to start.
LARGE = 1_000


def list_file(
    request: HttpRequest, list_page: ListPage, written: Format, *, with_ticks: bool
) -> str | bytes:
    """Return the part of the list that the page shows, with its member's ticks or with none."""
    if is_large_list(list_page):
        asked = request.GET.urlencode()
        return offload(
            request, list_file_apart, list_page.membership.pk, written.name, asked, with_ticks
        )
    return of_list_page(list_page, written, list_page.membership.user if with_ticks else None)


def list_file_apart(membership: int, written: str, asked: str, with_ticks: bool) -> bytes:
    list_page = ListPage(_membership(membership), QueryDict(asked))
    reader = list_page.membership.user if with_ticks else None
    text = of_list_page(list_page, BY_NAME[written], reader)
    return text.encode() if isinstance(text, str) else text


def list_warning(request: HttpRequest, list_page: ListPage) -> str:
    """Return a sentence on what the Markdown file could not be made to show; mostly empty."""
    if is_large_list(list_page):
        return offload(request, list_warning_apart, list_page.group.pk).decode()
    return markdown_warning(list_page.group)


def list_warning_apart(group: int) -> bytes:
    return markdown_warning(Group.objects.get(pk=group)).encode()


def is_large_list(list_page: ListPage) -> bool:
    return sum(topic.paper_count for topic in list_page.topics) > LARGE


def _membership(pk: int) -> Membership:
    return Membership.objects.select_related("group", "user").get(pk=pk)
