"""Every fault of a serial line against each kind of call box over real pseudo-terminals, with virtual boxes behind.

A driver passes a fault when it neither raises nor hangs, makes no more presses than there were and none that nobody
made, says honestly how it is while the fault lasts, and works again afterwards without being made anew.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hardware.codecs.leds import Led
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import (
    Keys21Codes,
    LineFormat,
    LineWords,
    keypad_bus,
    keys21_bus,
    line_bus,
    ub485_bus,
)
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, BoxSpec, Press, Stranger
from hardware.sim.box_cli import BOXES
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_keypad import KeypadBus
from hardware.sim.box_keys21 import Keys21Bus, Keys21Wording
from hardware.sim.box_server import BoxServer
from hardware.sim.box_text import LineBus, LineWording, check_sum
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control
from tests.hardware.line_faults import PtyLine
from tests.hardware.serving import serving
from tests.hardware.turning import Turning
from tests.hardware.usual_keys import LINE_KEYS, UB485_KEYS

pytestmark = pytest.mark.line

QUIET_S = 0.2
"""Longer than any late answer here, and than a held key's bounce."""
KEYPAD_KEYS = {"KPENTER": "next", "KP0": "recall", "KPPLUS": "start", "KPMINUS": "finish"}
KEYS21_KEYS = {"01": "next", "02": "recall", "03": "start", "04": "finish"}
CODES = Keys21Codes(
    press_cmd=1, led_cmd=2, led_codes=dict(zip(Led, (0, 2, 4, 6, 5, 1, 3), strict=True)), text_cmd=3, beep_cmd=4
)
SUMMED = LineFormat(
    receive={"press": "K{address}:{key}"},
    send={"led": "L{address}:{led}", "show": "D{address}:{text}", "beep": "B{address}"},
    checksum="crc16-modbus",
)
PLAIN = LineFormat(receive=SUMMED.receive, send=SUMMED.send)


@dataclass(frozen=True)
class Kind:
    """One kind of box: its virtual device, its driver, and what its line can be relied on for."""

    name: str
    address: int
    device: Callable[[], VirtualBus]
    driver: Callable[[str], CallBoxBus]
    baud: int
    # What another box, which this bus does not know, says in this box's place.
    stranger: Callable[[bytes], bytes]
    checked: bool = False
    speaks: bool = True


def other_unit(data: bytes) -> bytes:
    """The same frame of the 21-key box at 6, with the right sum."""
    content = bytes([6]) + data[6:-2]
    return data[:5] + content + bytes([sum(content) % 256, 0x16])


def keypad_driver(link: str) -> CallBoxBus:
    return keypad_bus(link.replace("serial:", "input:").partition("?")[0], [BoxSpec(0, KEYPAD_KEYS, 0)])


KINDS = (
    Kind(
        "ub485",
        0x20,
        lambda: Ub485Bus([0x20]),
        lambda link: ub485_bus(link, [BoxSpec(0x20, UB485_KEYS)]),
        57600,
        lambda data: b"\x01\x44\x31\x07",
    ),
    Kind(
        "line",
        0x0A,
        lambda: LineBus([0x0A], LineWording(), 19200),
        lambda link: line_bus(link, [BoxSpec(0x0A, LINE_KEYS)], LineWords(PLAIN)),
        19200,
        lambda data: b"K44:N\r\n",
    ),
    Kind(
        "line with a check sum",
        0x0A,
        lambda: LineBus([0x0A], LineWording(checksum="crc16-modbus"), 19200),
        lambda link: line_bus(link, [BoxSpec(0x0A, LINE_KEYS)], LineWords(SUMMED)),
        19200,
        lambda data: b"K44:N*" + check_sum("crc16-modbus", b"K44:N").encode() + b"\r\n",
        checked=True,
    ),
    Kind(
        "keys21",
        0x05,
        lambda: Keys21Bus([0x05], Keys21Wording(), 9600),
        lambda link: keys21_bus(link, [BoxSpec(0x05, KEYS21_KEYS)], CODES),
        9600,
        other_unit,
        checked=True,
    ),
    Kind("keypad", 0, lambda: KeypadBus([0]), keypad_driver, 115200, lambda data: b"", speaks=False),
)
SPEAKING = tuple(kind for kind in KINDS if kind.speaks)


