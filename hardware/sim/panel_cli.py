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
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from hardware.sim.control import Control, ControlDown
from hardware.sim.loop import Loop
from hardware.sim.panel_boards import AnyPanels, DigitPanels, SunpnPanels, Ub485Panels
from hardware.sim.panel_bx import BxPanels
from hardware.sim.panel_devices import NoSuchPanel, VirtualPanels
from hardware.sim.panel_keyboard import PanelKeyboard
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_line import Line, SerialLine
from hardware.sim.printer_tcp import TcpLine
from hardware.sim.program import Program, add_actions, end_by_signal, number
from hardware.sim.terminal import CODES

PANELS = Program("panel", "virtual panels")
KINDS: Mapping[str, Callable[[list[int], int], VirtualPanels]] = {
    "led485": Led485Panels,
    "digits4": DigitPanels,
    "sunpn": SunpnPanels,
    "ub485": Ub485Panels,
    "bx": BxPanels,
}
ACTIONS = {"state": "", "power": "ADDRESS on|off", "fault": "NAME VALUE", "unplug": "", "plug": ""}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Virtual window panels"
    parser.add_argument("--protocol", choices=(*KINDS, "any"), default="led485", help="any: shows each frame it hears")
    parser.add_argument("--link", type=Path, help="name of the terminal a driver opens, e.g. run/dev/panel1")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen there instead, e.g. 127.0.0.1:5005")
    parser.add_argument("--address", type=number, action="append", help="a panel on the line, e.g. 1; repeat it")
    parser.add_argument("--characters", type=int, default=4, help="how many one shows (default 4)")
    parser.add_argument("--ends-with", type=number, default=0x03, help="any: the last byte of a frame (default 0x03)")
    parser.add_argument("--baud", type=int, choices=tuple(CODES), help="speed (default 9600, UB485 57600)")
    parser.add_argument("--control", type=Path, help="control socket for scripts, e.g. run/dev/panel1.ctl")
    parser.add_argument("--seed", type=int, default=0, help="of the random faults")
    add_actions(parser, ACTIONS, "look at running panels")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    try:
        return _serve(args) if args.action is None else PANELS.act(args, _attach)
    except (ControlDown, NoSuchPanel, OSError, ValueError) as error:
        return PANELS.fail(str(error))


def _attach(control: Control) -> None:
    PanelKeyboard(control).run()


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
        return PANELS.fail("either --link PATH or --tcp HOST:PORT, and at least one --address, are needed")
    if sys.stdin.isatty():
        return PANELS.attached(partial(_server, args), args.control, _attach)
    server = _server(args, args.control)
    end_by_signal(server)
    server.open()
    names = ", ".join(str(address) for address in args.address)
    where = args.tcp or args.link
    print(f"virtual {args.protocol} panels {names} at {where}, control {args.control or 'none'}", flush=True)
    server.run()
    return 0
