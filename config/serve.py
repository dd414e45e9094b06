"""Everything that one Seminar needs, started together and stopped together.

    python -m config.serve [--port 8000] [--demo]

Prepares the database and the static files, starts the web server and the worker of the task
queue, says where it is, and looks after both until it is told to stop. It listens on this machine
only: others reach it through a proxy.
"""

import argparse
import gc
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from importlib import import_module
from pathlib import Path

from config.processes import Fork, end_with_parent, fork

BASE_DIR = Path(__file__).resolve().parent.parent
PREPARE = ["-m", "config.prepare"]
WEB = ["gunicorn", "--config", "config/gunicorn.py", "config.asgi:application"]
TIDY = ["manage.py", "tidy"]

SECONDS_TO_START = 30
SECONDS_TO_STOP = 6
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BETWEEN_TRIES = 5
SECONDS_BETWEEN_TIDYINGS = 24 * 60 * 60
SECONDS_TO_TIDY_AGAIN = 15 * 60
DATABASE_AWAY = os.EX_TEMPFAIL  # the exit status of config.prepare
# What the web server and the worker load: all of the site, and themselves.
SITE = (
    "config.asgi",
    "config.urls",
    "config.web_worker",
    "django.core.management",
    "groups.management.commands.work",
    "gunicorn.app.wsgiapp",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.serve", description="Serve Seminar.")
    parser.add_argument("--port", type=int, help="default: PORT, or else 8000; 0 takes a free one")
    parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo")
    wanted = parser.parse_args()
    port = int(os.environ.get("PORT") or 8000) if wanted.port is None else wanted.port
    with listener(port) as listening:
        sys.exit(Household(listening, demo=wanted.demo).run())


def listener(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        sys.exit(f"Port {port} cannot be used: {error}. PORT= names another one.")


class Household:
    """The processes of one Seminar: the web server, the worker, and now and then a tidying.

    The first two are forked from this one once it has loaded the site, so that they share it. They
    hear of Ctrl-C from here only, or the worker would hear of it twice and drop its task.
    """

    def __init__(self, listening: socket.socket, *, demo: bool) -> None:
        self.listening = listening
        self.port = listening.getsockname()[1]
        self.prepare = [*PREPARE, *(["--demo"] if demo else [])]
        self.told_to_stop = threading.Event()
        self.web: Fork | None = None
        self.worker: Fork | None = None
        self.tidying: subprocess.Popen[str] | None = None
        self.tidied_at = -float(SECONDS_BETWEEN_TIDYINGS)
        self.pid = os.getpid()
        os.environ["PORT"] = str(self.port)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    def run(self) -> int:
        """Serve until told to stop, and return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: self.told_to_stop.set())
        try:
            return self.keep()
        finally:
            if os.getpid() == self.pid:  # and not one that was forked, which ends
                self.stop()

    def keep(self) -> int:
        status, people = self.prepared()
        if status not in (0, DATABASE_AWAY) or self.told_to_stop.is_set():
            return status
        load_site()
        self.web = fork("seminar web", partial(serve_pages, self.listening))
        self.listening.close()
        if not self.started(self.web):
            if self.told_to_stop.is_set():
                return 0
            print("The web server did not start.", file=sys.stderr)
            return 1
        if status == 0:
            self.look_after_worker()
        print(f"http://localhost:{self.port}/", people, sep="\n", end="", flush=True)
        while not self.told_to_stop.wait(SECONDS_BETWEEN_LOOKS):
            if self.web.poll() is not None:
                print("The web server has ended.", file=sys.stderr)
                return 1
            if status == DATABASE_AWAY:
                self.told_to_stop.wait(SECONDS_BETWEEN_TRIES)
                status, _ = self.prepared(quietly=True)
            else:
                self.look_after_worker()
                self.tidy_daily()
        return 0

    def prepared(self, *, quietly: bool = False) -> tuple[int, str]:
        """Run config.prepare; return its exit status and the people it names."""
        process = start(self.prepare, stdout=subprocess.PIPE, quietly=quietly)
        while quietly and process.poll() is None:
            # Connecting to a database that is away may take longer than there is time to stop.
            if self.told_to_stop.wait(SECONDS_BETWEEN_LOOKS):
                process.terminate()
                break
        people, _ = process.communicate()
        return process.returncode, people

    def started(self, web: Fork) -> bool:
        """Wait until the web server answers; False if it ended, never did, or is not wanted."""
        given_up_at = time.monotonic() + SECONDS_TO_START
        while web.poll() is None and time.monotonic() < given_up_at:
            if self.says_yes("/healthz"):
                return True
            if self.told_to_stop.wait(0.05):
                return False
        return False

    def says_yes(self, path: str) -> bool:
        """Ask the web server how it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def look_after_worker(self) -> None:
        """Start the worker, and again after it ended: it outlives outages, but may be killed."""
        if self.worker and self.worker.poll() is None:
            return
        if self.worker:
            self.told_to_stop.wait(SECONDS_BETWEEN_TRIES)
            if self.told_to_stop.is_set() or not self.says_yes("/readyz"):
                return
            print("The worker had ended and is started again.", file=sys.stderr)
        self.worker = fork("seminar work", do_tasks)

    def tidy_daily(self) -> None:
        """Tidy once a day, and again after a while where something was left to be done."""
        if self.tidying and (status := self.tidying.poll()) is not None:
            self.tidying = None
            if status:
                self.tidied_at += SECONDS_TO_TIDY_AGAIN - SECONDS_BETWEEN_TIDYINGS
        if time.monotonic() - self.tidied_at >= SECONDS_BETWEEN_TIDYINGS:
            self.tidied_at = time.monotonic()
            self.tidying = start(TIDY)

    def stop(self) -> None:
        processes = (self.web, self.worker, self.tidying)
        running = [process for process in processes if process and process.poll() is None]
        for process in running:
            process.terminate()
        given_up_at = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(max(0, given_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def load_site() -> None:
    """Load the site for the processes that are forked from this one.

    The collector would touch each object, and so copy what they share: it is off while the site is
    loaded, which leaves no gaps in it, and passes over the site afterwards.
    """
    gc.disable()
    for name in SITE:
        import_module(name)
    gc.collect()
    gc.freeze()
    gc.enable()


def serve_pages(listening: socket.socket) -> None:
    sys.argv = [*WEB, "--bind", f"fd://{listening.detach()}"]
    import_module("gunicorn.app.wsgiapp").run()


def do_tasks() -> None:
    import_module("django.core.management").call_command("work")


def start(
    arguments: list[str], *, stdout: int | None = None, quietly: bool = False
) -> subprocess.Popen[str]:
    """Start a Python of ours that does not hear Ctrl-C and does not outlive this process."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=BASE_DIR,
            stdout=stdout,
            stderr=subprocess.DEVNULL if quietly else None,
            text=True,
            preexec_fn=end_with_parent,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


if __name__ == "__main__":
    main()
