"""The readers that can be scored: this program's, and any command that prints what it prints."""

import json
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command


@dataclass(frozen=True, slots=True)
class Reader:
    """Read a list as `manage.py read_list` does, or with a command in which {file} is its file."""

    command: str = ""
    with_doubtful: bool = False

    def __call__(self, text: str) -> list[dict[str, Any]]:
        """The entries. A list that is refused has none."""
        with _file(text) as name:
            answer = self._ran(name) if self.command else _read(name)
        doubtful = answer.get("doubtful", []) if self.with_doubtful else []
        return [*answer.get("entries", []), *doubtful]

    def _ran(self, name: str) -> dict[str, Any]:
        words = shlex.split(self.command.replace("{file}", shlex.quote(name)))
        ran = subprocess.run(words, capture_output=True, text=True)
        answer: dict[str, Any] = json.loads(ran.stdout) if ran.returncode == 0 else {}
        return answer


def _read(name: str) -> dict[str, Any]:
    out = StringIO()
    try:
        call_command("read_list", name, stdout=out, stderr=StringIO())
    except CommandError:
        return {}
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@contextmanager
def _file(text: str) -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        yield file.name
