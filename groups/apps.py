import sys
from types import ModuleType

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        """Let tasks be found under the names that earlier releases queued them by."""
        for former, name in settings.FORMER_TASKS.items():
            task = import_string(name)
            module, _, attribute = former.rpartition(".")
            setattr(sys.modules.setdefault(module, ModuleType(module)), attribute, task)
