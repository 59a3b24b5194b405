"""The driver against virtual boxes over real pseudo-terminals, fault by fault (devices.md, serial-line faults)."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.codecs.leds import Led
from hardware.codecs.line_format import LineFormat
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, BoxSpec, Press, Stranger
from hardware.devices.call_box_text import LineWords, TextLines
from hardware.devices.call_box_ub485 import Ub485
from hardware.sim.box_cli import BOXES
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_server import BoxServer
from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control, ControlDown
from hardware.transports.open import open_link
from tests.hardware.serving import serving
from tests.hardware.turning import Turning
from tests.hardware.usual_keys import LINE_KEYS, UB485_KEYS


class Bench:
    """A driver on a pty and a script's hand on the boxes behind it."""

    def __init__(self, driver: CallBoxBus, control: Control) -> None:
        self.driver = driver
        self._control = control
        self._turning = Turning(driver, lambda: self.do("cycles"))
        self.events: list[BoxEvent] = []

    def do(self, command: str) -> dict[str, object]:
        answer = self._control.command(command)
        assert answer["ok"], answer
        return answer

    def box(self, address: int) -> dict[str, object]:
        boxes = self.do("state")["boxes"]
        assert isinstance(boxes, dict)
        box: dict[str, object] = boxes[f"{address:#04x}"]
        return box

    def until(self, done: Callable[[], bool], what: str) -> None:
        def is_done(seen: list[BoxEvent]) -> bool:
            self.events += seen
            seen.clear()
            return done()

        self._turning.until(is_done, lambda: f"{what}; {self.events}")

    def quiet(self, span_s: float) -> None:
        """Let the bus run on where the proof is that nothing more happens."""
        self.events += self._turning.during(span_s)

    def take(self, count: int) -> list[BoxEvent]:
        self.until(lambda: len(self.events) >= count, f"{count} events")
        taken, self.events = self.events, []
        return taken


@contextmanager
def bench(tmp_path: Path, bus: VirtualBus, driver: CallBoxBus) -> Iterator[Bench]:
    server = BoxServer(bus, tmp_path / "box", tmp_path / "ctl", seed=1)
    with serving(server), closing(driver), BOXES.control(tmp_path / "ctl") as control:
        yield Bench(driver, control)
    assert not (tmp_path / "box").is_symlink()
    assert not (tmp_path / "ctl").exists()


def ub485_driver(tmp_path: Path, baud: int = 57600) -> CallBoxBus:
    boxes = [BoxSpec(0x20, UB485_KEYS), BoxSpec(0x21, UB485_KEYS)]
    return CallBoxBus(lambda: open_link(f"serial:{tmp_path}/box?baud={baud}"), lambda: Ub485({0x20, 0x21}), boxes)


@pytest.fixture
def ub485(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, Ub485Bus([0x20, 0x21]), ub485_driver(tmp_path)) as made:
        made.until(lambda: not made.driver.link_down, "the link is open")
        yield made


def test_press_light_display_and_beep(ub485: Bench) -> None:
    ub485.do("press 0x20 next")
    ub485.do("press 0x21 finish")
    assert ub485.take(2) == [Press(0x20, "next", 1), Press(0x21, "finish", 1)]
    ub485.driver.show(0x20, Led.RED_BLINK, beep=2, text="A012")
    ub485.until(lambda: ub485.box(0x20)["beeps"] == 2, "two beeps")
    ub485.until(lambda: ub485.box(0x20)["text"] == "012", "the number's end")
    box = ub485.box(0x20)
    assert (box["colour"], box["blink_ms"], box["text_blinks"]) == ("red", 500, True)
    assert ub485.box(0x21)["beeps"] == 0


def test_bounce_is_one_press(ub485: Bench) -> None:
    ub485.do("fault bounce 4")
    for count in (1, 2, 3):
        ub485.do("press 0x20 next")
        assert ub485.take(1) == [Press(0x20, "next", count)]
        ub485.quiet(0.2)
        assert ub485.events == []


def test_an_echoing_adapter_never_presses(tmp_path: Path) -> None:
    with bench(tmp_path, Ub485Bus([0x20, 0x21]), ub485_driver(tmp_path)) as made:
        made.do("fault echo on")
        for led, colour in ((Led.RED, "red"), (Led.GREEN, "green"), (Led.RED_FAST, "red"), (Led.GREEN_BLINK, "green")):
            made.driver.show(0x20, led, text="012")
            made.until(lambda colour=colour: made.box(0x20)["colour"] == colour, f"light {led}")
        made.quiet(0.3)
        assert made.events == []
        made.do("press 0x20 finish")
        assert made.take(1) == [Press(0x20, "finish", 1)]


def test_noise_before_frames_costs_no_press(ub485: Bench) -> None:
    ub485.do("fault noise 1")
    for count in range(1, 6):
        ub485.do("press 0x21 start")
        assert ub485.take(1) == [Press(0x21, "start", count)]
        ub485.quiet(0.05)


def test_lost_bytes_cost_presses_but_make_none(ub485: Bench) -> None:
    ub485.do("fault drop 1")
    ub485.do("press 0x20 next")
    ub485.quiet(0.2)
    ub485.do("fault drop 0")
    ub485.do("press 0x20 next")
    assert ub485.take(1) == [Press(0x20, "next", 1)]


def test_a_wrong_bit_at_most_names_another_key_or_box(ub485: Bench) -> None:
    """There is no check sum: what can be proved is that one press never becomes two, nor harms the next."""
    ub485.do("fault flip 1")
    for _ in range(10):
        ub485.do("press 0x20 next")
        ub485.quiet(0.06)
    assert len(ub485.events) <= 10
    ub485.events.clear()
    ub485.do("fault flip 0")
    ub485.quiet(0.1)
    ub485.do("press 0x21 start")
    [event] = ub485.take(1)
    assert isinstance(event, Press)
    assert (event.address, event.key) == (0x21, "start")


