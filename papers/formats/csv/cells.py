"""Cells with more than their text: links, formulas and brackets."""

import re

from papers.formats.core.identifiers import web_address

# Goodreads keeps a number a text with a formula: ="9780000000019"
_TEXT_AS_FORMULA = re.compile(r"=\"([^\"]*)\"")
# =HYPERLINK("https://…"; "On Lists")
_HYPERLINK = re.compile(
    r"=HYPERLINK\(\s*\"([^\"]*)\"\s*(?:[,;]\s*\"([^\"]*)\"\s*)?\)", re.IGNORECASE
)
# Notion writes what leads to another of its pages as `Name (https://www.notion.so/…)`.
_PAGE_OF_NOTION = re.compile(
    r"\s*\((?:https?://(?:[\w-]+\.)?notion\.(?:so|site)/[^\s()]*|[^()\s]*%20[^()\s]*\.(?:md|csv))\)"
)
_BETWEEN_PAGES = re.compile(rf"{_PAGE_OF_NOTION.pattern}\s*,\s*(?=\S)")
_WITH_ADDRESS = re.compile(r"(?P<text>\S.*?)\s*\((?P<address>https?://[^\s()]+)\)")
_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<address>https?://[^\s()]+)\)")
# Obsidian: [[papers/On Lists|On Lists]]
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*/)?([^\[\]|]+?)(?:\|([^\[\]|]+))?\]\]")


def bare(cell: str) -> str:
    """Return the cell without what only leads to other pages of the program that keeps it; of
    several pages the names are parted by semicolons.
    """
    if cell.strip() == "[]":
        return ""
    if cell.startswith("=") and (found := _TEXT_AS_FORMULA.fullmatch(cell.strip())):
        return found[1]
    if "[[" in cell:
        cell = _WIKI_LINK.sub(lambda found: found[2] or found[1], cell)
    if "(" not in cell:
        return cell
    return _PAGE_OF_NOTION.sub("", _BETWEEN_PAGES.sub("; ", cell))


def names_of_pages(cell: str) -> list[str]:
    """Return the names of the pages of Notion that a cell leads to."""
    return bare(cell).split("; ") if _PAGE_OF_NOTION.search(cell) else []


def split_link(cell: str) -> tuple[str, str]:
    """Return the text of a cell and the address of the web that it is a link to, if it is one."""
    if found := _HYPERLINK.fullmatch(cell.strip()):
        return found[2] or found[1], web_address(found[1])
    found = _LINK.fullmatch(cell.strip()) or _WITH_ADDRESS.fullmatch(cell.strip())
    if found and web_address(found["address"]):
        return found["text"], web_address(found["address"])
    return cell, ""
