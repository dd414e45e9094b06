"""Texts of the longest comment that are as much work as can be for what renders them.

Pieces that mean something to Markdown, to the finder of addresses or to the cleaner of HTML, alone
and in twos, repeated, one half after the other, line by line, and mixed at random.
"""

import itertools
import random
from collections.abc import Iterator

LONGEST = 20_000  # characters, as papers.models.discussion.COMMENT_LIMIT
SIGNS = [*"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \n\ta1é"]
WORDS = (
    "://|http://|https://[|www.|a.com|mailto:|a@b.co |x.ac |&amp;|&#x|$$|$a$|- |1. |> |```|~~~\n|"
    "[a]: |[a]|](|](b)|[^|![|**|~~|---\n|<a>|<b:|</|\n\n|  \n|* |# |//|\n    |a\n=\n|<http://b>|\\\\"
)
PIECES = [*SIGNS, *WORDS.split("|"), "|a", "\n|-|", "|-", "|www."]
SEED = 14


def repeated(pieces: int, size: int = LONGEST) -> Iterator[str]:
    """Every choice of so many pieces, over and over."""
    for chosen in itertools.product(PIECES, repeat=pieces):
        yield filled("".join(chosen), size)


def halves(size: int = LONGEST) -> Iterator[str]:
    """Every two pieces, the one over and over and then the other."""
    for first, second in itertools.permutations(PIECES, 2):
        yield filled(first, size // 2) + filled(second, size - size // 2)


def mixed(count: int, size: int = LONGEST) -> Iterator[str]:
    """Three to twelve pieces in turn, and then others; always the same texts."""
    chance = random.Random(SEED)
    for _ in range(count):
        text = ""
        while len(text) < size:
            some = "".join(chance.choices(PIECES, k=chance.randint(3, 12)))
            text += some * chance.choice([1, 1, 10, 100, 1000])
        yield text[:size]


def made(size: int = LONGEST) -> dict[str, str]:
    """What was found by thinking."""
    texts = {
        "a table of one row": f"{'|a' * 3000}\n{'|-' * 3000}\n{'|' * 6000}",
        "rows without cells": f"{'|a' * 600}\n{'|-' * 600}\n" + "|\n" * 9000,
        "rows of forty cells": f"{'|a' * 40}\n{'|-' * 40}\n" + f"{'|a' * 40}\n" * 240,
        "many small tables": "|a|b|\n|-|-|\n|\n|\n|\n\n" * 1000,
        "a long address named often": f"[a]: http://{'a' * 8000}\n\n" + "[a]" * 4000,
        "a long title named often": f"[a]: http://b '{'a' * 8000}'\n\n" + "[a]" * 4000,
        "lists in lists": ("- " * 18 + "a\n") * 550,
        "quotes in quotes, then one without": ">" * 5000 + "a\n" + "a\n" * 7500,
        "quotes and lists in each other": ("> - " * 10 + "a\n") * 480,
        "lists by their indentation": "".join("  " * (n % 19) + "- a\n" for n in range(1000)),
        "runs of backticks": "".join("a" + "`" * n for n in range(200, 1, -1)),
        "addresses of many parts": ("|a." * 12 + " ") * 600,
        "addresses in addresses": "http://a/" * 2500,
        "one host": "=a-" * 30 + ".a " * 7000,
        "links in links": "[" * 7000 + "a" + "](b)" * 4000,
        "formulas": "$a$ " * 5000,
    }
    return {name: filled(text, size) for name, text in texts.items()}


def filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]
