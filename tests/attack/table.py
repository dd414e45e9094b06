"""All attacks, in the order in which they are made."""

from tests.attack import (
    betrayed_names,
    big_export,
    broken_headers,
    costly_posts,
    flood,
    forged_host,
    lock_out,
    mail_first,
    nested_formulas,
    page_weight,
    secrets_at_rest,
    secrets_in_log,
    silent_connections,
    slow_readers,
    stale_imports,
)
from tests.attack.base import Attack

ATTACKS = [
    Attack(module.__name__.rpartition(".")[2], module.attempt, module.control)
    for module in (
        betrayed_names,
        big_export,
        broken_headers,
        costly_posts,
        flood,
        forged_host,
        lock_out,
        mail_first,
        nested_formulas,
        page_weight,
        secrets_at_rest,
        secrets_in_log,
        silent_connections,
        slow_readers,
        stale_imports,
    )
]
