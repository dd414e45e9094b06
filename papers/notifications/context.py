"""The bell of every page."""

from collections.abc import Callable

from django.http import HttpRequest

from papers.models import Notification

# Above that many the bell says no number.
MOST_COUNTED = 99


def bell(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """Templates know how many notifications are new to a visitor, if they ask."""

    def count() -> int:
        if not request.user.is_authenticated:
            return 0
        new = Notification.objects.of(request.user).unseen().readable()
        return new.values("pk")[: MOST_COUNTED + 1].count()

    return {"new_notification_count": count}
