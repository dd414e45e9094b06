"""Room on the stack for all that a test calls.

CPython 3.11 keeps its stack in pieces of 16 KB. Where a call begins a new one it fetches the memory
and gives it back when the call ends, each time; under a browser, fifteen middlewares and a template
that happens all the time, and takes a tenth of the run. A call that needs more gets a larger piece,
and those below it find room in what is left.
"""

from collections.abc import Callable
from typing import Any

# 160 KB, for which it takes 256.
_VARIABLES = 20_000
_made: dict[str, Any] = {}
_names = "; ".join(f"_{number} = 0" for number in range(_VARIABLES))
exec(f"def with_room(call):\n    return call()\n    {_names}\n", _made)  # noqa: S102
with_room: Callable[[Callable[[], object]], object] = _made["with_room"]
