"""The cache in the database, in which limits on attempts are counted."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router, transaction

from config.outages import is_outage


class CountingCache(DatabaseCache):
    """Django's, but an outage is raised.

    Django's writes nothing and says that the key is there already, which allauth takes for a limit
    that is used up: with a full disk it would answer 429.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = None) -> bool:
        using = router.db_for_write(self.cache_model_class)
        failures: list[DatabaseError] = []

        def execute(run: Any, *statement: Any) -> Any:
            try:
                return run(*statement)
            except DatabaseError as error:
                failures.append(error)
                raise

        # The outer transaction commits where nothing keeps its error back.
        with connections[using].execute_wrapper(execute), transaction.atomic(using=using):
            is_set: bool = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]
            if outage := next(filter(is_outage, failures), None):
                raise outage
        return is_set
