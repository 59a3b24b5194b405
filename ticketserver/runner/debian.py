"""The Debian packages the two commands need: the one list of them, which are missing, and how they get installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass

from ticketserver.runner.paths import BUILD
from ticketserver.runner.say import Stop, run_logged, say, text


@dataclass(frozen=True)
class Package:
    """A Debian package; `for_tests` marks those that only `make test` needs."""

    name: str
    for_tests: bool = False


PACKAGES = (
    Package("alsa-utils"),  # aplay, which plays the calls
    Package("espeak-ng"),  # makes the clips the calls are put together from
    Package("fonts-noto-cjk"),  # the Chinese faces, for our windows and for Chromium
    Package("libgl1"),  # OpenGL by software where there is no graphics card
    Package("libmtdev1"),  # touch screens; Kivy complains at each start without it
    Package("xvfb"),  # a screen where there is none
    Package("chromium", for_tests=True),  # the clerk console's tests
    Package("libatomic1", for_tests=True),  # which the driver of Chromium asks for
    Package("xdotool", for_tests=True),  # fingers on the kiosk in the tests of its process
    Package("tesseract-ocr", for_tests=True),  # reads what screens and slips show
)


def wanted(goal: str) -> list[str]:
    """Names of the packages for `run` or `test`, with Python's own venv support where this Python lacks it."""
    names = [package.name for package in PACKAGES if goal == "test" or not package.for_tests]
    if importlib.util.find_spec("ensurepip") is None:
        names.append("python3-venv")
    return names


def missing(names: list[str]) -> list[str]:
    """Which of the packages are not installed. One call of dpkg-query for all; order as given."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    installed = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install(goal: str) -> None:
    """Install what is missing, as root by apt; otherwise raise `Stop` with the one line to type."""
    names = wanted(goal)
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
    run_logged(text("debian.update"), ["apt-get", "update"], BUILD / "logs" / "apt-update.log", quiet)
    title = text("debian.install", names=", ".join(lacking))
    run_logged(title, line.split(), BUILD / "logs" / "apt-install.log", quiet)
    if still := missing(names):
        raise Stop(text("debian.still_missing", names=", ".join(still)))
