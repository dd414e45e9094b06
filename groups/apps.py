import sys
from types import ModuleType

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string

from groups.events import registry
from groups.mail.checks import check_inbox, check_sender


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = "Groups"

    def ready(self) -> None:
        """Register kinds of event, the checks of mail, and tasks under the names that earlier
        releases queued."""
        checks.register(check_sender, "mail", deploy=True)
        checks.register(check_inbox, "mail", deploy=True)
        registry.register(import_string("groups.events.kinds.KINDS"))
        for former, name in settings.FORMER_TASKS.items():
            task = import_string(name)
            module, _, attribute = former.rpartition(".")
            setattr(sys.modules.setdefault(module, ModuleType(module)), attribute, task)
