"""Answers of text, compressed as the browser says.

A page may hold a secret beside words that someone else wrote, and how well it compresses would
tell of it (BREACH). So the token of each form is masked anew for every answer, which is Django's
part, and what is sent is longer by a random number of bytes, which no reader of it sees. Brotli,
in which there is no room for them, is left to the static files. What shows a secret once is not
compressed at all.
"""

import gzip
import io
import re
import secrets
import struct
import sys
from collections.abc import Callable
from typing import TypeGuard

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Bytes. What is smaller fits into one packet anyway.
_SMALLEST = 1_000
_MOST_PADDING = 100
# The lightest: a page of 370 kB takes a millisecond and becomes 40 kB.
_GZIP_LEVEL = 1
_ZSTD_LEVEL = 3
_OF_TEXT = re.compile(
    r"text/|application/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b|image/svg"
)
# Keys of apps and recovery codes.
_VIEWS_OF_SECRETS = ("allauth.mfa.", "groups.accounts.mfa")
# A frame that decoders skip, see RFC 8878, section 3.1.2.
_SKIPPED_FRAME = 0x184D2A50


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_compressible(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = preferred(request.headers.get("Accept-Encoding", ""))
        if encoding and not may_show_secret(request):
            compress(response, encoding)
        return response


def may_show_secret(request: HttpRequest) -> bool:
    """Return whether the view is one whose page shows what lets someone in."""
    if request.resolver_match is None:
        return False
    view = request.resolver_match.func
    return hasattr(view, "shows_secret") or view.__module__.startswith(_VIEWS_OF_SECRETS)


def is_compressible(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Return whether it is a text of some length that is here whole, and sent as it is."""
    return (
        isinstance(response, HttpResponse)
        and len(response.content) >= _SMALLEST
        and not response.has_header("Content-Encoding")
        and bool(_OF_TEXT.match(response.get("Content-Type", "")))
    )


def preferred(accepted: str) -> str:
    """Return which of our encodings the browser takes, the best first; empty for none."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "")
    return next((name for name in ENCODERS if _is_taken(weights.get(name))), "")


def _is_taken(weight: str | None) -> bool:
    return weight is not None and not re.fullmatch(r"q=0(?:\.0*)?", weight)


def compress(response: HttpResponse, encoding: str) -> None:
    padding = secrets.token_bytes(secrets.randbelow(_MOST_PADDING) + 1)
    response.content = ENCODERS[encoding](response.content, padding)
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    if etag := response.get("ETag", ""):
        response["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"


def _zstd(content: bytes, padding: bytes) -> bytes:
    skipped = struct.pack("<II", _SKIPPED_FRAME, len(padding)) + padding
    return zstd.compress(content, _ZSTD_LEVEL) + skipped


def _gzip(content: bytes, padding: bytes) -> bytes:
    """Return the body compressed by gzip; the padding is the name of a file in the header."""
    written = io.BytesIO()
    name = padding.hex()[: len(padding)]
    with gzip.GzipFile(name, "wb", _GZIP_LEVEL, written, mtime=0) as file:
        file.write(content)
    return written.getvalue()


# The best first.
ENCODERS = {"zstd": _zstd, "gzip": _gzip}
