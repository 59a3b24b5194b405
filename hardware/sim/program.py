"""What the programs of virtual devices share: a hand on one that runs, and the ways to serve.

Without a terminal a device serves until it is ended; before a terminal, boxes and panels show themselves on it.
"""

import argparse
import json
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardware.sim.control import Control, ControlDown
from hardware.sim.server import DeviceServer


def number(text: str) -> int:
    """An option's number, decimal or as 0x20."""
    return int(text, 0)


def add_actions(parser: argparse.ArgumentParser, actions: Mapping[str, str], attach_help: str) -> None:
    """`actions`: what can be done to running devices → the words behind it."""
    added = parser.add_subparsers(dest="action", metavar="|".join((*actions, "attach")))
    for name, words in actions.items():
        action = added.add_parser(name, help=f"{name} {words}".strip())
        # SUPPRESS: an absent option here must not hide one given before the action.
        action.add_argument("--control", type=Path, default=argparse.SUPPRESS)
        if words:
            action.add_argument("words", nargs="+", metavar=words)
    action = added.add_parser("attach", help=attach_help)
    action.add_argument("--control", type=Path, default=argparse.SUPPRESS)


@dataclass(frozen=True)
class Program:
    """`sim NAME`; `devices` is what its messages call what it runs."""

    name: str
    devices: str

    def fail(self, text: str) -> int:
        """Say what is wrong; → exit status."""
        print(f"sim {self.name}: {text}", file=sys.stderr)
        return 1

    def control(self, path: Path | None) -> Control:
        """A hand on the running devices; `ControlDown` where there are none."""
        if path is None:
            raise ControlDown(f"--control PATH names the running {self.devices.removeprefix('virtual ')}")
        return Control(path, self.name, self.devices)

    def tell(self, path: Path | None, words: Sequence[str]) -> int:
        """Say a command to the running devices and print what they answer; → exit status."""
        with self.control(path) as control:
            answer = control.command(" ".join(words))
        if not answer.pop("ok"):
            return self.fail(answer["error"])
        if answer:
            print(json.dumps(answer, indent=1, ensure_ascii=False))
        return 0

    def act(self, args: argparse.Namespace, attach: Callable[[Control], None]) -> int:
        """Do the action of `add_actions` that was asked for; → exit status."""
        if args.action != "attach":
            return self.tell(args.control, [args.action, *getattr(args, "words", [])])
        with self.control(args.control) as control:
            attach(control)
        return 0

    def attached(
        self, make: Callable[[Path], DeviceServer], control: Path | None, attach: Callable[[Control], None]
    ) -> int:
        """Serve as long as a person is at this terminal; `make` gets the control socket's path. → exit status."""
        with tempfile.TemporaryDirectory() as scratch:
            path = control or Path(scratch, "ctl")
            server = make(path)
            server.open()
            thread = threading.Thread(target=server.run, name=self.devices)
            thread.start()
            for ending in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(ending, lambda *_: sys.exit(0))
            try:
                with self.control(path) as hand:
                    attach(hand)
            finally:
                server.stop()
                thread.join()
        return 0


def end_by_signal(server: DeviceServer) -> None:
    """Whoever ends this process stops the server, which takes its names away."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: server.stop())
