"""The limit of open files is raised as far as it can be, and told where it is too low."""

import subprocess
import sys

import pytest

from tests.servers import BASE_DIR

ASK = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
from config.open_files import connections_that_fit
print(connections_that_fit(1000), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.parametrize(
    ("soft", "hard", "result", "warning"),
    [
        (1024, 4096, "1000 4096 4096", ""),
        (4096, 4096, "1000 4096 4096", ""),
        (500, 1024, "462 1024 1024", "enough for 462 connections, not 1000"),
        (64, 64, "1 64 64", "enough for 1 connections, not 1000"),
    ],
)
def test_as_many_connections_are_taken_as_files_may_be_open(soft, hard, result, warning):
    asked = subprocess.run(
        [sys.executable, "-c", ASK.format(soft=soft, hard=hard)],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == result
    assert warning in asked.stderr
    assert bool(asked.stderr) == bool(warning)
