"""The kiosk as the person in front of it has it: until it can be used, from touch to picture, from 取号 to paper.

Kiosk, server and virtual printer are processes of their own; the screen is Xvfb's, drawn without a graphics card, as on
a kiosk that has none. Touches are real X events, and what is seen is read from the frame buffer: the time from telling
the finger to move until the pixel has changed. A bare Kivy window with one button is measured the same way beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.bench.bare_window import UP
from tests.bench.figures import Round
from tests.bench.glass import Glass, Ink, Point, glass
from tests.bench.hall import ROOT, HallProcess, ended_early, started
from tests.bench.paper import PaperLine, paper_line

MEMORY = ("kiosk_rss_100", "kiosk_rss_1000")
NAMES = (
    "bare_window", "kiosk_start", "bare_touch", "kiosk_touch", "kiosk_screen", "bare_byte", "kiosk_byte", *MEMORY,
)  # fmt: skip
SETTLE_S = 0.45
"""The kiosk takes no touch in the first third of a second of a screen."""
TOUCHES, VISITS = 8, (100, 1_000)
TILE: Point = (277, 600)
SEARCH: Point = (60, 1470)
BACK: Point = (190, 1836)
ENQUIRY: Point = (802, 1665)
TAKE: Point = (800, 1620)
DONE: Point = (100, 1884)
BARE: Point = (540, 960)
MAIN: Ink = (0x0B, 0x4F, 0x71)
"""The palette's `main`, which only a button has that leads on; not taken from there, as that would start Kivy here."""
BASES = ("kiosk_start", "kiosk_touch", "kiosk_screen", "kiosk_byte")


class Window:
    """A program with a window, and how it is seen to be there."""

    def __init__(self, at: Glass, argv: list[str], log: Path, sign: Point, ink: Ink) -> None:
        self.at, self.log = at, log
        self._argv, self._sign, self._ink = argv, sign, ink
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """→ ms from the start of the process until it can be used."""
        began = perf_counter()
        self._process = started(self._argv, self.log, self.at.environ)
        try:
            return (self.at.until_ink(self._sign, self._ink) - began) * 1000
        except RuntimeError as error:
            raise ended_early(self._process, self.log) from error

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            self.at.until_ink(self._sign, self._ink, there=False)


def timed(once: Callable[[], float], times: int, _seconds: float) -> Round:
    """Some touches a round: each waits for a screen, so a round takes what it takes."""
    began = perf_counter()
    latencies = [once() for _ in range(times)]
    return Round(times, perf_counter() - began, latencies)


def start(window: Window) -> float:
    took = window.start()
    window.stop()
    return took


def touch(at: Glass, point: Point) -> float:
    """From the touch to the button that looks touched."""
    time.sleep(SETTLE_S)
    before = at.ink(point)
    began = at.down(point)
    return (at.until_ink(point, before, there=False) - began) * 1000


def touch_bare(at: Glass) -> float:
    took = touch(at, BARE)
    at.up()
    at.until_ink(BARE, UP)
    return took


def touch_tile(at: Glass) -> float:
    """A tile of the first screen; then back to it, untimed."""
    took = touch(at, TILE)
    at.up()
    at.until_ink(SEARCH, MAIN, there=False)
    change_screen(at, BACK, True)
    return took


def change_screen(at: Glass, point: Point, home: bool) -> float:
    """From the release of a button to the screen behind it."""
    time.sleep(SETTLE_S)
    at.down(point)
    time.sleep(SETTLE_S)
    began = at.up()
    return (at.until_ink(SEARCH, MAIN, home) - began) * 1000


def there_and_back(at: Glass) -> float:
    """The slower of both."""
    return max(change_screen(at, TILE, False), change_screen(at, BACK, True))


def take(at: Glass, paper: PaperLine) -> float:
    """An enquiry number: from the release of 取号 to the slip's first byte at the printer."""
    at.until_ink(SEARCH, MAIN)
    change_screen(at, ENQUIRY, False)
    at.until_ink(TAKE, MAIN)
    time.sleep(SETTLE_S)
    paper.expect_slip()
    at.down(TAKE)
    time.sleep(SETTLE_S)
    began = at.up()
    came = paper.slip_came()
    at.until_ink(DONE, MAIN)
    change_screen(at, DONE, True)
    return (came - began) * 1000


class Visits:
    """One kiosk's window that sees them all; its memory is asked for early and at the end."""

    def __init__(self, folder: Path, at: Glass) -> None:
        self._folder, self._environ = folder, {**os.environ, **at.environ}
        self._told: list[float] = []

    def memory(self, which: int, seconds: float) -> Round:
        """In a round for trying, fewer visits."""
        if not self._told:
            counts = [str(count if seconds >= 0.5 else count // 20) for count in VISITS]
            argv = (sys.executable, "-m", "tests.bench.kiosk_visits", str(self._folder), *counts)
            done = subprocess.run(argv, cwd=ROOT, env=self._environ, check=True, capture_output=True, text=True)
            self._told = [float(line.split()[1]) for line in done.stdout.splitlines()]
        return Round(value=self._told[which])


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[float], Round]] = {}
    with ExitStack() as stack:

        def screen(name: str) -> Glass:
            return stack.enter_context(glass(folder / "glass" / name))

        def bare(name: str) -> Window:
            argv = ["-m", "tests.bench.bare_window", str(folder)]
            window = Window(screen(name), argv, folder / f"{name}.log", BARE, UP)
            stack.callback(window.stop)
            return window

        if names.intersection(BASES):
            hall = HallProcess(folder / "kiosks")
            paper = stack.enter_context(paper_line(hall.folder))
            text = hall.file.read_text("utf-8").replace("serial:run/dev/printer1?baud=19200", paper.link)
            hall.file.write_text(text, "utf-8")
            stack.enter_context(hall)
            argv = ["-m", "kiosk", "--config", str(hall.file), "--kiosk", "kiosk1", "--size", "1080x1920"]
            window = Window(screen("kiosk"), argv, hall.folder / "kiosk.log", SEARCH, MAIN)
            stack.callback(window.stop)
            made["kiosk_start"] = partial(timed, partial(start, window), 1)
            acts = {
                "kiosk_touch": (partial(touch_tile, window.at), TOUCHES),
                "kiosk_screen": (partial(there_and_back, window.at), TOUCHES),
                "kiosk_byte": (partial(take, window.at, paper), 3),
            }
            made |= {name: partial(used, window, partial(timed, *act)) for name, act in acts.items()}
            made["bare_byte"] = partial(timed, paper.bare_byte, TOUCHES)
        if "bare_window" in names:
            made["bare_window"] = partial(timed, partial(start, bare("bare_start")), 1)
        if "bare_touch" in names:
            other = bare("bare_touch")
            made["bare_touch"] = partial(used, other, partial(timed, partial(touch_bare, other.at), TOUCHES))
        if names.intersection(MEMORY):
            visits = Visits(folder, screen("memory"))
            made |= {name: partial(visits.memory, which) for which, name in enumerate(MEMORY)}
        yield {name: act for name, act in made.items() if name in names}


def used(window: Window, act: Callable[[float], Round], seconds: float) -> Round:
    """In a window that stands and has nothing else to do."""
    window.start()
    time.sleep(1)
    try:
        return act(seconds)
    finally:
        window.stop()
