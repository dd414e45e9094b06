"""Replies that have only HTML: their text as Markdown, without what other programs quote."""

import time

import pytest

from papers.rendering.markdown import render
from papers.replies.html_text import email_html_as_markdown
from papers.replies.quotations import without_quotations

QUOTED = "<div>Is the Hessian shared?</div><div>Mute this thread</div>"
LINE = "On Mon, Nov 30, 2026 at 10:15 AM Seminar &lt;seminar@example.org&gt; wrote:<br>"
SAID = "<div>The diagonal is <b>enough</b>.</div><div><br></div><div>See $h_{kk}$.</div>"
WORDS = "The diagonal is **enough**.\n\nSee $h_{kk}$."

PROGRAMS = {
    "Gmail": f'<div dir="ltr">{SAID}</div><br><div class="gmail_quote gmail_quote_container">'
    f'<div dir="ltr" class="gmail_attr">{LINE}</div><blockquote class="gmail_quote" '
    f'style="margin:0px">{QUOTED}</blockquote></div>',
    "Gmail, signed": f'<div dir="ltr">{SAID}<div class="gmail_signature">Mina<div>Kaya</div></div>'
    f'</div><div class="gmail_quote">{LINE}<blockquote>{QUOTED}</blockquote></div>',
    "Apple Mail": f'<html><head><meta charset="utf-8"></head><body>{SAID}<br><div>'
    f'<blockquote type="cite"><div>{LINE}</div>{QUOTED}</blockquote></div></body></html>',
    "iPhone": f"<html><body dir='auto'>{SAID}<br><div dir='ltr'>Sent from my iPhone</div><div "
    f"dir='ltr'><br><blockquote type='cite'>{LINE}{QUOTED}</blockquote></div></body></html>",
    "Thunderbird": f'<body>{SAID}<div class="moz-cite-prefix">On 30/11/2026 10:15, Seminar wrote:'
    f'<br></div><blockquote type="cite">{QUOTED}</blockquote></body>',
    "Outlook on the web": f'<body>{SAID}<div id="appendonsend"></div><hr style="display:inline-'
    f'block"><div id="divRplyFwdMsg"><b>From:</b> Seminar<br><b>Sent:</b> Monday<br><b>To:</b> Mina'
    f"</div>{QUOTED}</body>",
    "Outlook": f"<html xmlns:o='urn:x'><head><style>p {{ margin: 0 }}</style></head><body>"
    "<p class=MsoNormal>The diagonal is <b>enough</b>.<o:p></o:p></p><p class=MsoNormal>"
    "<o:p>&nbsp;</o:p></p><p class=MsoNormal>See $h_{kk}$.</p><div style='border:none;border-top:"
    "solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Seminar &lt;seminar@example.org&gt;<br>"
    f"<b>Sent:</b> Monday, November 30, 2026<br><b>To:</b> Mina<br><b>Subject:</b> x</p></div>"
    f"{QUOTED}</body></html>",
    "Yahoo": f'<div>{SAID}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>{LINE}</div>'
    f"{QUOTED}</div>",
    "ProtonMail": f'{SAID}<div class="protonmail_signature_block">Sent with Proton Mail</div>'
    f'<div class="protonmail_quote">{LINE}<blockquote>{QUOTED}</blockquote></div>',
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_the_writer_said_is_kept_alone(program: str) -> None:
    assert without_quotations(email_html_as_markdown(PROGRAMS[program])) == WORDS


def test_answers_between_quotations_keep_these() -> None:
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{LINE}</div><blockquote>Is it shared?'
        "</blockquote><div>No.</div><blockquote>And the trace?</blockquote><div>Yes.</div></div>"
    )
    said = "> Is it shared?\n\nNo.\n\n> And the trace?\n\nYes."
    assert without_quotations(email_html_as_markdown(html)) == said


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<ol><li>one</li><li>two<ul><li>three</li></ul></li></ol>", "1. one\n2. two\n   - three"),
        ("<h2>Proof</h2><p>By <i>parts</i>.</p>", "## Proof\n\nBy *parts*."),
        ('<a href="https://x.org/a">here</a>', "[here](https://x.org/a)"),
        ('<a href="https://x.org/">x.org</a>', "x.org"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<a href="mailto:a@x.org">a@x.org</a>', "a@x.org"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("1 &lt; 2 &amp;&amp; x<y", "1 < 2 && x<y"),
        ("<b> bold </b>and", "**bold** and"),
        ("<b></b>x<b> </b>y", "x y"),
        ('<img alt="😀" src="x">', "😀"),
        ('<img alt="logo" src="cid:1">', ""),
        ('<p>a</p><div style="display: none">hidden<div>x</div></div>b', "a\n\nb"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<script>x</script>a<style>b</style>", "a"),
        ("<!--[if mso]><p>x</p><![endif]-->a", "a"),
        ("<b>a<br>b</b>", "**a**\n**b**"),
        ("</div></b></a>a", "a"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert email_html_as_markdown(html) == text


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "<blockquote>a" * 50_000, "<" * 500_000, "<b>a" * 100_000,
     "<a href='https://x.org'>" * 30_000, "<b>" * 3_000 + "a<br>" * 3_000, "<p " * 100_000,
     "<ul><li>" * 60_000, "&" * 500_000, "<pre>" + "\n" * 500_000, "</b>" * 100_000],
    ids=range(11),
)  # fmt: skip
def test_no_page_takes_long(html: str) -> None:
    began = time.process_time()
    text = without_quotations(email_html_as_markdown(html))
    assert time.process_time() - began < 3
    assert len(text) < 3 * len(html)


def test_what_comes_of_hostile_html_is_safe_once_it_is_rendered() -> None:
    html = '<p>&lt;script&gt;alert(1)&lt;/script&gt;<a href="https://x.org/&quot;onx=">a</a></p>'
    assert "<script" not in render(email_html_as_markdown(html))
