"""What stands in a cell of a table that leaves the house."""

# A spreadsheet takes a cell that begins with one of these for a formula, and works it out.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows as it is written, and never works out."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
