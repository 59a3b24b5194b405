"""Which programs make up the hall of a hall.toml on this machine: server, virtual devices, bridge, kiosk, display."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ticketserver.runner.paths import RUN
from ticketserver.runner.program import Program
from ticketserver.runner.screens import Screen
from ticketserver.runner.virtual import Virtual, virtual_devices
from ticketserver.shared.settings import Settings

PICTURES = RUN / "pictures"
WATCHED_S = 60.0
"""How long a kiosk may give no sign of life, as in its unit; a call screen gives none."""


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


def windows(settings: Settings, config: str, screenless: bool) -> tuple[list[Program], list[Path]]:
    """The first kiosk and the first display, each on a screen of its own where the machine has none.

    Returns the programs and the pictures that are kept of them.
    """
    programs: list[Program] = []
    frames: dict[Path, Path] = {}
    first = [("kiosk", each) for each in settings.kiosk[:1]] + [("display", each) for each in settings.display[:1]]
    for name, window in first:
        argv = module(name, "--config", config, f"--{name}", window.id)
        watched_s = WATCHED_S if name == "kiosk" else 0.0
        if not screenless:
            programs.append(Program(name, (*argv, "--windowed"), after=("server",), watchdog_s=watched_s))
            continue
        screen = Screen(name, window.width_px, window.height_px, RUN / "screens")
        programs.append(screen.program())
        after = ("server", screen.name)
        programs.append(Program(name, argv, after, environ=screen.environ, watchdog_s=watched_s))
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
    if settings.bus or any(panel.link for panel in settings.panel):
        programs.append(Program("bridge", module("hardware", "bridge", "--config", config), after=("server", *names)))
    programs += shows
    if demo:
        argv = module("ticketserver.runner.demo", "--config", config)
        programs.append(Program("demo", argv, after=("server", *(p.name for p in shows))))
    return Hall(settings, tuple(programs), tuple(pictures), tuple(devices))
