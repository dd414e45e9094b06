"""Pages of long lists, without counting their whole length."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from django import forms
from django.http import QueryDict

Item = TypeVar("Item")


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=10_000)


def page_number(query: QueryDict) -> int:
    """Return the page that a query asks for: the first unless it names another one rightly."""
    form = PageForm(query)
    form.is_valid()
    number: int = form.cleaned_data.get("page", 1)
    return number


class PageOfItems(Generic[Item]):
    """So many items, and whether there are more: one more than fits is fetched to tell."""

    def __init__(self, number: int, size: int) -> None:
        self.number = number
        self.size = size
        self.items: Sequence[Item] = []
        self.has_next = False

    @property
    def wanted(self) -> slice:
        """The slice to fetch for it."""
        first = (self.number - 1) * self.size
        return slice(first, first + self.size + 1)

    def fill(self, fetched: Iterable[Item]) -> "PageOfItems[Item]":
        items = list(fetched)
        self.items = items[: self.size]
        self.has_next = len(items) > self.size
        return self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1
