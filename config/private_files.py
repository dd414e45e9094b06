"""Keep the site's files readable by their owner only, whatever the umask."""

import logging
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner enters, and let this process make nothing for others.

    One from an older release becomes private. One that others own or share, such as /tmp, stays as
    it is, with a warning; the files that are made in it are private all the same.
    """
    os.umask(OTHERS)
    path.mkdir(parents=True, exist_ok=True)
    status = path.stat()
    if not status.st_mode & OTHERS:
        return path
    if status.st_uid == os.geteuid() and not status.st_mode & stat.S_ISVTX:
        path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
    else:
        logger.warning("Others can look into the data folder %s: chmod 0700 it.", path)
    return path


def make_private(paths: Iterable[Path]) -> None:
    """Take files away from all but their owner; those of other owners stay as they are."""
    for path in paths:
        try:
            status = path.stat()
            if status.st_mode & OTHERS and status.st_uid == os.geteuid():
                path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
        except FileNotFoundError:
            pass  # SQLite removes its log when the last process leaves.


def sqlite_files(database: dict[str, Any]) -> list[Path]:
    """Return the file of a database on SQLite, and the two that it keeps beside it; none on
    PostgreSQL.
    """
    if "sqlite" not in database["ENGINE"]:
        return []
    return [Path(f"{database['NAME']}{ending}") for ending in ("", "-wal", "-shm")]
