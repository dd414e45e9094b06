"""The page that hands back what someone wrote when a form could not be taken."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

# What is never shown again, and what the new form has itself.
SECRET_WORDS = (
    "password", "csrfmiddlewaretoken", "idempotency_key", "request_key", "code", "token", "secret",
)  # fmt: skip


@dataclass(frozen=True)
class RecoveredField:
    name: str
    value: str

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def long(self) -> bool:
        return len(self.value) > 80 or "\n" in self.value


def recovery_page(
    request: HttpRequest, *, status: int, heading: str, sentence: str, sign_in: bool = False
) -> HttpResponse:
    """Answer a form that was not taken: what was typed is there to copy or to send again.

    Only what one of our own pages sent can be sent again: a page elsewhere that posts here must
    not find its text ready with a button under it. Browsers tell by Sec-Fetch-Site.
    """
    if getattr(request, "htmx", False):
        return render(request, "_message.html", {"sentence": sentence}, status=status)
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return render(
        request,
        "form_recovery.html",
        {
            "heading": heading,
            "sentence": sentence,
            "fields": fields_of(request),
            "action": request.get_full_path() if ours else "",
            "sign_in_url": reverse("account_login") if sign_in else "",
        },
        status=status,
    )


def fields_of(request: HttpRequest) -> list[RecoveredField]:
    return [
        RecoveredField(name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in SECRET_WORDS)
        for value in values
        if value
    ]