class Bench:
    """A driver, the faulty line, and a script's finger on the box behind it."""

    def __init__(self, kind: Kind, driver: CallBoxBus, line: PtyLine, control: Control) -> None:
        self.kind = kind
        self.driver = driver
        self.line = line
        self._control = control
        self._turning = Turning(driver, line.turn, lambda: self.do("cycles"))
        self.events: list[BoxEvent] = []
        self.presses = 0

    def do(self, command: str) -> dict[str, object]:
        answer = self._control.command(command)
        assert answer["ok"], answer
        return answer

    def press(self, key: str) -> None:
        self.do(f"press {self.kind.address:#x} {key} 60")

    def box(self) -> dict[str, object]:
        boxes = self.do("state")["boxes"]
        assert isinstance(boxes, dict)
        box: dict[str, object] = boxes[f"{self.kind.address:#04x}"]
        return box

    def until(self, done: Callable[[], bool], what: str) -> None:
        def is_done(seen: list[BoxEvent]) -> bool:
            self.events += seen
            seen.clear()
            return done()

        self._turning.until(is_done, lambda: f"{what}; {self.events}")

    def quiet(self, span_s: float = QUIET_S) -> list[BoxEvent]:
        """Let the bus run on where the proof is that nothing more happens; → all events since the last time."""
        taken, self.events = self.events + self._turning.during(span_s), []
        return taken

    def one_press(self, key: str) -> list[BoxEvent]:
        """Press, wait for the event and a while longer; → what came of it."""
        self.press(key)
        self.until(lambda: bool(self.events), f"the press of {key}")
        return self.quiet()

    def often(self, key: str, times: int, fault: str) -> list[BoxEvent]:
        """Press so often, each press met by the fault, whatever comes of it; → all events."""
        seen: list[BoxEvent] = []
        for _ in range(times):
            met = self.line.injected[fault]
            self.press(key)
            # Else two words may arrive in one piece, and are spoiled as one.
            self.line.wait(fault, met + 1)
            seen += self.quiet(0.15)
        self.presses += sum(isinstance(event, Press) for event in seen)
        return seen

    def expect(self, key: str) -> None:
        """A press is heard, once, and it is this one."""
        self.presses += 1
        assert self.one_press(key) == [Press(self.kind.address, key, self.presses)]

    def works(self) -> None:
        """Presses come, and what is shown arrives, within the driver's own time; no fault is on."""
        assert not self.driver.link_down
        self.expect("next")
        if self.kind.speaks:
            led, colour = (Led.GREEN, "green") if self.box()["colour"] == "red" else (Led.RED, "red")
            self.driver.show(self.kind.address, led, text="012")
            self.until(lambda: self.box()["colour"] == colour, f"the {colour} light")
        assert self.driver.health() == {self.kind.address: BoxHealth("online")}


@contextmanager
def bench(kind: Kind, tmp_path: Path) -> Iterator[Bench]:
    server = BoxServer(kind.device(), tmp_path / "box", tmp_path / "ctl")
    with (
        serving(server),
        BOXES.control(tmp_path / "ctl") as control,
        PtyLine(tmp_path / "line", tmp_path / "box", seed=7, late_s=0.1, stranger=kind.stranger) as line,
        closing(kind.driver(line.address(kind.baud))) as driver,
    ):
        made = Bench(kind, driver, line, control)
        made.until(lambda: not driver.link_down, "the link is open")
        if kind.speaks:
            # The first frames have passed: the adapter's echo is known to be none.
            driver.show(kind.address, Led.RED)
            made.until(lambda: made.box()["colour"] == "red", "the first light")
        yield made


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def any_box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=SPEAKING, ids=lambda kind: kind.name)
def speaking_box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench(request.param, tmp_path) as made:
        yield made


def test_silence_is_no_press_and_no_lie(any_box: Bench) -> None:
    with any_box.line.fault("silence"):
        any_box.press("next")
        any_box.line.wait("silence")
        assert any_box.quiet() == []
        # Boxes speak when they like: silence alone says nothing of a box that never answered.
        assert any_box.driver.health() == {any_box.kind.address: BoxHealth("unheard")}
    any_box.works()


@pytest.mark.parametrize("fault", ["late", "split", "garbage", "doubled"])
def test_a_press_that_arrives_somehow_is_one_press(any_box: Bench, fault: str) -> None:
    with any_box.line.fault(fault):
        any_box.expect("start")
        assert any_box.line.injected[fault] >= 1
    any_box.works()


