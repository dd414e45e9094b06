"""Formulas where none can be set: in emails and feeds."""

import re

_FORMULA = re.compile(r'<(span|div) class="(math(?: math--block)?)">(.*?)</\1>', re.DOTALL)


def with_formulas_as_written(html: str) -> str:
    """Return the HTML of a comment with its formulas as TeX."""

    def written(found: re.Match[str]) -> str:
        mark = "$$" if "block" in found[2] else "$"
        return f"<code>{mark}{found[3]}{mark}</code>"

    return _FORMULA.sub(written, html)
