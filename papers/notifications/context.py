"""The bell of every page."""

from collections.abc import Callable

from django.http import HttpRequest

from groups.models.prepared import Prepared
from papers.models import Notification

# Above that many the bell says no number.
MOST_COUNTED = 99
NEW = Prepared(
    lambda user: (
        Notification.objects.of(user).unseen().readable().values_list("pk")[: MOST_COUNTED + 1]
    )
)


def bell(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """Templates know how many notifications are new to a visitor, if they ask."""

    def count() -> int:
        return len(NEW.fetch(user=request.user)) if request.user.is_authenticated else 0

    return {"new_notification_count": count}
