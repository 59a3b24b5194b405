"""What the programs of virtual readers and scanners share: their options, a hand on one that runs, and the start."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hardware.sim.control import Control, ControlDown
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


def run_reading(args: argparse.Namespace, kind: str, device: str, make: Callable[[], Engine]) -> int:
    """Do what was asked; → exit status."""
    try:
        return _hand(args, kind, device) if args.command else _serve(args, kind, device, make())
    except (ControlDown, ValueError, OSError) as error:
        return _fail(kind, str(error))


def _fail(kind: str, text: str) -> int:
    print(f"sim {kind}: {text}", file=sys.stderr)
    return 1


def _hand(args: argparse.Namespace, kind: str, device: str) -> int:
    if args.control is None:
        return _fail(kind, f"--control PATH names the running {kind}")
    with Control(args.control, kind, device) as control:
        answer = control.command(" ".join(args.command))
    if not answer.pop("ok"):
        return _fail(kind, answer["error"])
    if answer:
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    return 0


def _serve(args: argparse.Namespace, kind: str, device: str, engine: Engine) -> int:
    if args.link is None:
        return _fail(kind, f"--link PATH is needed, or a COMMAND for a {kind} that runs")
    server = ReadingServer(engine, args.link, args.control)
    server.open()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    print(f"{device} at {args.link}, control {args.control or 'none'}", flush=True)
    if sys.stdin.isatty():
        server.take_terminal()
    server.run()
    return 0