def test_torn_words_make_no_other_press_and_do_not_cost_the_next(any_box: Bench) -> None:
    with any_box.line.fault("truncated"):
        seen = any_box.often("start", 5, "truncated")
    assert any_box.line.injected["truncated"] >= 5
    # A line torn between CR and LF, or a keypad's report torn off, is whole all the same.
    assert seen == [Press(any_box.kind.address, "start", count + 1) for count in range(len(seen))]
    assert len(seen) < 5
    # What is left over is given up before a person presses again.
    any_box.quiet(0.6)
    any_box.works()


def test_a_wrong_bit_never_makes_two_presses_and_a_sum_lets_none_through(any_box: Bench) -> None:
    with any_box.line.fault("flipped"):
        seen = any_box.often("start", 8, "flipped")
    assert any_box.line.injected["flipped"] >= 8
    assert len(seen) <= 8
    if any_box.kind.checked:
        assert seen == []
    any_box.quiet(0.6)
    any_box.works()


def test_another_unit_is_named_and_is_no_press_of_ours(speaking_box: Bench) -> None:
    with speaking_box.line.fault("stranger"):
        speaking_box.press("next")
        speaking_box.until(lambda: bool(speaking_box.events), "the stranger")
        seen = speaking_box.quiet()
    assert [type(event) for event in seen] == [Stranger]
    assert seen[0].address != speaking_box.kind.address
    speaking_box.works()


def test_our_own_words_are_no_press(speaking_box: Bench) -> None:
    box, address = speaking_box, speaking_box.kind.address
    with box.line.fault("echo"):
        # Once under an open link, as when the adapter is changed, and once from its opening on.
        for _ in range(2):
            before = box.line.injected["echo"]
            for led, colour in ((Led.GREEN, "green"), (Led.RED, "red"), (Led.GREEN_SLOW, "green")):
                box.driver.show(address, led, beep=1, text="A012")
                box.until(lambda colour=colour: str(box.box()["colour"]).startswith(colour), f"the light {led}")
            assert box.quiet() == []
            assert box.line.injected["echo"] > before
            box.expect("finish")
            box.driver.close()
            assert box.quiet(0.02) == []


def test_a_wrong_speed_is_silence(speaking_box: Bench) -> None:
    with speaking_box.line.fault("wrong_speed"):
        speaking_box.press("next")
        speaking_box.line.wait("wrong_speed")
        assert speaking_box.quiet() == []
    speaking_box.quiet(0.6)
    speaking_box.works()


def test_a_port_that_goes_and_comes_back(any_box: Bench) -> None:
    any_box.works()
    any_box.line.on("unplug")
    any_box.until(lambda: bool(any_box.driver.link_down), "the link is down")
    assert any_box.driver.health() == {any_box.kind.address: BoxHealth("offline", "link_down")}
    any_box.press("next")
    any_box.driver.show(any_box.kind.address, Led.GREEN, beep=1, text="013")
    assert any_box.quiet() == []
    any_box.line.off("unplug")
    any_box.until(lambda: not any_box.driver.link_down, "the link is back")
    assert any_box.quiet() == []
    if any_box.kind.speaks:
        any_box.until(lambda: any_box.box()["colour"] == "green", "the look of meanwhile")
    any_box.works()


def test_a_line_that_takes_nothing_is_given_up_and_opened_anew(speaking_box: Bench) -> None:
    box = speaking_box
    with box.line.fault("blocked"):
        box.driver.show(box.kind.address, Led.GREEN, text="013")
        box.until(lambda: bool(box.driver.link_down), "the line is given up")
        # A write that waits for its device holds the bus up for its own short time-out and no longer.
        assert box.driver.link_down.endswith("took no data for 0.5 s")
        assert box.driver.health() == {box.kind.address: BoxHealth("offline", "link_down")}
    box.until(lambda: box.box()["colour"] == "green", "the look of meanwhile")
    box.quiet()
    box.works()


def test_a_driver_that_is_started_before_its_line(any_box: Bench, tmp_path: Path) -> None:
    early = any_box.kind.driver(f"serial:{tmp_path}/later?baud={any_box.kind.baud}")
    assert early.poll(0) == []
    assert "later" in early.link_down
    assert early.health() == {any_box.kind.address: BoxHealth("offline", "link_down")}
    (tmp_path / "later").symlink_to((tmp_path / "line").readlink())
    any_box.driver.close()
    assert early.poll(600) == []
    assert early.link_down == ""
    early.close()
