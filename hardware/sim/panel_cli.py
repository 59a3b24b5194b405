"""`python -m hardware sim panel …`: virtual window panels on a pseudo-terminal or a TCP port.

    sim panel --protocol led485 --link run/dev/panel1 --address 1 --address 2 --control run/dev/panel1.ctl
    sim panel --protocol bx --tcp 127.0.0.1:5005 --address 1 --characters 16 --control run/dev/panel3.ctl
    sim panel state  --control run/dev/panel1.ctl              what is lit, as JSON
    sim panel power  --control run/dev/panel1.ctl 2 off        also on: it comes back dark
    sim panel fault  --control run/dev/panel1.ctl dead 2 on    also: noise|flip|drop P, echo on|off, wrong_speed on|off
    sim panel unplug --control …    plug --control …
    sim panel attach --control …                               your eyes on panels that run already

Started from a terminal, the panels are shown at once; without one they serve until they are ended.
"""

import argparse
import json
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from hardware.sim.control import Control, ControlDown
from hardware.sim.loop import Loop
from hardware.sim.panel_boards import AnyPanels, DigitPanels, SunpnPanels, Ub485Panels
from hardware.sim.panel_bx import BxPanels
from hardware.sim.panel_devices import NoSuchPanel, VirtualPanels
from hardware.sim.panel_keyboard import attach
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_line import Line, SerialLine
from hardware.sim.printer_tcp import TcpLine
from hardware.sim.terminal import CODES

KINDS: Mapping[str, Callable[[list[int], int], VirtualPanels]] = {
    "led485": Led485Panels,
    "digits4": DigitPanels,
    "sunpn": SunpnPanels,
    "ub485": Ub485Panels,
    "bx": BxPanels,
}
ACTIONS = {"state": "", "power": "ADDRESS on|off", "fault": "NAME VALUE", "unplug": "", "plug": ""}


def _number(text: str) -> int:
    return int(text, 0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Virtual window panels"
    parser.add_argument("--protocol", choices=(*KINDS, "any"), default="led485", help="any: shows each frame it hears")
    parser.add_argument("--link", type=Path, help="name of the terminal a driver opens, e.g. run/dev/panel1")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen there instead, e.g. 127.0.0.1:5005")
    parser.add_argument("--address", type=_number, action="append", help="a panel on the line, e.g. 1; repeat it")
    parser.add_argument("--characters", type=int, default=4, help="how many one shows (default 4)")
    parser.add_argument("--ends-with", type=_number, default=0x03, help="any: the last byte of a frame (default 0x03)")
    parser.add_argument("--baud", type=int, choices=tuple(CODES), help="speed (default 9600, UB485 57600)")
    parser.add_argument("--control", type=Path, help="control socket for scripts, e.g. run/dev/panel1.ctl")
    parser.add_argument("--seed", type=int, default=0, help="of the random faults")
    actions = parser.add_subparsers(dest="action", metavar="state|power|fault|unplug|plug|attach")
    for name, words in ACTIONS.items():
        action = actions.add_parser(name, help=f"{name} {words}".strip())
        # SUPPRESS: an absent option here must not hide one given before the action.
        action.add_argument("--control", type=Path, default=argparse.SUPPRESS)
        if words:
            action.add_argument("words", nargs="+", metavar=words)
    action = actions.add_parser("attach", help="look at running panels")
    action.add_argument("--control", type=Path, default=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    try:
        if args.action is None:
            return _serve(args)
        if args.control is None:
            return _fail("--control PATH names the running panels")
        with _control(args.control) as control:
            if args.action == "attach":
                attach(control)
                return 0
            answer = control.command(" ".join([args.action, *getattr(args, "words", [])]))
    except (ControlDown, NoSuchPanel, OSError, ValueError) as error:
        return _fail(str(error))
    if not answer.pop("ok"):
        return _fail(answer["error"])
    if answer:
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    return 0


def _fail(text: str) -> int:
    print(f"sim panel: {text}", file=sys.stderr)
    return 1


def _control(path: Path) -> Control:
    return Control(path, "panel", "virtual panels")


def _server(args: argparse.Namespace, control: Path | None) -> PanelServer:
    panels: VirtualPanels
    if args.protocol == "any":
        panels = AnyPanels(args.address, args.characters, args.ends_with)
    else:
        panels = KINDS[args.protocol](args.address, args.characters)
    loop = Loop()
    line: Line
    if args.tcp:
        host, _, port = args.tcp.rpartition(":")
        line = TcpLine(loop, host, int(port))
    else:
        line = SerialLine(loop, args.link, args.baud or panels.baud)
    return PanelServer(panels, line, loop, control, args.seed)


def _serve(args: argparse.Namespace) -> int:
    if (args.link is None) == (args.tcp is None) or not args.address:
        return _fail("either --link PATH or --tcp HOST:PORT, and at least one --address, are needed")
    if not sys.stdin.isatty():
        server = _server(args, args.control)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.stop())
        server.open()
        names = ", ".join(str(address) for address in args.address)
        where = args.tcp or args.link
        print(f"virtual {args.protocol} panels {names} at {where}, control {args.control or 'none'}", flush=True)
        server.run()
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        path = args.control or Path(scratch, "ctl")
        server = _server(args, path)
        server.open()
        thread = threading.Thread(target=server.run, name="panels")
        thread.start()
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))
        try:
            with _control(path) as control:
                attach(control)
        finally:
            server.stop()
            thread.join()
    return 0
