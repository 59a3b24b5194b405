"""`python -m hardware record ID --config hall.toml --out FILE`: a real device's bytes, kept so that they become a test.

The device is driven as its program would drive it (driving.py says how each kind) over a link that notes everything;
what it would tell of people is hidden before anybody sees it (devices/masks). The file says itself which device it was
and how hall.toml has it, so that it can be played back on a machine without the device; here it is so at once.
→ exit status 0 stored, 1 the device or the file could not be used, 2 settings or a name that is none.
"""

import argparse
import importlib.metadata
import json
import logging
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from hardware.check.app import Said
from hardware.check.driving import Drive
from hardware.check.links import no_link
from hardware.check.parts import Finding, Mark, note, well, wrong
from hardware.check.playback import played
from hardware.check.subjects import Device, devices_of
from hardware.transports.escpos_link import open_printer
from hardware.transports.holders import holder_of
from hardware.transports.link import LinkDown
from hardware.transports.open import open_link
from hardware.transports.recorded import Recorder
from hardware.transports.sessions import DOWN, READ, Differs, Session
from ticketserver.shared.settings import Settings, SettingsError, load_settings

PACKAGE: Final = "yihao"
DEFAULT_S: Final = 20.0
LONGEST_S: Final = 600.0
UNTIMED: Final = ("printer", "panel")
"""These end by themselves."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "把设备的通信存成测试 Store the bytes of a device as a session that tests play back"
    parser.add_argument(
        "id", metavar="ID", help="a printer, bus, scanner or card reader of hall.toml, or panel-COUNTER"
    )
    parser.add_argument("--config", type=Path, required=True, help="hall.toml")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the session goes (*.session)")
    parser.add_argument(
        "--seconds", type=_seconds, default=DEFAULT_S, metavar="N", help="how long at most (%(default)g)"
    )
    parser.add_argument("--print", action="store_true", help="a printer prints a test slip")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_S:
        raise argparse.ArgumentTypeError(f"{text!r}: a number of seconds up to {LONGEST_S:g}")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Record what was asked for; → exit status."""
    try:
        settings = load_settings(args.config)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    out = Said(settings, sys.stdout)
    known = devices_of(settings)
    if args.id not in known:
        out.heading("no_such", names=args.id, known=", ".join(sorted(known)) or "-")
        return 2
    device = known[args.id]
    if busy := _held(device):
        out.say(busy)
        return 1
    timed = {} if device.kind in UNTIMED else {"seconds": f"{args.seconds:g}"}
    out.say(note(device.id, f"record.do_{device.kind}", **timed))
    session = record(settings, device, args.seconds, args.print)
    found = _stored(device, session, args.out)
    out.say(found)
    if found.mark is not Mark.WELL:
        return 1
    try:
        played(settings, session)
    except Differs as problem:
        out.say(note(device.id, "record.differs", problem=problem))
    return 0


def record(settings: Settings, device: Device, seconds: float, print_slip: bool = False) -> Session:
    """Drive the device for the time at most; → what happened on its link."""
    opening = open_printer if device.kind == "printer" else open_link
    recorder = Recorder(partial(opening, device.link), device.mask)
    begun = datetime.now().replace(microsecond=0)
    told = Drive(settings, device, recorder, lambda gone_s: gone_s >= seconds, print_slip).run()
    return recorder.session(
        {
            "link": device.link,
            "device": f"{device.kind} {device.id}",
            "model": device.model,
            "date": begun.isoformat(),
            "driver": _version(),
            "asked": "print" if print_slip else "-",
            "settings": json.dumps(msgspec.to_builtins(device.lines), ensure_ascii=False),
            "told": " · ".join(told),
        }
    )


def _held(device: Device) -> Finding | None:
    """Who has the device now."""
    try:
        holder = holder_of(device.link)
    except LinkDown as problem:
        return no_link(device.id, device.link, problem)
    return wrong(device.id, "record.in_use", program=holder.command, pid=holder.pid) if holder else None


def _stored(device: Device, session: Session, out: Path) -> Finding:
    if not any(entry.mark == READ for entry in session.entries):
        down = next((entry.text for entry in session.entries if entry.mark == DOWN), "")
        if down:
            return no_link(device.id, device.link, LinkDown(down))
        if device.kind != "panel":
            return wrong(device.id, "record.silent", link=device.link)
    try:
        session.save(out)
    except OSError as error:
        return wrong(device.id, "record.no_file", file=out, problem=error.strerror)
    counts = {"count": len(session.entries), "seconds": f"{session.entries[-1].at_s:.1f}"}
    return well(device.id, "record.stored", file=out, **counts)


def _version() -> str:
    try:
        return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{PACKAGE} (a checkout)"
