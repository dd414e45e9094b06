"""Processes that are forked from one that has loaded the site."""

import subprocess
import sys

from tests.servers import BASE_DIR

SCRIPT = """
import signal, sys, time
from functools import partial
from pathlib import Path
from config.processes import fork

def named():
    print(Path("/proc/self/comm").read_text().strip() if sys.platform == "linux" else "seminar a")

try:
    ended = fork("seminar a", named).wait(20)
    refused = fork("seminar b", partial(sys.exit, 3)).wait(20)
    told = fork("seminar c", partial(time.sleep, 60))
    deaf = fork("seminar d", partial(time.sleep, 60))
    running = told.poll()
    told.terminate()
    deaf.send(signal.SIGINT)
    told = told.wait(20)
    deaf.kill()
    print(ended, refused, running, told, deaf.wait(20))
finally:
    print("the end")
"""


def test_a_fork_does_its_part_and_says_how_it_ended():
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=BASE_DIR, capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""
    lines = ran.stdout.splitlines()
    assert lines[0] == "seminar a"
    # What is behind it is for each that ends by itself.
    assert lines.count("the end") == 3
    assert "0 3 None -15 -9" in lines
