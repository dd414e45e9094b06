"""Read what somebody wrote in a reply by email: its text, whatever its kind and encoding."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from groups.mail.parsing import ParsedEmail
from groups.mail.signed_addresses import hide_tags
from papers.notifications.unsubscribing import hide_links
from papers.replies.html_text import email_html_as_markdown
from papers.replies.quotations import without_quotations

_DEEPEST = 12  # parts within each other
_MOST_PARTS = 200
# What programs call encodings of which they mean a larger one, or one that Python knows otherwise.
_ENCODINGS = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859_8",
    "tis-620": "cp874",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default_charset": "utf-8",
}
# Codecs that turn bytes into bytes, or text into text, are no encodings.
_NO_ENCODINGS = {"hex", "base64", "bz2", "zlib", "uu", "quopri", "rot13", "idna", "punycode",
                 "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}  # fmt: skip

_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class WrittenReply:
    """`text` is the writer's own, and `whole` the text of the email with all that it quotes.

    What others will read has no link or address that acts for its writer.
    """

    text: str
    whole: str
    attachment_count: int

    @classmethod
    def of(cls, email: ParsedEmail) -> "WrittenReply":
        parts = _Parts(email.message)
        text, whole = _storable(parts.own_text()), _storable(parts.whole_text())
        return cls(hide_links(hide_tags(text)), whole, parts.attachment_count)


class _Parts:
    """The parts of an email that are text, and the number of those that are attached."""

    def __init__(self, message: "Message[str, str]") -> None:
        self.attachment_count = 0
        self.seen = 0
        # Each is the plain text and the HTML of the same words, as far as they are there.
        self.texts: list[tuple[str, str]] = list(self._read(message, 0))

    def own_text(self) -> str:
        plain = self._of_plain()
        if plain.strip():
            return without_quotations(plain)
        for with_signature in (False, True):
            html = [email_html_as_markdown(h, with_signature=with_signature) for _, h in self.texts]
            if text := without_quotations("\n\n".join(html)):
                return text
        return ""

    def whole_text(self) -> str:
        plain = self._of_plain()
        if plain.strip():
            return plain
        html = [email_html_as_markdown(h, with_signature=True) for _, h in self.texts]
        lines = "\n\n".join(html).splitlines()
        return "\n".join(line for line in lines if not line.startswith("\0"))

    def _of_plain(self) -> str:
        return "\n\n".join(plain for plain, _ in self.texts if plain.strip())

    def _read(self, part: "Message[str, str]", depth: int) -> Iterator[tuple[str, str]]:
        self.seen += 1
        if self.seen > _MOST_PARTS or depth > _DEEPEST:
            return
        kind = part.get_content_type()
        if _is_attached(part):
            self.attachment_count += 1
        elif kind == "multipart/alternative":
            yield self._one_of(part, depth)
        elif kind.startswith("multipart/"):
            for child in _read_of(part):
                yield from self._read(child, depth + 1)
        elif kind in {"text/plain", "text/html"}:
            text = _text_of(part)
            yield (text, "") if kind == "text/plain" else ("", text)
        elif not part.get("Content-ID"):
            self.attachment_count += 1

    def _one_of(self, part: "Message[str, str]", depth: int) -> tuple[str, str]:
        """Return the text of what is said in several kinds."""
        found = [text for child in _children(part) for text in self._read(child, depth + 1)]
        plain = "\n\n".join(plain for plain, _ in found if plain.strip())
        return plain, "\n".join(html for _, html in found if html)


def _is_attached(part: "Message[str, str]") -> bool:
    if part.is_multipart():
        return part.get_content_type() == "message/rfc822"
    return part.get_content_disposition() == "attachment" or (
        bool(part.get_filename()) and not part.get("Content-ID")
    )


def _read_of(part: "Message[str, str]") -> "list[Message[str, str]]":
    """Return the parts of one that are read. Of some the text is first, and what follows are its
    pictures, or a signature.
    """
    children = _children(part)
    of_one = part.get_content_type() in {"multipart/related", "multipart/signed"}
    return children[:1] if of_one else children


def _children(part: "Message[str, str]") -> "list[Message[str, str]]":
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _text_of(part: "Message[str, str]") -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = _decoded(data, (part.get_content_charset() or "").strip("'\""))
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return _unflowed(text, is_joined=str(part.get_param("delsp") or "").lower() == "yes")


def _decoded(data: bytes, charset: str) -> str:
    """Return the text of the bytes, in the encoding they say, or that they are in."""
    name = _ENCODINGS.get(charset.lower(), charset) or "utf-8"
    for encoding in (name, "utf-8", "cp1252"):
        try:
            known = codecs.lookup(encoding).name
            if known.removesuffix("_codec").replace("-", "_") not in _NO_ENCODINGS:
                return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _unflowed(text: str, *, is_joined: bool) -> str:
    """Join lines that a program broke where they were long, as RFC 3676 says."""
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        unstuffed = line.removeprefix(" ")
        flows = unstuffed.endswith(" ") and unstuffed != "-- " and not line.startswith(">")
        kept = unstuffed[:-1] if flows and is_joined else unstuffed
        if is_open and not line.startswith(">") and unstuffed != "-- ":
            lines[-1] += kept
        else:
            lines.append(kept)
        is_open = flows
    return "\n".join(lines)


def _storable(text: str) -> str:
    """Leave out characters that no text has, and that a database does not keep."""
    return _UNSTORABLE.sub("", text).strip("\n")
