"""`python -m kiosk` as a process on the screen at hand, and a virtual printer on its line."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample"
ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 120
LOOK_S = 0.05
QUIET_S = 2.0
"""Longer than a picture waits for the next, and that takes to be drawn."""


def sample_config(folder: Path, port: int, printer: Path) -> Path:
    """The sample hall, with a server at this port and a printer on this line, writing into `folder` only."""
    text = (SAMPLE / "hall.toml").read_text("utf-8")
    text = re.sub(r'catalogue = "[^"]*"', f'catalogue = "{SAMPLE / "catalogue.toml"}"', text, count=1)
    text = text.replace("ws_port = 8765", f"ws_port = {port}")
    text = text.replace('"run/data"', f'"{folder}/data"').replace('"run/tokens"', f'"{folder}/run/tokens"')
    text = text.replace("serial:run/dev/printer1?baud=19200", f"serial:{printer}?baud=19200")
    file = folder / "hall.toml"
    file.write_text(text, "utf-8")
    return file


def virtual_printer(line: Path, slips: Path) -> subprocess.Popen[bytes]:
    """At the end of `line` once that exists."""
    argv = [sys.executable, "-m", "hardware", "sim", "printer", "--link", str(line), "--slips", str(slips)]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class KioskProcess:
    """A kiosk's process, its picture, and what people do to its window."""

    def __init__(self, config: Path, folder: Path, **environ: str) -> None:
        self.picture = folder / "kiosk.png"
        self.log = folder / "kiosk.log"
        argv = [sys.executable, "-m", "kiosk", "--config", str(config), "--kiosk", "kiosk1", "--size", "1080x1920"]
        argv += ["--picture", str(self.picture)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(argv, cwd=ROOT, env={**os.environ, **environ}, stdout=output, stderr=output)
        self.drawn = b""

    def until_drawn(self) -> None:
        """Wait for a picture other than the last one seen, and until no newer one comes."""
        deadline = quiet_from = time.monotonic()
        deadline += WAIT_S
        seen = self.drawn
        while time.monotonic() < deadline:
            now = self.picture.read_bytes() if self.picture.exists() else b""
            if now != seen:
                seen, quiet_from = now, time.monotonic()
            if seen != self.drawn and time.monotonic() - quiet_from > QUIET_S:
                self.drawn = seen
                return
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(LOOK_S)
        raise AssertionError("the window did not change: " + self.log.read_text("utf-8"))

    def touch_at(self, x: int, y: int) -> None:
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def key(self, *names: str) -> None:
        """Keys by their X names, one after the other."""
        subprocess.run(["xdotool", "key", "--delay", "60", *names], check=True)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(WAIT_S)


def until(told: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while not told():
        assert time.monotonic() < deadline, what
        time.sleep(LOOK_S)
