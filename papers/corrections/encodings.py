"""Encodings that a file may be read in instead, each with what the list would look like."""

from typing import NamedTuple

from papers.formats.core import text as texts

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "windows-1252": "Western European",
    "windows-1250": "Central European (Windows)",
    "iso-8859-2": "Central European (ISO)",
    "windows-1251": "Cyrillic (Windows)",
    "koi8-r": "Cyrillic (KOI8)",
    "windows-1253": "Greek",
    "windows-1254": "Turkish",
    "windows-1255": "Hebrew",
    "windows-1256": "Arabic",
    "windows-1257": "Baltic",
    "mac_roman": "Western European (Macintosh)",
    "shift_jis": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC)",
    "gb18030": "Chinese (simplified)",
    "big5": "Chinese (traditional)",
    "euc_kr": "Korean",
}
# Those say themselves what they are.
_CERTAIN = {"utf-8", "utf-16-le", "utf-16-be", "ascii"}
_SHOWN = 80


class Offer(NamedTuple):
    """An encoding, and a line of the text as it would read."""

    encoding: str
    label: str
    sample: str


def is_doubtful(spelling: texts.Spelling) -> bool:
    return spelling.encoding not in _CERTAIN


def offers(spelling: texts.Spelling, text: str) -> list[Offer]:
    """Return the encodings in which the bytes of the text mean something."""
    line = next((line for line in text.split("\n") if not line.isascii()), "")
    found = []
    for encoding, label in ENCODINGS.items():
        sample = _decoded(texts.encode(spelling, line), encoding)
        if sample is not None:
            found.append(Offer(encoding, label, sample.strip()[:_SHOWN]))
    return found


def read_again(spelling: texts.Spelling, text: str, encoding: str) -> str | None:
    """Return the text in another encoding; None where its bytes mean nothing in that."""
    return _decoded(texts.encode(spelling, text), encoding)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    is_text = all(char >= " " or char in "\t\n\r\x0b\x0c" for char in text)
    return text if is_text and not any("\x7f" <= char <= "\x9f" for char in text) else None
