"""A page shows every field of its form: what it left out would be saved as if it were empty."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.template import Context

from groups.forms.groups import GroupForm
from tests.access.expectations import line_of
from tests.access.fillers import routes
from tests.access.visitors import Answer

# A link that leads nowhere is answered without the form for a new password.
WITHOUT_FORM = {"account_reset_password_from_key"}
LEFT_OUT_RIGHTLY = {
    "ConfirmationForm.typed",  # the last organizer is told what to do first, and asked nothing
    "CommentForm.parent",  # a comment that answers none
}
FORMS = [
    route
    for route in routes()
    if line_of(route.name) and route.name not in WITHOUT_FORM and "admin:" not in route.name
]


def forms_of(answer: Answer) -> Iterator[forms.BaseForm]:
    contexts = answer.response.context or ()  # one alone where there was one template
    for context in [contexts] if isinstance(contexts, Context) else contexts:
        for value in context.flatten().values():
            if isinstance(value, forms.BaseForm):
                yield value


def left_out(answer: Answer) -> set[str]:
    """The fields of the page's forms, by form and name, that are nowhere on the page."""
    names = set(re.findall(r"\bname=\"([^\"]+)\"", answer.body))
    return {
        f"{type(form).__name__}.{name}"
        for form in forms_of(answer)
        for name in form.fields
        if form.add_prefix(name) not in names
    } - LEFT_OUT_RIGHTLY


@pytest.mark.parametrize("visitor", ["stranger", "organizer"])
def test_a_page_shows_every_field_of_its_forms(world, visitor):
    found, seen = {}, set()
    for route in FORMS:
        answer = world.ask(route, "GET", visitor)
        seen |= {type(form) for form in forms_of(answer)}
        if missing := left_out(answer):
            found[route.name] = missing
    assert found == {}
    assert len(seen) > 3


def test_a_field_that_the_page_leaves_out_is_found(world, monkeypatch):
    route = next(route for route in FORMS if route.name == "groups:group_update")
    monkeypatch.setattr(GroupForm, "sections", [])
    assert "GroupForm.seats" in left_out(world.ask(route, "GET", "organizer"))
