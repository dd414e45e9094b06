"""What an attack is: an attempt on the site as it is shipped, and a control that must succeed.

The same attempt is made twice: on the site, where it must fail, and on something without the
defence, where it must not. A control that does no harm shows that the attempt is no attempt, so it
fails the run as surely as an attempt that does.
"""

from collections.abc import Callable
from typing import NamedTuple

from tests.servers import Server


class Outcome(NamedTuple):
    """Whether harm was done, and what was measured, in a line."""

    harmed: bool
    report: str


class Attack(NamedTuple):
    name: str
    attempt: Callable[[Server], Outcome]
    control: Callable[[Server], Outcome]
