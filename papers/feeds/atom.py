"""Write a feed as Atom (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from papers.feeds.entries import FeedEntry

# Characters that no XML holds, however they are escaped.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Feed(Atom1Feed):
    """Atom with the whole text of each entry, and without a moment that is new each time."""

    def latest_post_date(self) -> datetime:
        newest: datetime = self.feed["newest"]
        return newest

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})


def as_atom(
    entries: Sequence[FeedEntry], *, tag: str, title: str, link: str, begun_at: datetime
) -> str:
    """Return the feed. Where there are no entries, it was changed last when it was begun.

    Its own address is not in it: those who read it need not be able to give it away.
    """
    newest = max((entry.changed_at for entry in entries), default=begun_at)
    feed = _Feed(_xml(title), link, "", feed_guid=tag, author_name="Seminar", newest=newest)
    for entry in entries:
        feed.add_item(
            _xml(entry.title),
            entry.link,
            None,  # type: ignore[arg-type]  # there is no summary, but the text
            author_name=_xml(entry.author),
            unique_id=entry.tag,
            pubdate=entry.written_at,
            updateddate=entry.changed_at,
            html=_xml(entry.html),
        )
    return feed.writeString("utf-8")


def _xml(text: str) -> str:
    return _NO_XML.sub("", text)
