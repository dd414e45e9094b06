"""Jinja2 for the pieces of pages that are shown by the hundred: rows of a list, and comments.

They cost a third of what they cost in Django's templates. A page includes them by the tag
`{% jinja %}`, see groups/templatetags/jinja.py.
"""

import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from groups.templatetags.idempotency import idempotency_key
from groups.web.humanize import day

# Pieces that are kept; one takes some 500 bytes.
MOST_KEPT = 2_000
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
    made.globals["figures"] = figures_of(made)
    made.globals["idempotency_key"] = idempotency_key
    made.filters["day"] = day
    return made


def figures_of(environment: Environment) -> Any:
    """Return what renders a piece of numbers alone, whose HTML is kept for each combination."""

    @lru_cache(maxsize=1 if environment.auto_reload else MOST_KEPT)
    def figures(name: str, *numbers: int) -> Markup:
        return Markup(environment.get_template(name).render(numbers=numbers))  # noqa: S704

    return figures
