"""Files that others wrote are the very files that the manifest names."""

import re

from config import vendor


def test_every_vendored_file_is_the_one_in_the_manifest():
    assert vendor.differences() == []


def test_the_manifest_names_the_versions_that_are_asked_for():
    asked = {(package.name, package.version, package.licence) for package in vendor.PACKAGES}
    assert {
        (kept["package"], kept["version"], kept["licence"]) for kept in vendor.read_manifest()
    } == asked


def test_every_package_comes_with_its_licence():
    for package in vendor.PACKAGES:
        assert (vendor.VENDOR / package.folder / "LICENSE").stat().st_size > 0


def test_a_changed_a_missing_and_a_foreign_file_are_told_apart(tmp_path, monkeypatch):
    for path in vendor.VENDOR.rglob("*"):
        target = tmp_path / path.relative_to(vendor.VENDOR)
        if path.is_dir():
            target.mkdir()
        else:
            target.write_bytes(path.read_bytes())
    monkeypatch.setattr(vendor, "VENDOR", tmp_path)
    monkeypatch.setattr(vendor, "MANIFEST", tmp_path / "manifest.json")
    (tmp_path / "katex" / "LICENSE").write_text("other words")
    (tmp_path / "inter" / "LICENSE").unlink()
    (tmp_path / "stray.js").write_text("")

    assert vendor.differences() == [
        "inter/LICENSE is missing",
        "katex/LICENSE was changed",
        "stray.js is not in the manifest",
    ]


def test_every_file_that_a_vendored_stylesheet_refers_to_is_there():
    for stylesheet in vendor.VENDOR.rglob("*.css"):
        for reference in re.findall(r"url\(([^)]+)\)", stylesheet.read_text()):
            assert (stylesheet.parent / reference.strip("'\"")).is_file(), reference
