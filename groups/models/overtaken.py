"""What an action raises when somebody else's came first."""


class Overtaken(Exception):
    """A row is not as it was when the action began, and nothing was written.

    A view that has more to say catches it; otherwise it is answered 409, see
    groups/web/idempotency.py.
    """
