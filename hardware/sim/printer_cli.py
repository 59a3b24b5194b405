"""`python -m hardware sim printer …`: a virtual ticket printer on a pseudo-terminal or a network port.

    sim printer --link run/dev/printer1 --control run/dev/printer1.ctl --slips run/slips
    sim printer --tcp 9100 --paper 58 --fault near-end
    sim printer paper out --control run/dev/printer1.ctl       a person's hand on a printer that runs
    sim printer state     --control run/dev/printer1.ctl       everything about it, as JSON

Each piece of paper that leaves it is a picture and its words in the folder of slips.
"""

import argparse
from pathlib import Path

from hardware.sim.control import ControlDown
from hardware.sim.loop import Loop
from hardware.sim.printer_commands import HELP, UnknownCommand
from hardware.sim.printer_engine import Printer
from hardware.sim.printer_glyphs import NoType, face
from hardware.sim.printer_line import Line, SerialLine
from hardware.sim.printer_profile import PRINT_DOTS, Profile
from hardware.sim.printer_server import PrinterServer
from hardware.sim.printer_slips import SlipFolder
from hardware.sim.printer_tcp import TcpLine
from hardware.sim.program import Program, end_by_signal
from hardware.sim.terminal import CODES

PROGRAM = Program("printer", "virtual printer")
HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "A virtual ticket printer; with a COMMAND, a hand on one that runs"
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "commands:\n" + "\n".join(f"  {command:26}{meaning}" for command, meaning in HELP)
    parser.add_argument("command", nargs="*", metavar="COMMAND", help="for the printer at --control; see below")
    parser.add_argument("--control", type=Path, help="control socket for scripts, e.g. run/dev/printer1.ctl")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--link", type=Path, help="name of the terminal a driver opens, e.g. run/dev/printer1")
    where.add_argument("--tcp", type=int, metavar="PORT", help=f"network port on {HOST}; 0 takes a free one")
    parser.add_argument(
        "--slips", type=Path, default=Path("run/slips"), help="folder for what was printed (%(default)s)"
    )
    parser.add_argument(
        "--fault", action="append", default=[], metavar="COMMAND", help="as if said at the start, e.g. 'paper out 40'"
    )
    kind = parser.add_argument_group("kind of printer")
    kind.add_argument(
        "--baud", type=int, choices=tuple(CODES), help="its only speed (without: whatever the driver sets)"
    )
    kind.add_argument("--paper", type=int, choices=tuple(PRINT_DOTS), default=80, help="mm (%(default)s)")
    kind.add_argument("--speed", type=int, default=Profile.speed_mm_s, metavar="MM_S", help="mm/s (%(default)s)")
    kind.add_argument(
        "--buffer", type=int, default=Profile.buffer_bytes, metavar="BYTES", help="receive buffer (%(default)s)"
    )
    kind.add_argument("--no-near-end-sensor", action="store_true")
    kind.add_argument("--no-marker", action="store_true", help="no print-completion marker (GS ( H)")
    kind.add_argument("--no-auto-status", action="store_true", help="GS a means something else")
    kind.add_argument("--chinese-off", action="store_true", help="at power-on; FS & turns it on")
    kind.add_argument("--partial-cut-only", action="store_true")
    kind.add_argument("--silent-when-not-ready", action="store_true", help="no answer at all while offline")
    kind.add_argument(
        "--recovers",
        choices=("any", "cutter"),
        default="any",
        help="obeys DLE ENQ after any stop, or a cutter error only",
    )
    kind.add_argument("--identity", help="what it says it is (VIRTUAL-80 or VIRTUAL-58)")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; → exit status."""
    try:
        return PROGRAM.tell(args.control, args.command) if args.command else _serve(args)
    except (ControlDown, UnknownCommand, NoType, ValueError, OSError) as error:
        return PROGRAM.fail(str(error))


def _profile(args: argparse.Namespace) -> Profile:
    return Profile(
        paper_mm=args.paper,
        speed_mm_s=args.speed,
        buffer_bytes=args.buffer,
        near_end_sensor=not args.no_near_end_sensor,
        marker=not args.no_marker,
        auto_status=not args.no_auto_status,
        chinese=not args.chinese_off,
        partial_cut_only=args.partial_cut_only,
        silent_when_not_ready=args.silent_when_not_ready,
        recovers=args.recovers,
        identity=args.identity or f"VIRTUAL-{args.paper}",
    )


def _serve(args: argparse.Namespace) -> int:
    if args.link is None and args.tcp is None:
        return PROGRAM.fail("--link PATH or --tcp PORT is needed, or a COMMAND for a printer that runs")
    face(24)
    slips = SlipFolder(args.slips)
    printer = Printer(_profile(args), slips.keep)
    loop = Loop()
    line: Line = SerialLine(loop, args.link, args.baud) if args.link else TcpLine(loop, HOST, args.tcp)
    server = PrinterServer(printer, line, loop, slips, args.control)
    end_by_signal(server)
    server.open(args.fault)
    where = args.link or f"{HOST}:{line.state()['port']}"
    print(f"virtual printer at {where}, control {args.control or 'none'}, slips in {args.slips}", flush=True)
    server.run()
    return 0
