"""Titles as they were meant, where copying out of a PDF has broken them."""

import re
import unicodedata

# "E ffi cient": the letters of a ligature, cut off from the word on both sides.
_BROKEN_LIGATURE = re.compile(r"(?<=[^\W\d_]) (ffi|ffl|ff|fi|fl) (?=[^\W\d_])")
# "sci fi films" is three words.
_ENDS_IN_WORD_BEFORE_FI = re.compile(r"\b(?:sci|wi|hi|lo)$", re.IGNORECASE)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# Soft hyphens and the stand-in for an embedded object.
_INVISIBLE = re.compile("[\u00ad\ufffc]")
_FINAL_STOP = re.compile(r"(?<![.\s])\.$")
_ABBREVIATION = re.compile(r"\.\w+\.$")


def one_line(text: str) -> str:
    """Return the text with each run of white space as one blank."""
    return " ".join(text.split())


def mended(title: str) -> str:
    """Return the title in one line, ligatures whole, no final full stop. Mending twice changes
    nothing.
    """
    if not title.isascii():
        title = _INVISIBLE.sub("", unicodedata.normalize("NFC", title))
        title = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), title)
    title = _BROKEN_LIGATURE.sub(_joined, one_line(title))
    return title if _ABBREVIATION.search(title) else _FINAL_STOP.sub("", title)


def _joined(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 4) : found.start()]
    if found[1] == "fi" and _ENDS_IN_WORD_BEFORE_FI.search(before):
        return found[0]
    return found[1]
