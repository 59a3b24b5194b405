"""`python -m hardware sim box …`: virtual call boxes on a pseudo-terminal, input modules also on a network port.

    sim box --protocol ub485 --link run/dev/box1 --address 0x20 --address 0x21 --control run/dev/box1.ctl
    sim box --protocol keypad --link run/dev/keypad1           a driver opens it as input:run/dev/keypad1
    sim box --protocol modbus-rtu --module waveshare --baud 9600 --link run/dev/modules --address 1 --address 2
    sim box --protocol modbus-tcp --tcp 1502 --address 1
    sim box press  --control run/dev/box1.ctl 0x20 next        a script's finger
    sim box state  --control run/dev/box1.ctl                  what the boxes show, as JSON
    sim box fault  --control run/dev/box1.ctl bounce 4         also: noise|flip|drop P, echo on|off, dead ADDRESS on|off
                                                               of a module: slow|refuse|pose ADDRESS NUMBER
    sim box cycles --control run/dev/box1.ctl                  ms from one question to the next, of boxes that are asked
    sim box unplug --control …    plug --control …
    sim box attach --control …                                 your keyboard on boxes that run already

Started from a terminal, the boxes take the keyboard at once; without one they serve until they are ended.
"""

import argparse
import sys
from dataclasses import fields
from functools import partial
from pathlib import Path

from hardware.sim.box_devices import NoSuchKey, VirtualBus
from hardware.sim.box_keyboard import BoxKeyboard
from hardware.sim.box_keypad import KEYPAD_ADDRESS, KeypadBus
from hardware.sim.box_keys21 import Keys21Bus, Keys21Wording
from hardware.sim.box_server import BoxServer
from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.box_uinput import KernelKeypadServer
from hardware.sim.control import Control, ControlDown
from hardware.sim.modbus_kinds import KINDS
from hardware.sim.modbus_lines import ModuleBus
from hardware.sim.modbus_server import HOST, ModbusTcpServer, RtuServer
from hardware.sim.program import Program, add_actions, end_by_signal, number
from hardware.sim.terminal import CODES

BOXES = Program("box", "virtual boxes")
ACTIONS = {
    "press": "ADDRESS KEY [HOLD_MS]",
    "state": "",
    "cycles": "",
    "fault": "NAME VALUE",
    "unplug": "",
    "plug": "",
}
ENDS = {"cr": "\r", "lf": "\n", "crlf": "\r\n"}
CHECKSUMS = ("none", "sum8", "xor8", "crc16-modbus", "crc16-arc")
COMMANDS = [field.name for field in fields(Keys21Wording)]
PROTOCOLS = ("ub485", "line", "keys21", "keypad", "modbus-rtu", "modbus-tcp")
TEMPLATES = [field.name for field in fields(LineWording) if field.name not in ("end", "checksum")]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Virtual call boxes on a pseudo-terminal"
    parser.add_argument("--protocol", choices=PROTOCOLS, default="ub485")
    parser.add_argument("--link", type=Path, help="name of the terminal a driver opens, e.g. run/dev/box1")
    parser.add_argument("--tcp", type=int, default=0, metavar="PORT", help="port of networked modules; 0 = a free one")
    parser.add_argument("--module", choices=tuple(KINDS), default="waveshare", help="kind of module (%(default)s)")
    parser.add_argument("--address", type=number, action="append", help="a box on the bus, e.g. 0x20; repeat it")
    parser.add_argument("--control", type=Path, help="control socket for scripts, e.g. run/dev/box1.ctl")
    parser.add_argument("--seed", type=int, default=0, help="of the random faults")
    parser.add_argument(
        "--baud", type=int, choices=tuple(CODES), default=9600, help="speed, except UB485: always 57600"
    )
    parser.add_argument("--line-end", choices=tuple(ENDS), default="crlf")
    parser.add_argument("--checksum", choices=CHECKSUMS, default="none")
    for name in TEMPLATES:
        default = getattr(LineWording(), name)
        parser.add_argument(f"--line-{name}", default=default, help=f"line box template (default {default!r})")
    for name in COMMANDS:
        usual = getattr(Keys21Wording(), name)
        option = f"--keys21-{name.replace('_', '-')}"
        parser.add_argument(option, type=number, default=usual, help=f"of 21-key boxes (default {usual})")
    parser.add_argument("--kernel", action="store_true", help="make the keypad a real input device, by /dev/uinput")
    add_actions(parser, ACTIONS, "use the keyboard on running boxes")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    try:
        return _serve(args) if args.action is None else BOXES.act(args, _attach)
    except (ControlDown, NoSuchKey, OSError) as error:
        return BOXES.fail(str(error))


def _attach(control: Control) -> None:
    BoxKeyboard(control).run()


def _bus(args: argparse.Namespace) -> VirtualBus:
    if args.protocol == "ub485":
        return Ub485Bus(args.address)
    if args.protocol == "keys21":
        commands = {name: getattr(args, f"keys21_{name}") for name in COMMANDS}
        return Keys21Bus(args.address, Keys21Wording(**commands), args.baud)
    templates = {name: getattr(args, f"line_{name}") for name in TEMPLATES}
    return LineBus(args.address, LineWording(end=ENDS[args.line_end], checksum=args.checksum, **templates), args.baud)


def _server(args: argparse.Namespace, control: Path | None) -> BoxServer | ModbusTcpServer:
    if args.protocol == "modbus-tcp":
        return ModbusTcpServer(ModuleBus(args.address, args.module), args.tcp, control)
    if args.protocol == "modbus-rtu":
        return RtuServer(ModuleBus(args.address, args.module, args.baud), args.link, control, args.seed)
    if args.protocol == "keypad":
        keypad = KeypadBus(args.address)
        return KernelKeypadServer(keypad, args.link, control) if args.kernel else BoxServer(keypad, args.link, control)
    return BoxServer(_bus(args), args.link, control, args.seed)


def _serve(args: argparse.Namespace) -> int:
    if args.protocol == "keypad":
        args.address = args.address or [KEYPAD_ADDRESS]
    if (args.link is None and args.protocol != "modbus-tcp") or not args.address:
        return BOXES.fail("--link PATH and at least one --address are needed (Modbus TCP: --tcp PORT for the link)")
    if sys.stdin.isatty():
        return BOXES.attached(partial(_server, args), args.control, _attach)
    server = _server(args, args.control)
    end_by_signal(server)
    server.open()
    names = ", ".join(f"{address:#04x}" for address in args.address)
    where = f"{HOST}:{server.port}" if isinstance(server, ModbusTcpServer) else args.link
    print(f"virtual {args.protocol} boxes {names} at {where}, control {args.control or 'none'}", flush=True)
    server.run()
    return 0
