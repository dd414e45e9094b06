"""Files that hold no list but are often uploaded for one, recognised by how they begin."""

import re

_OFFICE = (
    "This is an office document. Save its table as CSV, or its text as plain text, and import that."
)
_ZIP = "This is a ZIP archive. Unpack it and import the list in it."
_ARCHIVE = "This is a packed archive. Unpack it and import the list in it."
_PICTURE = "This is a picture. A list has to be text."
_PAGE = (
    "This is a web page. Copy the list from it, or export it there as BibTeX, RIS or CSV, "
    "and import that."
)
_PDF = "This is a PDF. Import the list as text, or export it from where it is kept."
_BEGINNINGS = (
    (b"%PDF-", _PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"{\\rtf", _OFFICE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh9", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"SQLite format 3\0", "This is a database. Export the list from the program that keeps it."),
)
# Any of a file in one, an empty one, one in parts.
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# The name of a part that each office document has, in the archive that it is.
_OF_OFFICE = re.compile(
    rb"\[Content_Types\]\.xml|mimetypeapplication/vnd\.oasis|(?:word|xl|ppt)/|Index/Document\.iwa"
)
_SAMPLE = 8192
_WEB_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+)?html\b")


def file(data: bytes) -> str:
    """Return a sentence that says of a file what it is and what to do, if it is not text; else
    empty.
    """
    if data.startswith(_ZIPS):
        return _sentence(_OFFICE if _OF_OFFICE.search(data[:_SAMPLE]) else _ZIP)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _sentence(_PICTURE)
    return next((_sentence(said) for mark, said in _BEGINNINGS if data.startswith(mark)), "")


def page(text: str) -> str:
    """Return such a sentence for a whole web page. A list in Markdown may hold some HTML."""
    return _sentence(_PAGE) if _WEB_PAGE.match(text[:_SAMPLE].casefold()) else ""


def _sentence(said: str) -> str:
    return f"{said} Nothing was imported."
