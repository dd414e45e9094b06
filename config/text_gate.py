"""Text that cannot be stored is refused at the door, alike on both databases.

PostgreSQL stores no NUL; and what is not UTF-8 would reach a view with its broken bytes silently
replaced. So a path, a query and a form are read strictly here. What is inside an uploaded file is
left to the code that reads the file.

A cookie or another header that holds such text is left out instead: the browser sends it again with
every request, and a person would be locked out for as long as it keeps it.
"""

import codecs
import io
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string

NOT_STORABLE = "The text contains a character that cannot be stored (NUL)."
INCOMPLETE = "What was sent was incomplete; try again."
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
UNSTORABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff\ufffd]")


class TextRefused(Exception):
    """The request is refused; the message says why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class TextGateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        leave_out_cookies(request)
        leave_out_headers(request)
        try:
            check_charset(request)
            check_address(request)
            check_form(request)
        except TextRefused as refused:
            return refusal_page(refused.sentence, refused.status)
        except UnicodeDecodeError:
            return refusal_page("The text is not valid UTF-8.")
        except MultiPartParserError:
            return refusal_page(INCOMPLETE)
        except (TooManyFieldsSent, TooManyFilesSent):
            return refusal_page("What was sent has too many fields or files.")
        except RequestDataTooBig:
            limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            return HttpResponse(render_to_string("413.html", {"limit": limit}), status=413)
        return self.get_response(request)


def refusal_page(sentence: str, status: int = 400) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", {"sentence": sentence}), status=status)


def leave_out_cookies(request: HttpRequest) -> None:
    """Read the cookies that can be stored; of two with one name the readable one is taken.

    None of ours is quoted. A backslash would stand for any character, and Python takes seconds to
    read many of them.
    """
    sent = (
        request.META.get("HTTP_COOKIE", "").encode("latin-1", "replace").decode("utf-8", "replace")
    )
    kept = "; ".join(each for each in sent.split(";") if "\\" not in each and is_storable(each))
    request.COOKIES = parse_cookie(kept)


def leave_out_headers(request: HttpRequest) -> None:
    for name, value in list(request.META.items()):
        if name.startswith("HTTP_") and not is_storable(value):
            del request.META[name]


def is_storable(text: str) -> bool:
    """Return whether a header is text, without control characters, surrogates or U+FFFD."""
    return not UNSTORABLE.search(text)


def check_charset(request: HttpRequest) -> None:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "utf8"):
        raise TextRefused("The text is in an encoding other than UTF-8.", status=415)


def check_address(request: HttpRequest) -> None:
    """Refuse a broken path or query. In a path the server leaves U+FFFD where it could not read."""
    if "\ufffd" in request.path:
        raise TextRefused("The address is not valid UTF-8.")
    check_text(request.path)
    check_text(unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode())


def check_form(request: HttpRequest) -> None:
    """Read the form, strictly. Views find it read, as it was sent."""
    if request.method != "POST":
        return
    if request.content_type == URLENCODED:
        check_text(unquote_to_bytes(request.body).decode())
    elif request.content_type == MULTIPART:
        check_is_whole(request)
        request.encoding = STRICT_UTF8
    for name, values in request.POST.lists():
        check_text(name, *values)


def check_is_whole(request: HttpRequest) -> None:
    """Refuse a form that was cut off, whose last field Django would take as far as it came."""
    body = request.META["wsgi.input"]
    if not body.seekable():
        return
    body.seek(0, io.SEEK_END)
    body.seek(max(0, body.tell() - 8))
    ending = body.read()
    body.seek(0)
    if not ending.rstrip(b"\r\n").endswith(b"--"):
        raise TextRefused(INCOMPLETE)


def check_text(*texts: str) -> None:
    if any("\0" in text for text in texts):
        raise TextRefused(NOT_STORABLE)


# Django decodes the fields of a multipart form with errors="replace"; only the encoding can be
# chosen. This one is UTF-8 and refuses what the caller would put up with.
STRICT_UTF8 = "strict_utf_8"


def _strict_utf8(name: str) -> codecs.CodecInfo | None:
    if name != STRICT_UTF8:
        return None
    return codecs.CodecInfo(
        encode=codecs.utf_8_encode,
        decode=lambda data, errors="strict": codecs.utf_8_decode(data, "strict", True),
        name=STRICT_UTF8,
    )


codecs.register(_strict_utf8)
