"""Which programs make up the hall of a hall.toml on this machine: server, virtual devices, bridge, kiosk, display.

A device whose link is a pty of ours (`serial:run/dev/...`) gets a virtual one behind it; a link to anything else means
a real device and is left alone.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

from ticketserver.runner.paths import RUN, shown
from ticketserver.runner.program import Program
from ticketserver.runner.screens import Screen
from ticketserver.shared.counter_devices import ReceiveName, SendName
from ticketserver.shared.settings import Bus, Printer, Settings

VIRTUAL_LINK = "serial:run/dev/"
LINE_TEMPLATES = (*get_args(ReceiveName), *get_args(SendName))
LINE_ENDS = {"\r": "cr", "\n": "lf", "\r\n": "crlf"}
PICTURES = RUN / "pictures"


@dataclass(frozen=True)
class Virtual:
    """A virtual device: its program, and the sentence (key and values) that tells how to use it."""

    program: Program
    told: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Hall:
    """What is started for a hall, and what a person is told about it afterwards."""

    settings: Settings
    programs: tuple[Program, ...]
    pictures: tuple[Path, ...]
    devices: tuple[Virtual, ...]


def module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


def answers(host: str, port: int) -> Callable[[], bool]:
    """Ready when somebody takes connections there."""

    def asked() -> bool:
        try:
            socket.create_connection((host, port), timeout=0.5).close()
        except OSError:
            return False
        return True

    return asked


def pty_of(link: str) -> Path | None:
    """`run/dev/x` of a link that ends in one of our ptys, else None."""
    if not link.startswith(VIRTUAL_LINK):
        return None
    return Path(link.removeprefix("serial:").partition("?")[0])


def forget_stale(pty: Path) -> None:
    """Remove a link that an earlier run left behind: it may lead to a terminal that is somebody else's by now."""
    if pty.is_symlink():
        pty.unlink()


def control_of(pty: Path) -> Path:
    return pty.with_name(pty.name + ".ctl")


def virtual_printer(printer: Printer, pty: Path) -> Virtual:
    argv = module("hardware", "sim", "printer", "--link", str(pty), "--control", str(control_of(pty)))
    argv += ("--slips", shown(RUN / "slips"))
    program = Program(f"printer-{printer.id}", argv, ready=pty.exists)
    return Virtual(program, "run.try_printer", {"name": printer.id, "control": control_of(pty)})


def virtual_boxes(bus: Bus, pty: Path) -> Virtual:
    """All boxes of a bus in one program, as they share one line."""
    argv = module("hardware", "sim", "box", "--protocol", bus.protocol, "--link", str(pty))
    argv += ("--control", str(control_of(pty)))
    if bus.protocol == "line":
        line = bus.line
        argv += ("--baud", dict(parse_qsl(urlsplit(bus.link).query)).get("baud", "9600"))
        argv += ("--line-end", LINE_ENDS[line.ending], "--checksum", line.checksum or "none")
        templates = dict[str, str]([*line.receive.items(), *line.send.items()])
        argv += tuple(f"--line-{name}={templates.get(name, '')}" for name in LINE_TEMPLATES)
    for box in bus.box:
        argv += ("--address", f"{box.address:#04x}")
    first = bus.box[0]
    told = {"control": control_of(pty), "address": f"{first.address:#04x}", "counter": first.counter}
    return Virtual(Program(f"boxes-{bus.id}", argv, ready=pty.exists), "run.try_boxes", told)


def virtual_devices(settings: Settings) -> list[Virtual]:
    """What stands in for each printer and each bus on a pty of ours."""
    made: list[Virtual] = []
    for printer in settings.printer:
        if pty := pty_of(printer.link):
            forget_stale(pty)
            made.append(virtual_printer(printer, pty))
    for bus in settings.bus:
        if (pty := pty_of(bus.link)) and bus.box:
            forget_stale(pty)
            made.append(virtual_boxes(bus, pty))
    return made


def windows(settings: Settings, config: str, screenless: bool) -> tuple[list[Program], list[Path]]:
    """The first kiosk and the first display, each on a screen of its own where the machine has none.

    Returns the programs and the pictures that are kept of them.
    """
    programs: list[Program] = []
    frames: dict[Path, Path] = {}
    first = [("kiosk", each) for each in settings.kiosk[:1]] + [("display", each) for each in settings.display[:1]]
    for name, window in first:
        argv = module(name, "--config", config, f"--{name}", window.id)
        if not screenless:
            programs.append(Program(name, (*argv, "--windowed"), after=("server",)))
            continue
        screen = Screen(name, window.width_px, window.height_px, RUN / "screens")
        programs.append(screen.program())
        programs.append(Program(name, argv, after=("server", screen.name), environ=screen.environ))
        frames[screen.frame] = PICTURES / f"{name}.png"
    if frames:
        pairs = [f"{frame}={picture}" for frame, picture in frames.items()]
        programs.append(Program("pictures", module("ticketserver.runner.screens", *pairs), after=("server",)))
    return programs, list(frames.values())


def plan(settings: Settings, demo: bool) -> Hall:
    """Everything `make run` starts for these settings on this machine, in the order of its coming up."""
    config = settings.file
    host, port = settings.server.host, settings.server.ws_port
    server = Program("server", module("ticketserver", "--config", config, "--open-now"), ready=answers(host, port))
    devices = virtual_devices(settings)
    names = tuple(device.program.name for device in devices)
    shows, pictures = windows(settings, config, screenless=not os.environ.get("DISPLAY"))
    programs = [server, *(device.program for device in devices)]
    if settings.bus:
        programs.append(Program("bridge", module("hardware", "bridge", "--config", config), after=("server", *names)))
    programs += shows
    if demo:
        argv = module("ticketserver.runner.demo", "--config", config)
        programs.append(Program("demo", argv, after=("server", *(p.name for p in shows))))
    return Hall(settings, tuple(programs), tuple(pictures), tuple(devices))
