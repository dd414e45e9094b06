"""The key that each form which changes something carries, see groups/web/idempotency.py."""

import secrets

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

register = Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return a hidden field with a fresh key."""
    key = secrets.token_urlsafe(16)
    return mark_safe(f'<input type="hidden" name="idempotency_key" value="{key}">')  # noqa: S308
