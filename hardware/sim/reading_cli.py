"""What the programs of virtual readers and scanners share: their options, and the start."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hardware.sim.control import ControlDown
from hardware.sim.program import Program, end_by_signal
from hardware.sim.reading_server import LINE_HELP, Engine, ReadingServer


def add_common_arguments(
    parser: argparse.ArgumentParser, kind: str, link: Path, commands: Sequence[tuple[str, str]]
) -> None:
    """`link`: what its terminal may be called."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "commands:\n" + "\n".join(f"  {said:34}{meaning}" for said, meaning in (*commands, *LINE_HELP))
    parser.add_argument("command", nargs="*", metavar="COMMAND", help=f"for the {kind} at --control; see below")
    parser.add_argument("--link", type=Path, help=f"name of the terminal a driver opens, e.g. {link}")
    parser.add_argument("--control", type=Path, help=f"control socket for scripts, e.g. {link}.ctl")


def run_reading(args: argparse.Namespace, program: Program, make: Callable[[], Engine]) -> int:
    """Do what was asked; → exit status."""
    try:
        return program.tell(args.control, args.command) if args.command else _serve(args, program, make())
    except (ControlDown, ValueError, OSError) as error:
        return program.fail(str(error))


def _serve(args: argparse.Namespace, program: Program, engine: Engine) -> int:
    if args.link is None:
        return program.fail(f"--link PATH is needed, or a COMMAND for a {program.name} that runs")
    server = ReadingServer(engine, args.link, args.control)
    end_by_signal(server)
    server.open()
    print(f"{program.devices} at {args.link}, control {args.control or 'none'}", flush=True)
    if sys.stdin.isatty():
        server.take_terminal()
    server.run()
    return 0
