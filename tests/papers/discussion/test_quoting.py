"""A comment is quoted in a reply to it."""

import html

import pytest

from papers.discussion.quoting import quotation_of
from papers.rendering.markdown import render
from tests.factories import browser_of, make_comment
from tests.pages import text_of


@pytest.mark.parametrize(
    "source", ["One", "One\n\ntwo", "- a\n- b\n", "> before\n\nafter", "$x$\n"]
)
def test_a_quotation_is_one_quotation_with_the_text_in_it(source):
    quoted = render(f"{quotation_of(source)}Then mine.")
    assert quoted.startswith("<blockquote>")
    assert quoted.rstrip().endswith("<p>Then mine.</p>")
    assert quoted.count("<blockquote>") == render(source).count("<blockquote>") + 1


@pytest.mark.django_db
def test_the_link_opens_the_reply_with_all_of_the_comment(room):
    said = make_comment(room.thread, room.author, "One\n\n<b>two</b>")
    address = f"{room.thread.get_absolute_url()}comments/new/?parent={said.pk}"
    browser = browser_of(room.member)
    assert (
        "&gt; One"
        not in text_of(browser.get(address)).partition("<textarea")[2].partition("</textarea")[0]
    )
    field = text_of(browser.get(f"{address}&quote=yes")).partition("<textarea")[2]
    text = html.unescape(field.partition(">\n")[2].partition("</textarea")[0])
    assert text == "> One\n>\n> <b>two</b>\n\n"
