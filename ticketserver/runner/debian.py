"""The Debian packages that commands and machines need: the one list of them, which are missing, how they go in."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ticketserver.runner.paths import BUILD, shown
from ticketserver.runner.say import Stop, run_logged, say, text


@dataclass(frozen=True)
class Package:
    """A Debian package: the goals of make that need it, and the roles of an installed machine that do."""

    name: str
    goals: tuple[str, ...] = ("run", "test")
    roles: tuple[str, ...] = ()


WINDOWS = ("kiosk", "display")
EVERY = ("server", *WINDOWS, "bridge")
SCREEN = "screen"
"""What a machine with a window needs besides where there is no desktop: Xorg, started by our own unit."""

PACKAGES = (
    Package("alsa-utils", roles=WINDOWS),  # aplay, which plays the calls and reads screens aloud
    Package("espeak-ng", roles=WINDOWS),  # makes the clips of the calls and reads screens aloud
    Package("ffmpeg", goals=("test",), roles=("display",)),  # plays films between calls
    Package("fonts-noto-cjk", roles=WINDOWS),  # the Chinese faces, for our windows and for Chromium
    Package("libgl1", roles=WINDOWS),  # OpenGL by software where there is no graphics card
    Package("libmtdev1", roles=WINDOWS),  # touch screens; Kivy complains at each start without it
    Package("python3", goals=(), roles=EVERY),
    Package("python3-venv", goals=(), roles=EVERY),
    Package("tzdata", goals=(), roles=EVERY),  # the hall's time zone
    Package("xserver-xorg-core", goals=(), roles=(SCREEN,)),
    Package("xserver-xorg-input-libinput", goals=(), roles=(SCREEN,)),
    Package("xserver-xorg-video-fbdev", goals=(), roles=(SCREEN,)),  # graphics that only the firmware knows
    Package("xvfb"),  # a screen where there is none
    Package("chromium", goals=("test",)),  # the clerk console's tests
    Package("git", goals=("test",)),  # tells which files are the project's, and plants the simulation's bugs
    Package("libatomic1", goals=("test",)),  # which the driver of Chromium asks for
    Package("mbpoll", goals=("test",)),  # a Modbus master that is not ours, before our virtual modules
    Package("xdotool", goals=("test",)),  # fingers on the kiosk in the tests of its process
    Package("tesseract-ocr", goals=("test",)),  # reads what screens and slips show
)


def wanted(goal: str) -> list[str]:
    """Names of the packages for `run` or `test`, with Python's own venv support where this Python lacks it."""
    names = [package.name for package in PACKAGES if goal in package.goals]
    if importlib.util.find_spec("ensurepip") is None:
        names.append("python3-venv")
    return names


def for_roles(roles: Iterable[str]) -> list[str]:
    """Names of the packages for a machine with these roles."""
    asked = set(roles)
    return [package.name for package in PACKAGES if asked.intersection(package.roles)]


def missing(names: list[str]) -> list[str]:
    """Which of the packages are not installed. One call of dpkg-query for all; order as given."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    installed = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install(goal: str) -> None:
    """Install what is missing for a goal, as root by apt; otherwise raise `Stop` with the one line to type."""
    install_named(wanted(goal), BUILD / "logs")


def install_named(names: list[str], logs: Path) -> None:
    """The same for packages by name. What apt says goes to `logs`."""
    if shutil.which("dpkg-query") is None:
        say("debian.other", names=" ".join(names))
        return
    lacking = missing(names)
    if not lacking:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(lacking)
    if os.geteuid() != 0:
        raise Stop(text("debian.not_root", names=", ".join(lacking), line=f"sudo {line}"))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_logged(text("debian.update"), ["apt-get", "update"], logs / "apt-update.log", quiet)
    log = logs / "apt-install.log"
    run_logged(text("debian.install", names=", ".join(lacking)), line.split(), log, quiet)
    if still := missing(names):
        raise Stop(text("debian.still_missing", names=", ".join(still), log=shown(log)))
