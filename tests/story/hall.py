"""A whole hall of real processes in a folder of its own: server, virtual devices, bridge, kiosk, display.

Kiosk and display have a screen each, whose pixels the test reads; the kiosk's line to the server goes through a relay.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image

from tests.noon import noon_zone
from tests.ports import free_port
from tests.story import eyes
from tests.story.relay import Relay
from tests.ticketserver.shared.halls import few_devices
from ticketserver.runner.screens import Screen
from ticketserver.shared.texts import HERE

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = HERE.parent / "sample"
WAIT_S = 90.0
LOOK_S = 0.2
DEVICES = ("kiosk1", "printer1", "box-bus1-33", "box-bus1-34")
KIOSK_PX, DISPLAY_PX = (1080, 1920), (1920, 1080)


def until(told: Callable[[], Any], what: str, wait_s: float = WAIT_S) -> Any:
    """The first true answer. Looks again and again, as a person would; fails saying what never came."""
    deadline = time.monotonic() + wait_s
    while True:
        answer = told()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"within {wait_s} s: {what}"
        time.sleep(LOOK_S)


class Program:
    """One process with its log."""

    def __init__(self, name: str, argv: tuple[str, ...], folder: Path, environ: Mapping[str, str]) -> None:
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **environ}
            )

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(WAIT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class StoryHall:
    """`folder` holds everything the hall writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs: dict[str, Program] = {}
        self.ws_port, self.http_port = free_port(), free_port()
        self.relay = Relay(self.ws_port)
        self.config = self._write("hall.toml", self.ws_port)
        self.kiosk_config = self._write("kiosk.toml", self.relay.port)
        self._ids = count(1)
        self._visits_before = self._slips_before = 0
        self._screens = {
            "kiosk": Screen("kiosk", *KIOSK_PX, folder / "screens"),
            "display": Screen("display", *DISPLAY_PX, folder / "screens"),
        }

    def _write(self, name: str, ws_port: int) -> Path:
        """The sample hall with this hall's folder and ports."""
        text = few_devices((SAMPLE / "hall.toml").read_text("utf-8"))
        text = text.replace('catalogue = "catalogue.toml"', f'catalogue = "{SAMPLE / "catalogue.toml"}"')
        for place in ("run/data", "run/tokens"):
            text = text.replace(f'"{place}"', f'"{self.folder}/{place}"')
        text = text.replace('timezone = "Asia/Shanghai"', f'timezone = "{noon_zone()}"')
        text = text.replace("ws_port = 8765", f"ws_port = {ws_port}")
        text = text.replace("http_port = 8080", f"http_port = {self.http_port}")
        text = text.replace("serial:run/dev/", f"serial:{self.folder}/")
        file = self.folder / name
        file.write_text(text, "utf-8")
        return file

    # ---- programs

    def start(self) -> "StoryHall":
        for screen in self._screens.values():
            self._run(screen.name, screen.program().argv)
        for screen in self._screens.values():
            until(screen.is_there, f"{screen.name} takes windows")
        self.start_server()
        self._module("printer", "hardware", "sim", "printer", "--link", str(self.at("printer1")), "--control",
                     str(self.at("printer1.ctl")), "--slips", str(self.slips))  # fmt: skip
        self._module("boxes", "hardware", "sim", "box", "--protocol", "ub485", "--link", str(self.at("bus1")),
                     "--control", str(self.at("bus1.ctl")), "--address", "0x21", "--address", "0x22")  # fmt: skip
        until(lambda: self.at("printer1").exists() and self.at("bus1").exists(), "the virtual devices are there")
        self._module("bridge", "hardware", "bridge", "--config", str(self.config))
        self.start_kiosk()
        self.start_display()
        until(lambda: all(map(self.online, DEVICES)), "every program and device has said that it is there")
        return self

    def start_server(self) -> None:
        self._module("server", "ticketserver", "--config", str(self.config), "--open-now")
        until(self.health, "the server answers")

    def start_kiosk(self) -> None:
        self._window("kiosk", "kiosk", "--config", str(self.kiosk_config), "--kiosk", "kiosk1")

    def start_display(self) -> None:
        self._window("display", "display", "--config", str(self.config), "--display", "display1")

    def kill(self, name: str) -> None:
        self.programs[name].end(signal.SIGKILL)

    def end(self) -> None:
        for name in ("kiosk", "display", "bridge", "server"):
            if name in self.programs:
                self.programs[name].end()
        for program in self.programs.values():
            program.end()
        self.relay.close()

    def logs(self) -> str:
        """The end of each program's log."""
        ends = ((name, program.log.read_text("utf-8", "replace")[-3000:]) for name, program in self.programs.items())
        return "\n".join(f"==== {name}\n{end}" for name, end in ends)

    def _run(self, name: str, argv: tuple[str, ...], environ: Mapping[str, str] | None = None) -> None:
        self.programs[name] = Program(name, argv, self.folder, environ or {})

    def _module(self, name: str, module: str, *arguments: str) -> None:
        self._run(name, (sys.executable, "-m", module, *arguments))

    def _window(self, name: str, module: str, *arguments: str) -> None:
        self._run(name, (sys.executable, "-m", module, *arguments), self._screens[name].environ())

    # ---- what the test does and sees

    def at(self, name: str) -> Path:
        return self.folder / name

    @property
    def slips(self) -> Path:
        return self.at("slips")

    def control(self, device: str, *words: str) -> str:
        """A finger on a virtual device."""
        name = {"box": "bus1", "printer": "printer1"}[device]
        argv = [sys.executable, "-m", "hardware", "sim", device, *words, "--control", str(self.at(f"{name}.ctl"))]
        return subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True, timeout=WAIT_S).stdout

    def touch(self, x: int, y: int) -> None:
        environ = {**os.environ, **self._screens["kiosk"].environ()}
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True, env=environ, timeout=WAIT_S)

    def picture(self, window: str) -> Image.Image:
        return eyes.frame(self._screens[window].frame)

    def kiosk_shows(self, number: str) -> bool:
        return self.reads(number, [self.picture("kiosk")])

    def reads(self, number: str, pictures: list[Image.Image]) -> bool:
        """Whether the number stands in one of these, the newest first."""
        return any(number in eyes.numbers(picture, self.folder) for picture in reversed(pictures))

    def display_shows(self, number: str, window: int) -> bool:
        """Among the calls, which stand to the left of who comes soon."""
        picture = self.picture("display")
        calls = picture.crop((0, 0, picture.width * 2 // 3, picture.height))
        shown = number in eyes.numbers(calls, self.folder)
        return shown and f"Window {window}" in eyes.text(calls, self.folder)

    def online(self, device: str) -> bool:
        """Whether the server's log last called a device online."""
        told = [line for line in self.programs["server"].log.read_text("utf-8").splitlines() if f" {device}: " in line]
        return bool(told) and ": online" in told[-1]

    def health(self) -> dict[str, Any] | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/health", timeout=WAIT_S) as answer:
                told: dict[str, Any] = json.load(answer)
                return told
        except OSError:
            return None

    def ask(self, role: str, method: str, **params: Any) -> dict[str, Any]:
        """A method over HTTP; raises AssertionError on a refusal."""
        token = (self.folder / "run" / "tokens" / role).read_text("ascii").strip()
        request = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.http_port}/rpc",
            json.dumps(request).encode(),
            {"Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(asked, timeout=WAIT_S) as answer:
            told = json.load(answer)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    def change(self, role: str, method: str, **params: Any) -> dict[str, Any]:
        return self.ask(role, method, request_id=f"story-{time.time_ns()}-{next(self._ids)}", **params)

    def visits(self) -> list[dict[str, Any]]:
        """All of today, oldest first."""
        found: list[dict[str, Any]] = self.ask("clerk", "list_visits").get("visits", [])
        return found[::-1]

    def begin_chapter(self) -> None:
        """Visits and slips from now on are this chapter's."""
        self._visits_before, self._slips_before = len(self.visits()), len(list(self.slips.glob("*.png")))

    def only_visit(self) -> dict[str, Any]:
        """The one visit of this chapter, once there is one."""
        (visit,) = until(lambda: self.visits()[self._visits_before :], "a number is taken")
        return visit

    def slip_pictures(self) -> list[Path]:
        """The slips of this chapter, in order."""
        return sorted(self.slips.glob("*.png"))[self._slips_before :]
