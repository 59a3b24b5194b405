"""Which programs make up the hall of a hall.toml on this machine: server, virtual devices, bridge, kiosk, display.

A device whose link is a pty of ours (`serial:run/dev/...`) gets a virtual one behind it; a link to anything else means
a real device and is left alone.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ticketserver.runner.paths import RUN, shown
from ticketserver.runner.program import Program
from ticketserver.runner.screens import Screen
from ticketserver.shared.settings import Settings

VIRTUAL_LINK = "serial:run/dev/"
PICTURES = RUN / "pictures"


@dataclass(frozen=True)
class Hall:
    """What is started for a hall, and what a person is told about it afterwards."""

    settings: Settings
    programs: tuple[Program, ...]
    pictures: tuple[Path, ...]
    controls: tuple[Path, ...]


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


def virtual_devices(settings: Settings) -> list[tuple[Program, Path]]:
    """A program and its control socket for each printer and bus on a pty of ours."""
    made: list[tuple[Program, Path]] = []
    for printer in settings.printer:
        if pty := pty_of(printer.link):
            forget_stale(pty)
            argv = module("hardware", "sim", "printer", "--link", str(pty), "--control", str(control_of(pty)))
            argv += ("--slips", shown(RUN / "slips"))
            made.append((Program(f"printer-{printer.id}", argv, ready=pty.exists), control_of(pty)))
    for bus in settings.bus:
        if pty := pty_of(bus.link):
            forget_stale(pty)
            argv = module("hardware", "sim", "box", "--protocol", bus.protocol, "--link", str(pty))
            argv += ("--control", str(control_of(pty)))
            for box in bus.box:
                argv += ("--address", f"0x{box.address:02x}")
            made.append((Program(f"boxes-{bus.id}", argv, ready=pty.exists), control_of(pty)))
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
    names = tuple(program.name for program, _ in devices)
    shows, pictures = windows(settings, config, screenless=not os.environ.get("DISPLAY"))
    programs = [server, *(program for program, _ in devices)]
    if settings.bus:
        programs.append(Program("bridge", module("hardware", "bridge", "--config", config), after=("server", *names)))
    programs += shows
    if demo:
        argv = module("ticketserver.runner.demo", "--config", config)
        programs.append(Program("demo", argv, after=("server", *(p.name for p in shows))))
    return Hall(settings, tuple(programs), tuple(pictures), tuple(control for _, control in devices))
