"""UB485 boxes that are asked for the key they hold: presses lost on the line are found, and a held key is one press."""

from pathlib import Path

import pytest

from hardware.codecs.leds import Led
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_make import ub485_bus
from hardware.devices.call_box_parts import BoxEvent, BoxSpec, Press
from hardware.devices.call_box_ub485 import SETTLE_MS, Ub485
from hardware.sim.box_ub485 import Ub485Bus
from hardware.transports.link import Link
from hardware.transports.memory import memory_pair
from tests.hardware.usual_keys import UB485_KEYS

SLOT_MS = 4
ADDRESSES = (0x20, 0x21, 0x22)


class Bench:
    """A polled bus on an in-memory line in hand-moved time, virtual boxes at the far end."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        self.boxes = Ub485Bus(list(ADDRESSES))
        self.asked: list[tuple[int, bytes]] = []
        self.echo = False
        self.answers = 0
        self.lost_each = 0
        self.far: Link
        specs = [BoxSpec(address, UB485_KEYS) for address in ADDRESSES]
        self.bus = CallBoxBus(self._open, lambda: Ub485(ADDRESSES, SLOT_MS), specs)
        self.run(SETTLE_MS + 1000)

    def _open(self) -> Link:
        near, self.far = memory_pair()
        return near

    def run(self, span_ms: int) -> list[BoxEvent]:
        events: list[BoxEvent] = []
        for _ in range(span_ms):
            events += self.bus.poll(self.now_ms)
            while frame := self.far.read(0):
                self.asked.append((self.now_ms, frame))
                if self.echo:
                    self.far.write(frame, 0)
                if answer := self.boxes.hear(frame):
                    self.answers += 1
                    if not self.lost_each or self.answers % self.lost_each:
                        self.far.write(answer, 0)
            self.now_ms += 1
        return events

    def press(self, address: int, key: str, *, lost: bool, hold_ms: int = 120) -> list[BoxEvent]:
        self.boxes.boxes[address].contact(key, True)
        if not lost:
            self.far.write(self.boxes.press(address, key), 0)
        events = self.run(hold_ms)
        self.boxes.boxes[address].contact(key, False)
        return events + self.run(200)


@pytest.mark.parametrize("lost", [False, True])
def test_a_press_is_one_whether_its_own_word_is_lost_or_not(lost: bool) -> None:
    one = Bench()
    for count, key in enumerate(("next", "next", "finish"), start=1):
        assert one.press(0x21, key, lost=lost, hold_ms=400) == [Press(0x21, key, count)]


def test_answers_lost_while_a_key_is_held_do_not_press_it_again() -> None:
    one = Bench()
    one.lost_each = 3
    assert one.press(0x21, "next", lost=False, hold_ms=5_000) == [Press(0x21, "next", 1)]
    assert one.press(0x21, "next", lost=False) == [Press(0x21, "next", 2)]


def test_more_boxes_than_a_short_press_lasts_are_refused() -> None:
    boxes = [BoxSpec(address, UB485_KEYS) for address in range(0x20, 0x20 + 26)]
    with pytest.raises(ValueError, match="26 polled boxes take 104 ms"):
        ub485_bus("serial:/dev/x?baud=57600", boxes, poll=True)


def test_two_that_press_at_once_are_both_heard() -> None:
    one = Bench()
    one.boxes.boxes[0x20].contact("next", True)
    one.boxes.boxes[0x22].contact("start", True)
    one.far.write(b"\x01\x20\x01\x22\x31\x32\x07\x07", 0)
    assert sorted(event.address for event in one.run(100)) == [0x20, 0x22]


def test_each_box_has_its_turn_and_lights_go_before() -> None:
    one = Bench()
    one.asked.clear()
    one.run(200)
    polls = [frame[1] for _, frame in one.asked]
    assert polls[:6] == [*polls[:3]] * 2
    assert set(polls) == set(ADDRESSES)
    assert len(polls) == 200 // SLOT_MS
    one.bus.show(0x21, Led.RED, text="012")
    one.run(300)
    assert (one.boxes.boxes[0x21].colour, one.boxes.boxes[0x21].text) == ("red", "012")


def test_an_echoing_adapter_is_no_key() -> None:
    one = Bench()
    one.echo = True
    one.bus.show(0x21, Led.RED, text="012")
    assert one.run(3000) == []
    assert one.press(0x21, "next", lost=True) == [Press(0x21, "next", 1)]


def test_the_next_poll_is_not_waited_for_longer_than_its_slot() -> None:
    one = Bench()
    assert one.bus._outbox.free_in_ms(one.now_ms) <= SLOT_MS
    spontaneous = ub485_bus("serial:/dev/none?baud=57600", [BoxSpec(0x20, {})])
    assert spontaneous._outbox.free_in_ms(0) is None


def test_polling_is_asked_for_when_the_bus_is_made(tmp_path: Path) -> None:
    bus = ub485_bus(f"serial:{tmp_path}/none?baud=57600", [BoxSpec(0x20, {})], poll=True)
    assert bus._outbox.free_in_ms(0) == 0
    assert ub485_bus("tcp:10.0.0.9:4001", [BoxSpec(0x20, {})], poll=True)._outbox.free_in_ms(0) == 0
