"""Tell by what a mail server answers whether it takes no mail for an address.

A refusal counts if it is for good and about the address: there is no such mailbox, or it takes no
mail. What a server refuses for now is tried again by the outbox; and that it dislikes the sender,
the words or the way says nothing of the address, so mail to it does not stop.
"""

import re
import smtplib

# RFC 3463: 5.1 is about the address, 5.2 about the mailbox.
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_ABOUT_ADDRESS = {"1", "2"}
# What of the first is about the sender.
_ABOUT_SENDER = {("1", "7"), ("1", "8")}
_CODES = {521, 550, 551, 552, 553, 556}
# Words of servers that have no such numbers, by which they dislike the way.
_ABOUT_THE_WAY = re.compile(
    r"relay|authenti|spam|block|blacklist|denylist|policy|reject.*content|reputation|spf|dkim|dmarc"
    r"|sender|helo|ptr|reverse|rate|too many",
    re.IGNORECASE,
)


def status_of(error: Exception) -> str:
    """Return the status by which a server refused the address of an email, such as `5.1.1` or
    `550`; empty where an error is something else.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _refusal(*next(iter(error.recipients.values()), (0, b"")), without_enhanced=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _refusal(error.smtp_code, error.smtp_error, without_enhanced=False)
    return ""


def _refusal(code: int, words: bytes | str, *, without_enhanced: bool) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    if not 500 <= code < 600:
        return ""
    if found := _ENHANCED.search(text):
        return found[0] if _is_about_address(found) else ""
    is_about_address = without_enhanced and code in _CODES and not _ABOUT_THE_WAY.search(text)
    return str(code) if is_about_address else ""


def status_about_address(text: str) -> str:
    """Return the status in a text by which an address is refused for good; empty for another."""
    found = _ENHANCED.search(text)
    return found[0] if found and _is_about_address(found) else ""


def _is_about_address(status: "re.Match[str]") -> bool:
    kind, subject, detail = status.groups()
    return kind == "5" and subject in _ABOUT_ADDRESS and (subject, detail) not in _ABOUT_SENDER
