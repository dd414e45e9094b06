"""Quote the text of a comment in a reply to it."""


def quotation_of(source: str) -> str:
    """Return Markdown that quotes a text, with an empty line behind it to write on."""
    lines = (f"> {line}".rstrip() for line in source.strip().splitlines())
    return "\n".join(lines) + "\n\n"
