"""Train the reader on the grammar's lists, or read a list with it.

    python -m bench.trained train FOLDER [--lists 1000] [--seeds 1 2 3]
    python -m bench.trained read FOLDER FILE

`train` makes FOLDER/1, FOLDER/2 … and fits the confidence on combinations that are held out.
`read` prints what `manage.py read_list` prints: what is sure as entries, the rest as doubtful.
"""

import json
import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from bench.trained import training
from bench.trained.reader import Reader

SURE = 0.7


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train")
    one.set_defaults(deed=train)
    one.add_argument("folder", type=Path)
    one.add_argument("--lists", type=int, default=1000)
    one.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    one = commands.add_parser("read")
    one.set_defaults(deed=read)
    one.add_argument("folder", type=Path)
    one.add_argument("file", type=Path)
    options = parser.parse_args()
    options.deed(options)


def train(options: Namespace) -> None:
    for seed in options.seeds:
        training.make(options.folder / str(seed), seed, options.lists)
    training.fit_confidence(_voters(options.folder), seed=991, count=350)


def read(options: Namespace) -> None:
    entries = Reader(_voters(options.folder)).read(options.file.read_text(encoding="utf-8"))
    sure = [one for one in entries if one["confidence"] >= SURE]
    doubtful = [one for one in entries if one["confidence"] < SURE]
    print(json.dumps({"entries": sure, "doubtful": doubtful}, ensure_ascii=False, indent=1))


def _voters(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.isdigit())


if __name__ == "__main__":
    main()
