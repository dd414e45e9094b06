"""The error of an action that another person's action came before."""


class Overtaken(Exception):
    """A row is not as it was when the action began, and nothing was written.

    A view that has more to say catches it; otherwise it is answered 409, see
    groups/web/idempotency.py.
    """
