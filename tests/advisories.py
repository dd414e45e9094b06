"""Published advisories that concern what is locked or vendored here, for a machine without network.

A lock or a vendored file never falls below what an advisory names as fixed: tests/lock.py says so
in `make check`. `make audit` asks the databases themselves and finds what is not written here yet;
what it finds is mended by a newer pin, and added below.
"""

from typing import NamedTuple

from packaging.version import Version

PYPI, NPM = "PyPI", "npm"


class Advisory(NamedTuple):
    """`fixed` is the first version that is not affected."""

    ecosystem: str
    package: str
    name: str
    fixed: str


# As published by 2026-11-28.
ADVISORIES = (
    # GHSA-8m2q-wq3r-6hq8: the same faults as in linkify-it, of which it is a port.
    Advisory(PYPI, "linkify-it-py", "CVE-2026-48801", "2.1.1"),
    Advisory(PYPI, "linkify-it-py", "CVE-2026-59887", "2.1.1"),
    Advisory(PYPI, "markdown-it-py", "CVE-2023-26303", "2.2.0"),
    Advisory(PYPI, "cryptography", "CVE-2026-26007", "46.0.5"),
    Advisory(PYPI, "cryptography", "CVE-2026-39892", "46.0.7"),
    Advisory(PYPI, "cryptography", "CVE-2026-69247", "50.0.0"),
    Advisory(PYPI, "django", "CVE-2025-64459", "5.2.8"),
    Advisory(PYPI, "django", "CVE-2026-1287", "5.2.11"),
    Advisory(PYPI, "django", "CVE-2026-25673", "5.2.12"),
    Advisory(PYPI, "django", "CVE-2026-33034", "5.2.13"),
    Advisory(PYPI, "django", "CVE-2026-5766", "5.2.14"),
    Advisory(PYPI, "django-allauth", "CVE-2025-65431", "65.13.0"),
    Advisory(PYPI, "django-allauth", "CVE-2026-97764", "65.19.4"),
    Advisory(PYPI, "gunicorn", "CVE-2024-6827", "22.0.0"),
    Advisory(PYPI, "gunicorn", "CVE-2026-134820", "27.0.0"),
    Advisory(PYPI, "gunicorn", "CVE-2026-134821", "27.0.0"),
    Advisory(PYPI, "h11", "CVE-2025-43859", "0.16.0"),
    Advisory(PYPI, "idna", "CVE-2024-3651", "3.7"),
    Advisory(PYPI, "oauthlib", "CVE-2022-36087", "3.2.1"),
    Advisory(PYPI, "pyjwt", "CVE-2026-32597", "2.12.0"),
    Advisory(PYPI, "pyjwt", "CVE-2026-48523", "2.13.0"),
    Advisory(PYPI, "pyjwt", "CVE-2026-102267", "2.14.0"),
    Advisory(PYPI, "pyjwt", "CVE-2026-101918", "2.15.0"),
    Advisory(PYPI, "requests", "CVE-2026-25645", "2.33.0"),
    Advisory(PYPI, "sqlparse", "CVE-2026-54284", "0.6.0"),
    Advisory(PYPI, "sqlparse", "CVE-2026-59894", "0.6.0"),
    Advisory(PYPI, "urllib3", "CVE-2026-44431", "2.7.0"),
    Advisory(PYPI, "urllib3", "CVE-2026-97687", "2.8.0"),
    Advisory(NPM, "katex", "CVE-2024-28243", "0.16.10"),
    Advisory(NPM, "katex", "CVE-2025-23207", "0.16.21"),
    # Its options were looked up on the prototype of all objects; published without a CVE.
    Advisory(NPM, "katex", "AIKIDO-2026-293837", "0.18.2"),
)


def affected(ecosystem: str, pins: dict[str, str]) -> list[str]:
    """One sentence for every pin that is below what an advisory names as fixed."""
    return [
        f"{each.package} {pins[each.package]} has {each.name}; {each.fixed} is fixed."
        for each in ADVISORIES
        if each.ecosystem == ecosystem
        and each.package in pins
        and Version(pins[each.package]) < Version(each.fixed)
    ]
