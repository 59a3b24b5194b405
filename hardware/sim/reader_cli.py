"""`python -m hardware sim reader …`: a virtual ID-card reader on a pseudo-terminal.

    sim reader --link run/dev/reader1 --control run/dev/reader1.ctl
    sim reader card resident --control run/dev/reader1.ctl      lay a card on one that runs
    sim reader state         --control run/dev/reader1.ctl      everything about it, as JSON

Started from a terminal, it takes commands from there too. The people on its cards are made up.
"""

import argparse
from pathlib import Path

from hardware.sim.card_reader_engine import HELP, SPEEDS, CardReaderEngine
from hardware.sim.program import Program
from hardware.sim.reading_cli import add_common_arguments, run_reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "A virtual ID-card reader; with a COMMAND, a hand on one that runs"
    add_common_arguments(parser, "reader", Path("run/dev/reader1"), HELP)
    parser.add_argument("--baud", type=int, choices=SPEEDS, default=SPEEDS[0], help="its speed (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    return run_reading(args, Program("reader", "virtual ID-card reader"), lambda: CardReaderEngine(args.baud))
