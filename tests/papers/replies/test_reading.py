"""The text of a reply is read in every encoding and kind; what is broken breaks nothing."""

import base64
import random
import time
from email.message import EmailMessage

import pytest

from groups.mail.parsing import ParsedEmail
from papers.replies.reading import WrittenReply

TEXTS = {
    "utf-8": "Größe über α ≤ β 😀",
    "iso-8859-1": "Größe über",
    "iso-8859-15": "Größe, 5 €",
    "windows-1252": "“Größe” – 5 €",
    "windows-1251": "Сходится ли ряд?",
    "koi8-r": "Сходится ли ряд?",
    "iso-8859-2": "Zażółć gęślą",
    "iso-8859-7": "Συγκλίνει;",
    "iso-2022-jp": "収束しますか。",
    "shift_jis": "収束しますか。",
    "euc-jp": "収束しますか。",
    "gb2312": "收敛吗？",
    "gb18030": "收敛吗？𠮷",
    "big5": "收斂嗎？",
    "euc-kr": "수렴하나요?",
    "ks_c_5601-1987": "수렴하나요?",
    "windows-1256": "هل يتقارب؟",
    "windows-1255": "האם מתכנס?",
    "tis-620": "ลู่เข้าหรือไม่",
    "utf-7": "Größe",
    "utf-16": "Größe",
}
PYTHON = {"ks_c_5601-1987": "cp949", "windows-1256": "cp1256", "tis-620": "cp874"}


def read(raw: bytes) -> WrittenReply:
    return WrittenReply.of(ParsedEmail.of(raw))


def simple(charset: str, body: bytes, transfer: str = "8bit", kind: str = "text/plain") -> bytes:
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    return head.encode() + body


@pytest.mark.parametrize("charset", TEXTS)
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_every_encoding_is_read(charset: str, kind: str) -> None:
    body = TEXTS[charset].encode(PYTHON.get(charset, charset))
    raw = simple(charset, base64.encodebytes(body), "base64", kind)
    assert read(raw).text == TEXTS[charset]


@pytest.mark.parametrize(
    "charset", ["utf-8", "nonsense", "hex", "base64", "rot13", "unicode_escape", "idna"]
)
def test_an_encoding_that_is_none_is_read_as_it_is_or_as_it_is_usual(charset: str) -> None:
    assert read(simple(charset, "Größe".encode())).text == "Größe"
    assert read(simple(charset, "Größe".encode("cp1252"))).text == "Größe"


def test_quoted_printable_and_flowed_text() -> None:
    body = b"It converges =C3=BCber \nthe reals. \n\n-- \nMina\n"
    raw = simple("utf-8; format=flowed", body, "quoted-printable")
    assert read(raw).text == "It converges über the reals."


def test_text_that_was_broken_within_words_is_joined() -> None:
    body = "収束 \nします。\n> これは\n".encode()
    assert read(simple("utf-8; format=flowed; delsp=yes", body)).text == "収束します。"


def letter(plain: str = "", html: str = "") -> EmailMessage:
    made = EmailMessage()
    if plain:
        made.set_content(plain)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made


def test_of_both_kinds_the_plain_one_is_read() -> None:
    assert read(letter("Plain", "<p>Rich</p>").as_bytes()).text == "Plain"
    assert read(letter(" ", "<p>Rich</p>").as_bytes()).text == "Rich"


def test_html_alone_is_read_as_markdown() -> None:
    html = "<p>It <b>converges</b>.</p><blockquote type=cite>Does it?</blockquote>"
    assert read(letter(html=html).as_bytes()).text == "It **converges**."


def test_what_is_written_where_programs_sign_is_read() -> None:
    html = "<div></div><div class=gmail_signature>It converges.</div>"
    assert read(letter(html=html).as_bytes()).text == "It converges."


def test_pictures_within_the_text_are_no_attachments() -> None:
    made = letter("Yes", "<p>Yes <img src=cid:1></p>")
    html = made.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(b"x", maintype="image", subtype="png", cid="<1>")
    assert read(made.as_bytes()).attachment_count == 0
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment("notes", filename="notes.txt")
    made.add_attachment(letter("Forwarded"))
    found = read(made.as_bytes())
    assert (found.text, found.attachment_count) == ("Yes", 3)


def test_parts_of_one_text_are_read_in_their_order() -> None:
    """So sends Apple Mail text around a picture."""
    raw = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nAbove\n"
        "--b\nContent-Type: image/png; name=a.png\nContent-Disposition: inline\n\nx\n"
        "--b\nContent-Type: text/plain\n\nBelow\n--b--\n"
    )
    found = read(raw.encode())
    assert (found.text, found.attachment_count) == ("Above\n\nBelow", 1)


def test_a_signed_email_is_read() -> None:
    raw = (
        "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain\n\nYes.\n"
        "--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n"
    )
    assert read(raw.encode()).text == "Yes."


def test_no_character_is_left_that_no_database_keeps() -> None:
    assert read(simple("utf-8", b"a\x00b\x08c")).text == "abc"
    assert read(simple("utf-7", b"a+2AA-b")).text.encode()


def _deep(depth: int) -> bytes:
    heads = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return f"{heads}Content-Type: text/plain\n\nDeep\n".encode()


BROKEN = {
    "nothing": b"",
    "blanks": b"\n\n\n",
    "no head": b"just words",
    "no boundary": b"Content-Type: multipart/mixed\n\nwords",
    "a boundary that does not end": b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nwords",
    "parts in parts": _deep(50),
    "parts in many parts": _deep(2_000),
    "many parts": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 50_000,
    "many headers": b"X: y\n" * 100_000 + b"\nwords",
    "a long header": b"From: " + b"a," * 1_000_000 + b"\n\nwords",
    "a long subject": b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nwords",
    "broken base64": simple("utf-8", b"!!!!", "base64"),
    "an odd transfer encoding": simple("utf-8", b"words", "x-uuencode"),
    "a broken charset": b"Content-Type: text/plain; charset*=x''%ff%\n\nwords",
    "chance": random.Random(1).randbytes(200_000),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_read_as_far_as_it_goes(name: str) -> None:
    began = time.process_time()
    email = ParsedEmail.of(BROKEN[name])
    found = WrittenReply.of(email)
    assert isinstance(found.text, str)
    assert isinstance(email.subject, str)
    assert isinstance(email.sender, str)
    assert isinstance(email.recipients, list)
    assert email.is_automatic in {True, False}
    assert time.process_time() - began < 4
