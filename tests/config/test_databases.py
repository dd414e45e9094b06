"""What each engine is told when a connection to it opens."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_no_statement_is_compiled_on_postgresql():
    if connection.vendor == "sqlite":
        return  # compiles none
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
