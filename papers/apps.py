from django.apps import AppConfig
from django.utils.module_loading import import_string

from groups.event_listeners import listen
from groups.events import registry
from papers.events.kinds import KINDS


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = "Papers"

    def ready(self) -> None:
        """Register kinds of event, and what is told of the events of a group."""
        registry.register(KINDS)
        told = "papers.notifications.group_events"
        listen(import_string(f"{told}.KINDS"), import_string(f"{told}.event_announced"))
