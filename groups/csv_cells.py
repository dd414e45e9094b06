"""What stands in a cell of a table that leaves the house."""

# A spreadsheet takes a cell that begins with one of these for a formula, and works it out.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# What some of them skip before they look.
SKIPPED = " \"'"


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows as it is written, and never works out."""
    text = str(value)
    return f"'{text}" if text.lstrip(SKIPPED).startswith(FORMULA_SIGNS) else text
