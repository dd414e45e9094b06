"""HTML, JATS and MathML that programs leave in titles, names and journals: their tags and entities.

What only looks like markup stays: `<0.5`, `List<T>`, `AT&T`.
"""

import re
from html import unescape

# fmt: off
_NAMES = (
    # HTML
    "a", "abbr", "b", "big", "blockquote", "br", "cite", "code", "div", "em", "font", "h[1-6]",
    "hr", "i", "img", "inf", "kbd", "li", "nobr", "ol", "p", "q", "s", "scp?", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "ul", "wbr",
    # JATS
    "alternatives", "bold", "break", "disp-formula", "ext-link", "inline-formula",
    "inline-graphic", "italic", "label", "list", "list-item", "monospace", "named-content",
    "overline", "roman", "sans-serif", "sec", "styled-content", "tex-math", "title", "underline",
    "uri", "xref",
    # MathML
    "annotation", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn",
    "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
    "none", "semantics",
)
# fmt: on
_PREFIX = r"(?:(?:jats|mml|m|ce|sb|xhtml|html):)?"
_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*+"
_TAG = re.compile(
    rf"</?(?:{_PREFIX}(?:{'|'.join(_NAMES)})|(?:jats|mml):[\w-]+){_ATTRIBUTES}\s*/?>",
    re.IGNORECASE,
)
# What parts words that no blank parts.
_PARTING = re.compile(
    rf"<(?:/{_PREFIX}(?:p|div|h[1-6]|li|title|sec|blockquote)|{_PREFIX}(?:br|hr|break){_ATTRIBUTES})"
    r"\s*/?>",
    re.IGNORECASE,
)
# A formula said twice: as TeX and as MathML.
_SAID_IN_TEX = re.compile(
    rf"<{_PREFIX}alternatives\b[^<>]*>(?:(?!</?{_PREFIX}alternatives\b)[\s\S]){{0,5000}}?"
    rf"<{_PREFIX}tex-math\b[^<>]*>(?P<tex>[\s\S]{{0,5000}}?)</{_PREFIX}tex-math>"
    rf"(?:(?!</?{_PREFIX}alternatives\b)[\s\S]){{0,5000}}?</{_PREFIX}alternatives>",
    re.IGNORECASE,
)
_ANNOTATION = re.compile(
    rf"<{_PREFIX}annotation(?:-xml)?\b[^<>]*>[\s\S]{{0,5000}}?</{_PREFIX}annotation(?:-xml)?>",
    re.IGNORECASE,
)
# The whole document that some publishers put around a formula in TeX.
_TEX_DOCUMENT = re.compile(
    r"\\documentclass[\s\S]{0,3000}?\\begin\{document\}([\s\S]{0,3000}?)\\end\{document\}"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# `&amp;amp;uuml;`: each program on the way escaped it once more.
_MOST_TIMES_ESCAPED = 4


def without_tags(text: str) -> str:
    """Return the text without tags; a blank where one parted words."""
    if "<" not in text:
        return text
    return _TAG.sub("", _PARTING.sub(" ", said_once(text)))


def said_once(text: str) -> str:
    """Return the text with each formula once, that publishers write in TeX and in MathML."""
    if "alternatives" in text or "annotation" in text:
        text = _ANNOTATION.sub("", _SAID_IN_TEX.sub(r"\g<tex>", text))
    return _TEX_DOCUMENT.sub(r"\1", text) if "\\documentclass" in text else text


def unescaped_entities(text: str) -> str:
    """Replace each entity by its character, once. One without `;` is none."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def without_markup(text: str) -> str:
    """Return the text without tags and entities, however often they were escaped."""
    for _ in range(_MOST_TIMES_ESCAPED):
        bare = unescaped_entities(without_tags(text))
        if bare == text:
            break
        text = bare
    return text
