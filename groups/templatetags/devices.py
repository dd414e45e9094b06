"""A browser and its device in words, from what the browser says of itself."""

import re

from django import template

register = template.Library()

# The first that is found counts: many say that they are another one, too.
BROWSERS = {
    "Edge": r"Edg(e|A|iOS)?/",
    "Opera": r"OPR/|Opera",
    "Samsung Internet": r"SamsungBrowser/",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|CriOS/|Chromium/",
    "Safari": r"Safari/",
}
DEVICES = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Windows": r"Windows",
    "ChromeOS": r"CrOS",
    "Mac": r"Macintosh|Mac OS X",
    "Linux": r"Linux|X11",
}


@register.filter
def device(user_agent: str) -> str:
    browser, on = (_first(names, user_agent) for names in (BROWSERS, DEVICES))
    if browser and on:
        return f"{browser} on {on}"
    return browser or on or "An unknown browser"


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for name, sign in names.items() if re.search(sign, user_agent)), "")
