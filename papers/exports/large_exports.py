"""Export a list, a large one in a child process so that no thread of the site is held.

So is an edited list in a long text of its own: that text is read again to see that it says what the
list does, for which the process loads the models of the reader.

Views call the first function of each pair; the child process calls the one below it, with the keys
of rows. Permission has been checked by the view.
"""

from django.http import HttpRequest, QueryDict

from groups.models import Membership
from groups.offloading import offload
from papers.exports.reading_list import is_whole_markdown, of_list_page, reading_list, source_of
from papers.formats.core.format import Format
from papers.formats.registry import BY_NAME
from papers.library.list_page import ListPage

# With more papers a list takes longer to write than a process takes to start.
LARGE = 1_000


def list_file(
    request: HttpRequest, list_page: ListPage, written: Format, *, with_ticks: bool
) -> str | bytes:
    """Return the part of the list that the page shows, with its member's ticks or with none."""
    reader = list_page.membership.user if with_ticks else None
    is_large = is_large_list(list_page)
    is_whole = is_whole_markdown(list_page, written) and not is_large
    source = source_of(list_page.group, reader) if is_whole else None
    if is_large or (source and source.is_costly):
        asked = request.GET.urlencode()
        return offload(
            request, list_file_apart, list_page.membership.pk, written.name, asked, with_ticks
        )
    if is_whole:
        return source.as_bytes() if source else written.write(reading_list(list_page.group, reader))
    return of_list_page(list_page, written, reader)


def list_file_apart(membership: int, written: str, asked: str, with_ticks: bool) -> bytes:
    list_page = ListPage(_membership(membership), QueryDict(asked))
    reader = list_page.membership.user if with_ticks else None
    text = of_list_page(list_page, BY_NAME[written], reader)
    return text.encode() if isinstance(text, str) else text


def list_warning(request: HttpRequest, list_page: ListPage) -> str:
    """Return a sentence on what the Markdown file could not be made to show, the member's ticks
    among it; mostly empty."""
    is_large = is_large_list(list_page)
    source = None if is_large else source_of(list_page.group, list_page.membership.user)
    if is_large or (source and source.is_costly):
        return offload(request, list_warning_apart, list_page.membership.pk).decode()
    return source.warning if source else ""


def list_warning_apart(membership: int) -> bytes:
    of = _membership(membership)
    source = source_of(of.group, of.user)
    return (source.warning if source else "").encode()


def is_large_list(list_page: ListPage) -> bool:
    return sum(topic.paper_count for topic in list_page.topics) > LARGE


def _membership(pk: int) -> Membership:
    return Membership.objects.select_related("group", "user").get(pk=pk)
