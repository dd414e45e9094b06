"""Responses to requests that never reach Django, since the server cannot read them."""

from functools import cache

from django.http import HttpResponse
from django.template.loader import render_to_string

from config.headers import protect

CROWDED = "Too many people, or too many windows of one, ask for something at once."
# The page of each status, and its sentence.
REFUSALS = {
    400: ("400.html", "Your browser sent something that this site does not understand."),
    408: ("400.html", "What your browser sent took too long to arrive."),
    414: ("400.html", "The address is too long."),
    431: ("400.html", "Your browser sent too many headers: perhaps too many cookies of this site."),
    501: ("400.html", "Your browser sent this in a way that the site does not know."),
    503: ("503.html", CROWDED),
}


@cache
def refusal_bytes(status: int) -> bytes:
    """Return the whole answer as it goes over the line, with the headers of the site."""
    template, sentence = REFUSALS.get(status, ("500.html", ""))
    content = render_to_string(template, {"sentence": sentence})
    response = HttpResponse(content, status=status, headers={"Connection": "close"})
    response["Content-Length"] = str(len(response.content))
    if status == 503:
        response["Retry-After"] = "5"
    protect(response)
    line = f"HTTP/1.1 {status} {response.reason_phrase}\r\n"
    return line.encode() + response.serialize()
