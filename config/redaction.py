"""Keep secrets out of the log.

A link that lets someone in is as good as a password, and a reader of the log must not find it
there: not where its page fails, nor in an address that is spelt in a way that leads elsewhere, a
traceback or an error of the database. So a secret is known by its shape, wherever it is: a long run
of signs that is no text. What is too short for that is known by the name before it.
"""

import logging
import re
from itertools import pairwise
from urllib.parse import unquote

HIDDEN = "…"
SHORTEST = 16
# How often something may be escaped and is still looked at; beyond, it is hidden.
MOST_ESCAPED = 5
# Which letters often follow each: in 98 of 100 pairs of English text, and in 38 of random letters.
FOLLOWERS = {
    "a": "bcdgilmnprst",
    "b": "aceilorsuy",
    "c": "acehiklortu",
    "d": "abdeilorsu",
    "e": "acdflmnprstx",
    "f": "aefilortuy",
    "g": "adeghilnorsu",
    "h": "aeiortu",
    "i": "acdeglmnorstvz",
    "j": "aeiosu",
    "k": "abdeilmstuw",
    "l": "adeilostuy",
    "m": "abeimopsu",
    "n": "acdefgiost",
    "o": "cdglmnoprstuvw",
    "p": "aeiloprstu",
    "q": "lu",
    "r": "adeimorstuy",
    "s": "acehilopstu",
    "t": "aehiorstuy",
    "u": "abceilmnprst",
    "v": "aeio",
    "w": "aehiknors",
    "x": "aceimptxy",
    "y": "bceilmnopstwy",
    "z": "aeimoy",
}
SURELY_RANDOM = -7
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HEX = re.compile(r"(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{24,}", re.IGNORECASE)
WORD = re.compile(r"[a-z]{1,15}|[A-Z]{1,15}|\d+")
# Signs of a token, each as it is or escaped, also several times over.
RUN = re.compile(rf"(?:[\w-]|%(?:25)*[0-9A-Fa-f]{{2}}){{{SHORTEST},}}", re.ASCII)

SLASH = r"(?:[/\\]|%(?:25)*(?:2f|5c))"
EQUALS = r"(?:=|%(?:25)*3d)"
NAMES = (
    r"(?:code|otp|state|token|key|secret|password\d?|passwd|credential|ticket|sessionid|csrftoken"
    r"|csrfmiddlewaretoken|idempotency_key|request_key|api_key|client_secret|code_verifier|\w+_token)"
)
# Each has the part that is kept, then what is hidden. A new address with a secret belongs here.
PLACES = [
    re.compile(
        rf"((?<![\w-])(?<!groups/)(?:join|feeds|reset{SLASH}+key|confirm-email){SLASH}+)"
        r"[^\s'\"?#/\\][^\s'\"?#]*?(?=[/\\]?(?:[\s'\"?#]|$))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"((?:[?&;]|%(?:25)*(?:3f|26|3b)|(?<![^\s(]))(?:__Host-)?{NAMES}{EQUALS})"
        r"[^&;\s'\"]+?(?=%(?:25)*26|[&;\s'\")]|$)",
        re.IGNORECASE,
    ),
    re.compile(rf"((['\"]){NAMES}\2: *['\"])[^'\"]+", re.IGNORECASE),
    re.compile(r"((?:Cookie|Authorization)['\"]?: *['\"]?)[^'\"\n]+", re.IGNORECASE),
    re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)"),
    # PostgreSQL tells the values of a row that breaks a rule.
    re.compile(r"((?:Key \([^\n]{1,200}?\)=|Failing row contains )\()[^\n]+"),
]


def without_secrets(text: str) -> str:
    for place in PLACES:
        text = place.sub(rf"\1{HIDDEN}", text)
    return RUN.sub(lambda found: HIDDEN if holds_secret(found[0]) else found[0], text)


def holds_secret(run: str) -> bool:
    """Return whether one of the words in a run of token signs, unescaped, is no text."""
    for _ in range(MOST_ESCAPED):
        run = unquote(run)
    return MOST_ESCAPED * "25" in run or any(
        is_random(word) for word in re.findall(r"[\w-]+", run, re.ASCII)
    )


def is_random(word: str) -> bool:
    """Return whether a word is a token that was drawn by chance, and no name, slug or identifier.

    Of tokens of 32 signs less than one in a million is taken for text, of 16 one in three thousand;
    of the identifiers in Django's source one in a thousand is taken for a token, of slugs made of
    titles one in four thousand.
    """
    if len(word) < SHORTEST or UUID.fullmatch(word):
        return False
    parts = re.split("[-_]+", word)
    return sum(map(text_likeness, parts)) <= SURELY_RANDOM or any(map(HEX.fullmatch, parts))


def text_likeness(part: str) -> int:
    """Score how like text a word is: a point for each usual pair of signs, three off for others."""
    digits = sum(sign.isdigit() for sign in part)
    if digits >= 0.75 * len(part) and len(re.findall(r"\d+|\D+", part)) <= 4:
        return 0  # an identifier of a publisher, such as S0217751X22500026
    points = 0
    for place, (one, other) in enumerate(pairwise(part)):
        if one.isdigit() and other.isdigit():
            continue
        if one.islower() and other.isupper():
            points -= 1 if part[place + 2 : place + 4].islower() else 3
        elif other.lower() in FOLLOWERS.get(one.lower(), ""):
            points += 1
        else:
            points -= 3
    return max(points, -1) if WORD.fullmatch(part) else points


class WithoutSecrets(logging.Filter):
    """Lets every line through, without the secrets in it, its traceback or what goes with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        kept = without_secrets(message)
        if kept != message:
            record.msg, record.args = kept, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        for name, value in vars(record).items():
            if isinstance(value, str) and name != "msg":
                setattr(record, name, without_secrets(value))
        return True


def conceal(error: BaseException) -> None:
    """Hide secrets in what an error says, and in what the errors say that it came from."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
            one.args = tuple(
                without_secrets(said) if isinstance(said, str) else said for said in one.args
            )
