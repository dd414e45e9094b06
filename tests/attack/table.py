"""All attacks, in the order in which they are made."""

from tests.attack import betrayed_names, lock_out
from tests.attack.base import Attack

ATTACKS: list[Attack] = [
    Attack("betrayed_names", betrayed_names.attempt, betrayed_names.control),
    Attack("lock_out", lock_out.attempt, lock_out.control),
]