def test_a_dead_box_does_not_disturb_the_others(ub485: Bench) -> None:
    ub485.do("fault dead 0x20 on")
    ub485.do("press 0x20 next")
    ub485.do("press 0x21 next")
    assert ub485.take(1) == [Press(0x21, "next", 1)]
    ub485.driver.show(0x20, Led.RED)
    ub485.driver.show(0x21, Led.GREEN)
    ub485.until(lambda: ub485.box(0x21)["colour"] == "green", "the other box's light")
    assert ub485.box(0x20)["colour"] == "off"


def test_unplugged_and_plugged_again(ub485: Bench) -> None:
    ub485.driver.show(0x20, Led.RED, text="007")
    ub485.until(lambda: ub485.box(0x20)["text"] == "007", "the look")
    ub485.do("unplug")
    ub485.until(lambda: bool(ub485.driver.link_down), "the link is down")
    assert ub485.driver.health()[0x20] == BoxHealth("offline", "link_down")
    assert ub485.do("state")["plugged"] is False
    ub485.driver.show(0x20, Led.GREEN, text="008")
    ub485.do("plug")
    ub485.until(lambda: ub485.box(0x20)["text"] == "008", "the new look after the reconnect")
    ub485.do("press 0x20 next")
    assert ub485.take(1) == [Press(0x20, "next", 1)]


def test_a_box_that_lost_power_gets_its_look_back_by_the_refresh(ub485: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.devices.call_box_outbox.REFRESH_MS", 300)
    ub485.do("fault dead 0x20 on")
    ub485.driver.show(0x20, Led.RED, text="007")
    ub485.quiet(1.0)
    assert ub485.box(0x20)["text"] == ""
    ub485.do("fault dead 0x20 off")
    ub485.until(lambda: ub485.box(0x20)["text"] == "007" and ub485.box(0x20)["colour"] == "red", "the look")


def test_a_wrong_speed_is_silence_and_is_seen(tmp_path: Path) -> None:
    with bench(tmp_path, Ub485Bus([0x20]), ub485_driver(tmp_path, baud=9600)) as made:
        made.until(lambda: not made.driver.link_down, "the link is open")
        made.do("press 0x20 next")
        made.quiet(0.2)
        assert made.events == []
        assert made.do("state")["driver_baud"] == 9600


def test_strangers_on_the_bus_are_named(tmp_path: Path) -> None:
    with bench(tmp_path, Ub485Bus([0x20, 0x44]), ub485_driver(tmp_path)) as made:
        made.until(lambda: not made.driver.link_down, "the link is open")
        made.do("press 0x44 next")
        assert made.take(1) == [Stranger(0x44, "31")]


def test_line_boxes_with_edges_pings_and_a_check_sum(tmp_path: Path) -> None:
    wording = LineWording(
        down="V{address}:{key}", up="A{address}:{key}", ping="P{address}", alive="OK{address}", checksum="crc16-arc"
    )
    spoken = LineFormat(
        receive={"down": wording.down, "up": wording.up, "alive": wording.alive},
        send={"led": wording.led, "show": wording.show, "beep": wording.beep, "ping": wording.ping},
        checksum="crc16-arc",
    )
    driver = CallBoxBus(
        lambda: open_link(f"serial:{tmp_path}/box?baud=19200"),
        lambda: TextLines(LineWords(spoken)),
        [BoxSpec(0x0A, LINE_KEYS, 6)],
    )
    with bench(tmp_path, LineBus([0x0A], wording, 19200), driver) as made:
        made.until(lambda: made.driver.health()[0x0A] == BoxHealth("online"), "the answer to a ping")
        made.do("fault bounce 3")
        made.do("press 0x0A next")
        made.do("press 0x0A recall")
        assert sorted(e.key for e in made.take(2) if isinstance(e, Press)) == ["next", "recall"]
        made.quiet(0.3)
        assert made.events == []
        made.do("press 0x0A next 1000")
        assert made.take(1) == [Press(0x0A, "pause", 3)]
        made.driver.show(0x0A, Led.GREEN_SLOW, beep=1, text="A012")
        made.until(lambda: made.box(0x0A)["text"] == "A012", "the text")
        made.until(lambda: made.box(0x0A)["colour"] == "green_slow", "the light's word")
        assert made.box(0x0A)["beeps"] == 1


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("press 0x99 next", "no box at address 0x99; there are 0x20, 0x21"),
        ("press 0x20 pause", "has no key pause"),
        ("press twenty next", "invalid literal"),
        ("fault magic on", "unknown command"),
        ("", "commands: press, state, cycles, fault, unplug, plug"),
    ],
)
def test_a_bad_command_is_answered_with_what_is_allowed(ub485: Bench, command: str, says: str) -> None:
    answer = ub485._control.command(command)
    assert answer["ok"] is False
    assert says in answer["error"]
    assert ub485._control.command("state")["ok"]


def test_control_of_boxes_that_do_not_run_says_how_to_start_them(tmp_path: Path) -> None:
    with pytest.raises(ControlDown, match="start with: python -m hardware sim box"):
        BOXES.control(tmp_path / "none")


def test_a_second_start_takes_the_name_over_and_the_first_leaves_it(tmp_path: Path) -> None:
    first, second = (BoxServer(Ub485Bus([0x20]), tmp_path / "box", None) for _ in (1, 2))
    first.open()
    second.open()
    target = (tmp_path / "box").readlink()
    first.stop()
    first.run()
    assert (tmp_path / "box").readlink() == target
    second.stop()
    second.run()
    assert not (tmp_path / "box").is_symlink()
