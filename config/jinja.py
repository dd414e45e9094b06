"""Jinja2 for the pieces of pages that are shown by the hundred: rows of a list, and comments.

They cost a third of what they cost in Django's templates. A page includes them by the tag
`{% jinja %}`, see groups/templatetags/jinja.py.
"""

import re
from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension

from groups.templatetags.idempotency import idempotency_key
from groups.web.humanize import day

_INDENTATION = re.compile(r"\n\s+")


class Unindented(Extension):
    """Leaves out the indentation of a template: of a hundred rows it is a quarter of the page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENTATION.sub("\n", source)


def environment(**options: Any) -> Environment:
    """Return the environment of all pieces: everything is escaped, and nothing may be missing."""
    options |= {"autoescape": True, "undefined": StrictUndefined}
    made = Environment(  # noqa: S701
        **options,
        extensions=[Unindented],
        trim_blocks=True,
    )
    made.globals["idempotency_key"] = idempotency_key
    made.filters["day"] = day
    return made
