"""The locks hold what is asked for."""

from tests import lock


def test_every_requirement_is_met_by_its_lock():
    assert lock.differences() == []


def test_no_file_of_requirements_names_a_registry():
    for path in lock.ROOT.glob("requirements*"):
        assert "://" not in path.read_text(), path
