"""What is kept is readable by its owner only, whatever the umask and the owner of the folder."""

import logging
import os
import sqlite3
import stat
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.private_files import private_folder
from tests.servers import BASE_DIR, environment_of


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def any_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("any_umask")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_data_folder_and_what_is_made_in_it_are_private(tmp_path, umask):
    os.umask(umask)
    folder = private_folder(tmp_path / "new" / "data")
    assert mode(folder) == 0o700
    (folder / "file").touch()
    assert mode(folder / "file") == 0o600


@pytest.mark.usefixtures("any_umask")
def test_a_folder_that_everybody_shares_stays_as_it_is(tmp_path, caplog):
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert mode(tmp_path) == 0o1777
    assert "Others can look into the data folder" in caplog.text
    assert caplog.records[0].levelno == logging.WARNING


def test_a_data_folder_of_an_older_release_becomes_private(tmp_path):
    """With a database that is open, so that the two files beside it are there, too."""
    folder = tmp_path / "data"
    folder.mkdir()
    database = folder / "seminar.sqlite3"
    with sqlite3.connect(database) as line:
        line.execute("PRAGMA journal_mode = WAL")
        line.execute("CREATE TABLE older (id)")
        (folder / "secret-key").write_text("older")
        (folder / "backup.sqlite3").touch()
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.chmod(0o644)
        subprocess.run(
            [sys.executable, "-c", "import os; os.umask(0); import config.settings"],
            cwd=BASE_DIR,
            env=environment_of(folder, f"sqlite:///{database}"),
            check=True,
        )
        assert mode(folder) == 0o700
        names = ["backup.sqlite3", "secret-key", "seminar.sqlite3"]
        names += ["seminar.sqlite3-shm", "seminar.sqlite3-wal"]
        assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(names, 0o600)
    line.close()


@pytest.mark.usefixtures("any_umask")
@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_database_is_whole_and_private(tmp_path):
    copy = tmp_path / "copy.sqlite3"
    if connection.vendor != "sqlite":
        with pytest.raises(CommandError, match="pg_dump"):
            call_command("back_up", str(copy))
        return
    call_command("back_up", str(copy))
    assert mode(copy) == 0o600
    with sqlite3.connect(copy) as line:
        assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert line.execute("SELECT count(*) FROM django_migrations").fetchone() != (0,)
    line.close()
    with pytest.raises(CommandError, match="cannot be written: File exists"):
        call_command("back_up", str(copy))
