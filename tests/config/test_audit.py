"""Published holes: what is locked has none that is known here, and an audit tells all it knows."""

import pytest

from tests import audit, lock
from tests.advisories import ADVISORIES, NPM, PYPI, affected

# What the tools print; the first two are those of `uv audit` and `npm audit`, cut short.
UV_FOUND = {
    "vulnerabilities": [
        {
            "dependency": {"name": "django", "version": "5.2.1"},
            "id": "GHSA-0000",
            "aliases": ["CVE-2026-1"],
            "summary": "A hole",
            "fix_versions": ["5.2.2"],
        }
    ]
}
NPM_FOUND = {
    "vulnerabilities": {
        "katex": {"via": [{"title": "Another hole"}, "other"], "range": "<0.16.10"},
    }
}
NOTHING_FOUND: dict[str, object] = {"vulnerabilities": {}}
NO_NETWORK = {"message": "resolving\nerror: could not connect\n  cause: no network"}


def test_nothing_that_is_locked_or_vendored_has_a_hole_that_is_known_here():
    assert lock.holes() == []


@pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda advisory: advisory.name)
def test_what_falls_below_the_fixed_version_is_named(advisory):
    before = {advisory.package: "0.0.1"}
    assert any(advisory.name in sentence for sentence in affected(advisory.ecosystem, before))
    assert affected(advisory.ecosystem, {advisory.package: "9999"}) == []


def test_every_advisory_is_about_something_that_is_here():
    here = {PYPI: lock.locked_packages(), NPM: lock.browser_packages()}
    assert [each for each in ADVISORIES if each.package not in here[each.ecosystem]] == []


@pytest.mark.parametrize(
    ("answers", "status", "report"),
    [
        ([{"vulnerabilities": []}, {}, NOTHING_FOUND], 0, "0 holes are known"),
        ([UV_FOUND, {}, NOTHING_FOUND], 1, "django 5.2.1 has GHSA-0000, CVE-2026-1: A hole"),
        ([{"vulnerabilities": []}, {}, NPM_FOUND], 1, "katex has Another hole, other"),
        ([NO_NETWORK, {}, NOTHING_FOUND], 75, "NOT asked about: error: could not connect"),
        ([NO_NETWORK, {}, NPM_FOUND], 1, "katex has Another hole"),
        ([{"vulnerabilities": []}, {}, {"message": ""}], 75, "NOT asked about: no answer"),
    ],
)
def test_an_audit_says_what_it_found_and_what_it_could_not_ask(
    monkeypatch, capsys, answers, status, report
):
    given = iter(answers)
    monkeypatch.setattr(audit, "answer", lambda command, folder: next(given))
    with pytest.raises(SystemExit) as ended:
        audit.main()
    assert ended.value.code == status
    assert report in capsys.readouterr().out


def test_a_tool_that_is_missing_has_not_asked(tmp_path):
    with pytest.raises(audit.NotAsked):
        audit.answer(["no-such-program"], tmp_path)


def test_the_htmx_that_pages_load_is_asked_about():
    assert audit.htmx_version().startswith("2.")
