"""Pieces in Jinja2 escape everything, miss nothing and are not indented."""

import pytest
from django.template import Context, Template, engines
from jinja2 import UndefinedError


def rendered(source, **values):
    return engines["jinja2"].from_string(source).render(values)


def test_what_people_wrote_is_escaped():
    assert rendered("<p>{{ word }}</p>", word="<b>&'\"") == "<p>&lt;b&gt;&amp;&#39;&#34;</p>"


def test_a_value_that_is_missing_is_a_fault():
    with pytest.raises(UndefinedError):
        rendered("{{ word }}")


def test_the_indentation_of_a_template_is_left_out():
    assert rendered("<p>\n    {{ word }}\n  </p>", word="a\n  b") == "<p>\na\n  b\n</p>"


def test_a_piece_has_its_values_and_the_token_and_nothing_else_of_the_page():
    template = Template('{% load jinja %}{% jinja "papers/library/_row_swaps.jinja" rows=rows %}')
    assert template.render(Context({"rows": [], "csrf_token": "t"})).strip() == ""
    page = Template('{% load jinja %}{% jinja "papers/library/_rows.jinja" rows=rows %}')
    with pytest.raises(UndefinedError):
        page.render(Context({"rows": ["a"], "is_member": True, "may_write": True}))


def test_each_form_has_a_key_of_its_own():
    keys = rendered("{{ idempotency_key() }}\n{{ idempotency_key() }}").split("\n")
    assert len(set(keys)) == 2
    assert all(key.startswith('<input type="hidden" name="idempotency_key"') for key in keys)
