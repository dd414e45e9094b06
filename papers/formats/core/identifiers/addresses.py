"""Web addresses, and what they are made of."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit


@lru_cache(maxsize=4_096)  # a link is asked for it many times
def web_address(target: str) -> str:
    """Return the target where it is an http or https address, blanks made safe; else empty."""
    target = target.strip().replace(" ", "%20")
    parts = split_address(target)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not target.isprintable():
        return ""
    return target


def split_address(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # an address such as http://[
        return urlsplit("")


def is_at(netloc: str, *hosts: str) -> bool:
    """Return whether it is one of the hosts, or below one."""
    at = netloc.casefold()
    return any(at == host or at.endswith("." + host) for host in hosts)


def first_address(texts: Iterable[str]) -> str:
    """Return the first address of the web in the texts."""
    pieces = (piece.strip("<>;,") for text in texts for piece in text.split())
    return next(filter(None, map(web_address, pieces)), "")
