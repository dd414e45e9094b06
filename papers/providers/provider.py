"""Providers and requests to them: addresses, and how often each may be asked."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from papers.formats.core.reading_list import Entry


class Garbled(Exception):
    """An answer of which nothing can be understood."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request to one provider: by an identifier, or by a title."""

    provider: str
    # doi, arxiv, pmid, openalex or title.
    kind: str
    value: str

    @property
    def is_a_number(self) -> bool:
        return self.kind != "title"

    @property
    def key(self) -> str:
        """By what an answer is kept and found again."""
        return hashlib.sha256(f"{self.kind}:{self.value}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ProviderRequest:
    path: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Introduction:
    """The introduction sent with each request: an address to write to, and a key if one is set."""

    mailto: str = ""
    openalex_key: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    label: str
    address: str
    # Besides the address's own, all that it may lead to.
    hosts: frozenset[str]
    # The least time between two requests, of all processes together, as the provider has it.
    seconds_between: float
    types: frozenset[str]
    request: Callable[[Question, Introduction], ProviderRequest]
    # The works in an answer, the likeliest first. It may raise whatever odd data makes it raise.
    read: Callable[[bytes], list[Entry]]
