"""All attacks, in the order in which they are made."""

from importlib import import_module

from tests.attack.base import Attack

NAMES = (
    "betrayed_names",
    "big_export",
    "broken_headers",
    "costly_posts",
    "flood",
    "forged_host",
    "lock_out",
    "mail_first",
    "nested_formulas",
    "page_weight",
    "secrets_at_rest",
    "secrets_in_log",
    "silent_connections",
    "slow_readers",
    "stale_imports",
)
MODULES = [import_module(f"tests.attack.{name}") for name in NAMES]
ATTACKS = [
    Attack(name, module.attempt, module.control)
    for name, module in zip(NAMES, MODULES, strict=True)
]
