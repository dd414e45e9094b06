"""Links that say elsewhere where they lead: `[text][label]`, and `[label]: address` below."""

import re
from collections.abc import Sequence

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:\s*(?:<([^<>]*)>|(\S+))"
    r"\s*+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))?\s*"
)
_REFERENCE = re.compile(r"(?<![\\\]!])\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?![(:\[])")


def resolved(texts: Sequence[str]) -> Sequence[str]:
    """Return the lines with such links as ones that say it themselves, and without the
    definitions.
    """
    targets: dict[str, str] = {}
    numbers = set()
    for number, text in enumerate(texts):
        if "]:" in text and (found := _DEFINITION.fullmatch(text)):
            targets.setdefault(_label(found[1]), found[2] or found[3] or "")
            numbers.add(number)
    if not targets:
        return texts

    def written(found: re.Match[str]) -> str:
        target = targets.get(_label(found[2] or found[1]))
        return found[0] if target is None else f"[{found[1]}](<{target}>)"

    return [
        "" if number in numbers else _REFERENCE.sub(written, text)
        for number, text in enumerate(texts)
    ]


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
