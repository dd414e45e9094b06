"""Write lists of the grammar with their truth, or say how well they are read.

    python -m bench.grammar write FOLDER [--lists 1000] [--seed 1] [--held-out | --open]
    python -m bench.grammar score ['COMMAND {file}'] [--lists 600] [--seeds 1 2 3] [--cells FILE]
    python -m bench.grammar show [--lists 5] [--seed 1]

`write` makes md/*.md, truth/*.json (what each list states of each paper), lines/*.json (what each
line is, and where in it which detail is) and MANIFEST.tsv.

`score` reads with this program, or with COMMAND, which prints what `manage.py read_list` prints.
Its tables are by container, by order of the details and by language, with the combinations of the
three that are held out apart: found (mean over lists), lists read as nothing, titles exact, false
per 100 papers, and the details of what was found; each as mean and half the spread over the seeds.
"""

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

import django

from bench.grammar import scoring, writing
from bench.grammar.lists import lists
from bench.grammar.readers import Reader


def main() -> None:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, action, count in (("write", write, 1000), ("score", score, 600), ("show", show, 5)):
        command = commands.add_parser(name)
        command.set_defaults(action=action)
        command.add_argument("--lists", type=int, default=count, help="how many, per seed")
        which = command.add_mutually_exclusive_group()
        which.add_argument("--held-out", action="store_true", help="held-out combinations only")
        which.add_argument("--open", action="store_true", help="the other combinations only")
        if action is score:
            command.add_argument("command", nargs="?", default="", metavar="'COMMAND {file}'")
            command.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
            command.add_argument("--cells", type=Path, help="a file for every combination")
            command.add_argument(
                "--doubtful", action="store_true", help="count doubtful papers too"
            )
            command.add_argument("--processes", type=int, default=os.cpu_count())
        else:
            command.add_argument("--seed", type=int, default=1)
        if action is write:
            command.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.action(options)


def write(options: Namespace) -> None:
    poured = lists(options.seed, options.lists, which(options))
    writing.write(options.folder, poured, options.seed)


def score(options: Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    reader = Reader(options.command, options.doubtful)
    runs = [
        scoring.scores(lists(seed, options.lists, which(options)), reader, options.processes)
        for seed in options.seeds
    ]
    for line in scoring.table(runs):
        print(line)
    if options.cells:
        scoring.write_cells(options.cells, runs)


def show(options: Namespace) -> None:
    for one in lists(options.seed, options.lists, which(options)):
        print(f"{'=' * 20} {one.shape}")
        for text, line in zip(one.text.split("\n"), one.lines, strict=False):
            print(f"{line['role']:6}| {text}")


def which(options: Namespace) -> bool | None:
    """Whether held-out combinations are asked for, the others, or all."""
    return True if options.held_out else False if options.open else None


if __name__ == "__main__":
    main()
