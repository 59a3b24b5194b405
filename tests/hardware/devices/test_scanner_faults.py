"""Every fault of a serial line against the scanner's driver, over real ptys and a virtual scanner.

A scanner's line has no check sum: what a fault makes of a code is another text, which is nobody's. So the driver passes
when it neither raises, hangs nor joins two codes into one, gives a good code once, and the next one rightly.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.codecs.keyboard_text import KeyboardText
from hardware.codecs.scan_text import ScanDecoder
from hardware.devices.reading_health import ReadingHealth
from hardware.devices.scanner import Scanner
from hardware.sim.scanner_engine import ScannerEngine
from hardware.transports.open import open_link
from tests.hardware.devices.readings import running
from tests.hardware.line_faults import PtyLine
from tests.hardware.turning import Turning

pytestmark = pytest.mark.line

FIRST, SECOND = "AbCdEfGhIjKlMnOpQrStUv", "0123456789abcdefghijkl"
ONLINE = ReadingHealth("online")


class Scene:
    def __init__(self, line: PtyLine, baud: int, mode: str, said) -> None:
        self.line, self.said = line, said
        self.driver = Scanner(lambda: open_link(line.address(baud)), lambda: ScanDecoder(None), module=mode != "serial")
        self.turning = Turning(self.driver, line.turn, lambda: said("state"))

    def do(self, command: str) -> None:
        assert self.said(command) == {"ok": True}

    def ready(self) -> None:
        """A module has answered by now, so that its answers are not counted with codes."""
        assert self.turning.until(lambda _: self.driver.health() == ONLINE) == []

    def scan(self, code: str) -> list[str]:
        """What the driver gives for this code, and nothing after it."""
        self.do(f"scan {code}")
        events = self.turning.until(lambda events: bool(events)) + self.turning.during(0.2)
        return [event.text for event in events]


@contextmanager
def scene(tmp_path: Path, mode: str = "serial", baud: int = 9600, **faults) -> Iterator[Scene]:
    device = tmp_path / "device"
    with running(ScannerEngine(mode=mode), device) as say, PtyLine(tmp_path / "line", device, **faults) as line:
        made = Scene(line, baud, mode, say)
        try:
            yield made
        finally:
            made.driver.close()


@pytest.mark.parametrize("mode", ["serial", "module"])
@pytest.mark.parametrize("fault", ["late", "split", "doubled", "echo"])
def test_a_code_is_given_once_in_spite_of_it(fault: str, mode: str, tmp_path: Path) -> None:
    with scene(tmp_path, mode) as made, made.line.fault(fault):
        made.ready()
        assert made.scan(FIRST) == [FIRST]
        assert made.scan(SECOND) == [SECOND]
        # A plain scanner is never spoken to, so there is nothing to echo.
        assert bool(made.line.injected[fault]) == (mode == "module" or fault != "echo")


@pytest.mark.parametrize("fault", ["garbage", "flipped"])
def test_a_spoilt_code_is_nobodys_and_the_next_one_is_right(fault: str, tmp_path: Path) -> None:
    with scene(tmp_path, flip_bit=3) as made:
        made.ready()
        with made.line.fault(fault):
            made.do(f"scan {FIRST}")
            given = made.turning.until(lambda _: made.line.injected[fault] == 1) + made.turning.during(0.3)
        assert FIRST not in [event.text for event in given] or fault == "garbage"
        made.turning.during(1.1)
        assert made.scan(SECOND) == [SECOND]


@pytest.mark.parametrize("fault", ["silence", "truncated"])
def test_a_code_without_its_end_does_not_stand_before_the_next(fault: str, tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.ready()
        with made.line.fault(fault):
            made.do(f"scan {FIRST}")
            assert made.turning.until(lambda _: made.line.injected[fault] == 1) == []
            assert made.turning.during(1.2) == []
        assert made.scan(SECOND) == [SECOND]


def test_another_units_answer_is_no_code(tmp_path: Path) -> None:
    answer = bytes.fromhex("02 00 00 01 00 33 31")
    with scene(tmp_path, "module", stranger=answer) as made:
        made.ready()
        with made.line.fault("stranger"):
            made.do(f"scan {FIRST}")
            assert made.turning.until(lambda _: made.line.injected["stranger"] >= 1) == []
            assert made.turning.during(0.3) == []
        assert made.scan(SECOND) == [SECOND]


def test_a_wrong_speed(tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.ready()
        with made.line.fault("wrong_speed"):
            made.do(f"scan {FIRST}")
            made.turning.until(lambda _: made.line.injected["wrong_speed"] >= 1)
            assert FIRST not in [event.text for event in made.turning.during(0.3)]
        made.turning.during(1.1)
        assert made.scan(SECOND) == [SECOND]


@pytest.mark.parametrize("mode", ["serial", "module"])
def test_the_port_disappears_in_the_middle_of_a_code_and_returns(mode: str, tmp_path: Path) -> None:
    with scene(tmp_path, mode) as made:
        made.ready()
        made.do("slow 100")
        made.do(f"scan {FIRST}")
        assert made.turning.during(0.4) == []
        with made.line.fault("unplug"):
            down = ReadingHealth("offline", "link_down")
            assert made.turning.until(lambda _: made.driver.health() == down) == []
            made.do("slow 0")
            assert made.turning.during(2.5) == []
        assert made.turning.until(lambda _: made.driver.health() == ONLINE) == []
        made.turning.during(1.2)
        assert made.scan(SECOND) == [SECOND]


def test_a_module_on_a_line_that_takes_nothing(tmp_path: Path) -> None:
    with scene(tmp_path, "module") as made:
        made.ready()
        with made.line.fault("blocked"):
            assert made.turning.until(lambda _: made.driver.health().state == "offline") == []
            # A write that waits for its device holds the turn up for its own short time-out and no longer.
            assert made.driver.link_down.endswith("took no data for 0.5 s")
        assert made.turning.until(lambda _: made.driver.health() == ONLINE) == []
        assert made.scan(SECOND) == [SECOND]


def test_keys_over_a_line_that_is_unplugged(tmp_path: Path) -> None:
    device = tmp_path / "keys"
    driver = Scanner(lambda: open_link(f"input:{device}"), KeyboardText)
    with running(ScannerEngine(mode="keyboard"), device) as say:
        turning = Turning(driver, lambda: say("state"))
        turning.until(lambda _: driver.health() == ONLINE)
        say(f"scan {FIRST}")
        assert [event.text for event in turning.until(lambda events: bool(events))] == [FIRST]
        say("unplug")
        turning.until(lambda _: driver.health().state == "offline")
        say("plug")
        turning.until(lambda _: driver.health() == ONLINE)
        say(f"scan {SECOND}")
        assert [event.text for event in turning.until(lambda events: bool(events))] == [SECOND]
    driver.close()
