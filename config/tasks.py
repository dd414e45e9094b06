"""Tasks in the database, of which it keeps no secret when one fails."""

from typing import Any

from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

from config.redaction import conceal


class CarefulTask(Task[Any, Any]):
    """A task whose error is kept with its traceback, so it must not tell a secret."""

    def call(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().call(*args, **kwargs)
        except Exception as error:
            conceal(error)
            raise


class CarefulBackend(DatabaseBackend):
    task_class = CarefulTask  # type: ignore[assignment]
