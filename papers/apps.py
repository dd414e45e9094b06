from django.apps import AppConfig

from groups.events import registry
from papers.events.kinds import KINDS


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = "Papers"

    def ready(self) -> None:
        registry.register(KINDS)
