"""Titles of which it is known that they are papers of the list, wherever they are in it."""

from collections.abc import Iterable, Sequence

from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.titles import letters


class KnownTitles:
    """Titles by their letters and digits: marks and case may differ where they are read."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self._titles = {letters(title): title for title in titles}
        self._longest = max(map(len, self._titles), default=0)
        # No other piece begins one: most are known by that.
        self._firsts = {title[:1] for title in self._titles}

    def __bool__(self) -> bool:
        return bool(self._titles)

    def __contains__(self, title: str) -> bool:
        return bool(self._titles) and letters(title) in self._titles

    def called(self, title: str) -> str:
        """Return the title as it is known; empty if it is not."""
        return self._titles.get(letters(title), "") if self._titles else ""

    def in_pieces(self, own: Sequence[Piece]) -> list[tuple[int, int, str]]:
        """Return the first and last pieces of the titles that are in a line: the longest, and those
        behind it."""
        found: list[tuple[int, int, str]] = []
        at = 0
        while self._titles and at < len(own):
            end, title = self._longest_from(own, at)
            if title:
                found.append((at, end, title))
            at = max(at, end) + 1
        return found

    def _longest_from(self, own: Sequence[Piece], start: int) -> tuple[int, str]:
        end, title, said = -1, "", letters(own[start].text)
        if said[:1] not in self._firsts:
            return end, title
        for at in range(start, len(own)):
            said += letters(own[at].text) if at > start else ""
            if len(said) > self._longest:
                break
            if said in self._titles:
                end, title = at, self._titles[said]
        return end, title
