"""`python -m hardware sim scanner …`: a virtual scanner on a pseudo-terminal.

    sim scanner --link run/dev/scanner1 --control run/dev/scanner1.ctl
    sim scanner scan AbCdEfGhIjKlMnOpQrStUv --control run/dev/scanner1.ctl      hold a code before one that runs
    sim scanner --mode keyboard …                                               for input:PATH links: it presses keys

Started from a terminal, it takes commands from there too.
"""

import argparse
from pathlib import Path

from hardware.sim.program import Program
from hardware.sim.reading_cli import add_common_arguments, run_reading
from hardware.sim.scanner_engine import HELP, MODES, ScannerEngine
from hardware.sim.terminal import CODES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "A virtual scanner of bar codes and QR codes; with a COMMAND, a hand on one that runs"
    add_common_arguments(parser, "scanner", Path("run/dev/scanner1"), HELP)
    parser.add_argument("--baud", type=int, choices=tuple(CODES), default=0, help="its speed (9600)")
    parser.add_argument(
        "--mode", choices=MODES, default=MODES[0], help="module, on-command: of the GM65 family (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    return run_reading(args, Program("scanner", "virtual scanner"), lambda: ScannerEngine(args.baud, args.mode))
