"""A machine in a folder, and programs of Debian that only write down how they were called."""

from pathlib import Path

from ticketserver.runner.machine import Machine

ACTORS = ("systemctl", "useradd", "usermod", "chown", "runuser", "apt-get")
CALLED = 'echo "$(basename "$0") $*" >> "$CALLS"\n'
YES = "exit 0\n"
VENV = """case "$*" in
  "-m venv --clear "*) mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
  "-m ticketserver check "*) [ ! -e "$REFUSES" ] || { echo "no such key" >&2; exit 1; } ;;
  "-m pip install "*) [ ! -e "$PIP_FAILS" ] || { echo "no matching wheel" >&2; exit 1; } ;;
esac
"""


class Actors:
    """What was asked of the system's programs, in order; files that make one of them say no."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls_file = folder / "calls"
        self.refuses = folder / "refuses"
        self.pip_fails = folder / "pip-fails"

    def calls(self, name: str = "") -> list[str]:
        lines = self.calls_file.read_text("utf-8").splitlines() if self.calls_file.exists() else []
        return [line for line in lines if line.startswith(name)]

    def forget(self) -> None:
        self.calls_file.unlink(missing_ok=True)


def script(file: Path, body: str) -> None:
    file.write_text("#!/bin/sh\n" + body, "utf-8")
    file.chmod(0o755)


def enabled(machine: Machine, *units: str) -> None:
    """As `systemctl enable` leaves them."""
    wants = machine.units / "multi-user.target.wants"
    wants.mkdir(parents=True, exist_ok=True)
    for unit in units:
        (wants / unit).symlink_to(machine.units / unit)
