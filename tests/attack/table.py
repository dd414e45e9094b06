"""All attacks, in the order in which they are made."""

from tests.attack.base import Attack

ATTACKS: list[Attack] = []
