"""Train the models with which lists are read, or say how well they read what is left out.

    python -m bench.trained train [--lists 4000] [--seed 3] [--into FOLDER]
    python -m bench.trained leave-out container|order|language [NAME …] [--lists 900]
    python -m bench.trained leave-out files FOLDER [NAME …] [--lists 300] [--parts 5]
    python -m bench.trained held-out [--lists 160] [--seeds 33 34]
    python -m bench.trained files FOLDER

`train` learns from the grammar's lists alone and writes the models that the program ships; the same
seed gives the same models.

`leave-out` trains without the lists of one container, order or language, judges by lists of that
one, and goes on with the next.

`leave-out files` trains within the bench on the grammar's lists and on all Markdown files of a
folder but those of one part, reads these, and goes on with the next part; nothing of it is kept.
With as many parts as files one file is left out at a time. Both take
`--seeds 1 2 3` and print mean and half the spread over them.

`held-out` reads lists of the grammar from other seeds with the models that ship, by container.

`files` reads each Markdown file of a folder that has a truth/ and a MANIFEST.tsv. Nothing is learnt
from any of them.

Tables: found of the sure papers (mean over lists), titles exact of those, false per 100, doubtful
per 100 sure, found of sure and doubtful ones together, how many of those called .9 or more are
right, and details of the sure ones.
"""

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from bench.grammar import titles
from bench.grammar.containers import CONTAINERS
from bench.grammar.lines import ORDERS
from bench.trained import judging, training
from papers.formats.markdown.tagging import FOLDER

NAMES = {"container": tuple(CONTAINERS), "order": ORDERS, "language": titles.LANGUAGES}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train")
    one.set_defaults(deed=train)
    one.add_argument("--lists", type=int, default=4000)
    one.add_argument("--seed", type=int, default=3)
    one.add_argument("--into", type=Path, default=FOLDER)
    one = commands.add_parser("leave-out")
    one.set_defaults(deed=leave_out)
    one.add_argument("part", choices=(*judging.PARTS, "files"))
    one.add_argument("names", nargs="*", help="all if none is given; first the folder of files")
    one.add_argument("--lists", type=int, default=None, help="900, beside files 300")
    one.add_argument("--parts", type=int, default=5)
    one.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    one = commands.add_parser("held-out")
    one.set_defaults(deed=held_out)
    one.add_argument("--lists", type=int, default=160)
    one.add_argument("--seeds", type=int, nargs="+", default=[33, 34])
    one = commands.add_parser("files")
    one.set_defaults(deed=files)
    one.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.deed(options)


def train(options: Namespace) -> None:
    training.train(options.into, options.seed, options.lists)


def leave_out(options: Namespace) -> None:
    if options.part == "files":
        folder, *names = options.names
        lines = judging.files_left_out(
            Path(folder), options.seeds, options.lists or 300, options.parts, names
        )
    else:
        names = options.names or NAMES[options.part]
        lines = judging.left_out(options.part, names, options.seeds, options.lists or 900)
    for line in lines:
        print(line, flush=True)


def held_out(options: Namespace) -> None:
    for line in judging.held_out(options.seeds, options.lists):
        print(line, flush=True)


def files(options: Namespace) -> None:
    for line in judging.files(options.folder):
        print(line, flush=True)


if __name__ == "__main__":
    main()
