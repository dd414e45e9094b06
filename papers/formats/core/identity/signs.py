"""Signs that tell one title from another: C, C++ and C# are three languages.

Most signs are punctuation, which people leave out or write otherwise, and do not count. Those of
`SIGNS` do. Each is written as one character that always counts, so that what is compared can be
compared again.
"""

import re

# How it is found in a title, before its letters are made small; what it is compared as.
SIGNS: tuple[tuple[str, str], ...] = (
    # What LaTeX, HTML or a keyboard without the sign make of it comes first.
    (r"\$([<>=+*])\$", r"\1"),
    (r"\$(?![\s$])([^$]{1,80}?)(?<!\s)\$(?!\d)", r"\1"),
    (r"\\(?:neq?|not\s*=)(?![a-zA-Z])|!=|=/=|<>", "≠"),
    (r"\\leq?(?:slant)?(?![a-zA-Z])|<=|=<|[⩽≦]", "≤"),
    (r"\\geq?(?:slant)?(?![a-zA-Z])|>=|[⩾≧]", "≥"),
    (r"\\(?:ast|star)(?![a-zA-Z])", "*"),
    (r"\\infty(?![a-zA-Z])", "∞"),
    (r"\\(?:to|(?:long)?rightarrow)(?![a-zA-Z])|-+>|[⟶➔➝➞]", "→"),
    (r"\\(?:long)?leftarrow(?![a-zA-Z])|<-+(?!\d)|⟵", "←"),
    # Tags are not what a title says.
    (r"</?(?:i|b|u|em|strong|su[bp]|scp?|tt|inf|it|span|(?:mml|jats):\w+)(?:\s[^<>]*)?/?>", ""),
    (r"[{}^]", ""),
    # A*, RRT*, C*-algebras; a star behind any other word leads to a footnote.
    (r"(?<![\w*])([^\W_]|[A-Z][A-Z0-9]{1,4})[*∗⋆]", r"\1⁎"),
    # C#, F♯
    (r"(?<=\w)[#♯]", "♯"),
    # C--
    (r"(?<!\w)([^\W\d_])--(?![\w-])", r"\1∸∸"),
    # .NET, and 3.5 which is not 35
    (r"(?<![^\s(\[])\.(?=[^\W\d_]{2})", "∘"),
    (r"<", "≺"),
    (r">", "≻"),
    (r"\$", "¤"),
    (r"×", "x"),
)  # fmt: skip
_SIGNS = tuple((re.compile(pattern), written) for pattern, written in SIGNS)
_MAY_TELL = re.compile(r"[^\w\s,:;'\"’“”‘()\[\]!?&/|.–—-]|--|(?:^|[\s(\[])\.\w|!=|->")
# Mathematical signs that are another spelling of a hyphen, a slash, a colon or a blank.
_PUNCTUATION = frozenset("−⁄∕∖|~⋅∙∣∥∶⁻₋÷")


def with_signs(title: str) -> str:
    """Return the title with its signs as they are compared."""
    if not _MAY_TELL.search(title):
        return title
    for pattern, written in _SIGNS:
        title = pattern.sub(written, title)
    return title


def counts(character: str, category: str) -> bool:
    """Return whether a character that is no letter tells one title from another."""
    return character in "+=%⁎♯¤" or (category == "Sm" and character not in _PUNCTUATION)
