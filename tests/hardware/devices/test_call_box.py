"""A bus of call boxes on an in-memory line in hand-moved time: looks, beeps, echo, faults, reconnecting."""

from collections.abc import Callable

import pytest

from hardware.codecs.leds import Led
from hardware.codecs.line_format import LineFormat
from hardware.devices.call_box import REOPEN_MS, SILENT_MS, CallBoxBus
from hardware.devices.call_box_outbox import BEEP_EVERY_MS, PING_MS, REFRESH_MS
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, BoxSpec, Press, Stranger
from hardware.devices.call_box_text import LineWords, TextLines
from hardware.devices.call_box_ub485 import ECHO_MS, SETTLE_MS, Ub485
from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import LinkFaults, memory_pair
from tests.hardware.usual_keys import LINE_KEYS, UB485_KEYS

LINES = LineFormat(
    receive={"press": "K{address}:{key}", "down": "V{address}:{key}", "up": "A{address}:{key}", "alive": "OK{address}"},
    send={"led": "L{address}:{led}", "show": "D{address}:{text}", "beep": "B{address}", "ping": "P{address}"},
)


class Bench:
    """A bus, its far end, and the clock."""

    def __init__(self, make: Callable[[Callable[[], Link]], CallBoxBus], faults: LinkFaults | None = None) -> None:
        self.now_ms = 1_000_000
        self.faults = faults
        self.down = ""
        self.opened = 0
        self.near: Link
        self.far: Link
        self.bus = make(self._open)

    def _open(self) -> Link:
        if self.down:
            raise LinkDown(self.down)
        self.near, self.far = memory_pair(self.faults)
        self.opened += 1
        return self.near

    def run(self, span_ms: int, step_ms: int = 10) -> list[BoxEvent]:
        events: list[BoxEvent] = []
        for _ in range(0, span_ms, step_ms):
            events += self.bus.poll(self.now_ms)
            self.now_ms += step_ms
        return events

    def heard(self) -> list[bytes]:
        return list(iter(lambda: self.far.read(0), b""))

    def say(self, text: str) -> None:
        self.far.write(bytes.fromhex(text), 0)

    def press(self, text: str) -> list[BoxEvent]:
        self.say(text)
        return self.run(100)


def ub485() -> Bench:
    boxes = [BoxSpec(0x20, UB485_KEYS), BoxSpec(0x21, UB485_KEYS)]
    bench = Bench(lambda link: CallBoxBus(link, lambda: Ub485({0x20, 0x21}), boxes))
    bench.run(SETTLE_MS + 500)
    bench.heard()
    return bench


def lines(spoken: LineFormat = LINES, characters: int = 3) -> Bench:
    boxes = [BoxSpec(0x20, LINE_KEYS, characters), BoxSpec(0x21, LINE_KEYS, characters)]
    words = LineWords(spoken, {Led.RED: "R1"})
    bench = Bench(lambda link: CallBoxBus(link, lambda: TextLines(words), boxes))
    bench.run(500)
    bench.heard()
    return bench


def test_presses_are_counted_per_box() -> None:
    bench = ub485()
    assert bench.press("01 20 31 07") == [Press(0x20, "next", 1)]
    assert bench.press("01 21 34 07") == [Press(0x21, "finish", 1)]
    assert bench.press("01 20 32 07") == [Press(0x20, "start", 2)]
    assert bench.press("01 20 33 07 01 21 33 07") == [Press(0x20, "redirect", 3), Press(0x21, "redirect", 2)]


def test_bounce_never_presses_twice() -> None:
    bench = ub485()
    for _ in range(6):
        bench.say("01 20 31 07")
        bench.now_ms += 6
    assert bench.run(100) == [Press(0x20, "next", 1)]
    for _ in range(5):
        bench.say("01 20 31 07")
        assert len(bench.run(20)) <= 1
    assert bench.run(100) == []
    assert bench.press("01 20 31 07") == [Press(0x20, "next", 3)]


def test_strangers_are_named() -> None:
    assert ub485().press("01 30 31 07") == [Stranger(0x30, "31")]
    bench = lines()
    bench.far.write(b"K20:Z\r\n", 0)
    assert bench.run(20) == [Stranger(0x20, "Z")]


def test_a_look_is_sent_once_and_refreshed() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.RED_BLINK, text="A012")
    bench.run(500)
    assert bench.heard() == [bytes.fromhex("01 20 21 30 31 32 07"), bytes.fromhex("01 20 35 07")]
    bench.bus.show(0x20, Led.RED, text="A012")
    bench.run(500)
    assert bench.heard() == [bytes.fromhex("01 20 20 30 31 32 07"), bytes.fromhex("01 20 31 07")]
    bench.run(2 * REFRESH_MS)
    assert bench.heard().count(bytes.fromhex("01 20 31 07")) == 2


def test_frames_keep_the_pauses_of_the_box_and_let_others_in_between() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.RED, text="001")
    bench.bus.show(0x21, Led.RED, text="002")
    sent = []
    for _ in range(40):
        bench.run(10)
        sent += [(bench.now_ms, frame[1]) for frame in bench.heard()]
    assert [address for _, address in sent] == [0x20, 0x21, 0x20, 0x21]
    assert sent[2][0] - sent[0][0] >= 150
    assert sent[1][0] - sent[0][0] >= 20


def test_beeps_come_one_by_one_with_the_light_of_the_moment() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.GREEN, beep=2)
    bench.run(BEEP_EVERY_MS - 100)
    assert bench.heard() == [bytes.fromhex("01 20 39 07")]
    bench.run(BEEP_EVERY_MS)
    assert bench.heard() == [bytes.fromhex("01 20 39 07")]
    bench.run(3 * BEEP_EVERY_MS)
    assert bench.heard() == []
    bench.bus.show(0x20, Led.GREEN, beep=99)
    bench.run(9 * BEEP_EVERY_MS)
    assert bench.heard().count(bytes.fromhex("01 20 39 07")) == 3


def test_an_echo_is_no_press_and_a_press_under_an_echo_is_one() -> None:
    bench = echoing()
    bench.bus.show(0x20, Led.RED, text="007")
    assert echo_turns(bench, 400) == []
    bench.bus.show(0x20, Led.GREEN, text="007")
    assert echo_turns(bench, 20, extra=bytes.fromhex("01 20 32 07")) == [Press(0x20, "start", 1)]
    assert echo_turns(bench, ECHO_MS + 400) == []
    assert bench.press("01 20 32 07") == [Press(0x20, "start", 2)]


def echoing() -> Bench:
    """A UB485 bench whose adapter repeats every frame, from its first."""
    boxes = [BoxSpec(0x20, UB485_KEYS)]
    bench = Bench(lambda link: CallBoxBus(link, lambda: Ub485({0x20}), boxes))
    assert echo_turns(bench, SETTLE_MS + 500) == []
    return bench


def echo_turns(bench: Bench, span_ms: int, extra: bytes = b"") -> list[BoxEvent]:
    events: list[BoxEvent] = []
    for _ in range(0, span_ms, 10):
        events += bench.run(10)
        for frame in bench.heard():
            bench.far.write(frame + extra, 0)
            extra = b""
    return events + bench.run(50)


def test_without_an_echo_a_press_like_our_last_frame_counts() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.RED)
    bench.run(50)
    assert bench.heard() == [bytes.fromhex("01 20 31 07")]
    bench.say("04 21 07")  # another host's word is no echo of ours
    assert bench.press("01 20 31 07") == [Press(0x20, "next", 1)]


def test_an_echo_is_learnt_late_from_a_frame_only_we_say() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.GREEN_BLINK, text="1")
    assert echo_turns(bench, 300) == []
    bench.bus.show(0x20, Led.RED, text="1")
    assert echo_turns(bench, 300) == []


def test_lights_wait_until_the_echo_is_known() -> None:
    boxes = [BoxSpec(0x20, UB485_KEYS, characters=0)]
    bench = Bench(lambda link: CallBoxBus(link, lambda: Ub485({0xFE, 0xFD}), boxes))
    bench.bus.show(0x20, Led.RED)
    bench.run(SETTLE_MS)
    assert bench.heard() == [bytes.fromhex("04 FC 07")] * 2
    bench.run(1000)
    assert bench.heard() == [bytes.fromhex("01 20 31 07")]


def test_a_vanished_port_is_opened_again_and_the_look_restored() -> None:
    bench = ub485()
    bench.bus.show(0x20, Led.RED, text="012")
    bench.run(500)
    bench.far.close()
    bench.down = "serial:x: cannot open the port"
    bench.run(10)
    assert bench.bus.link_down == "memory:a: the far end is closed"
    assert bench.bus.health()[0x20] == BoxHealth("offline", "link_down")
    bench.bus.show(0x20, Led.GREEN, beep=2)
    bench.run(sum(REOPEN_MS) + 100)
    assert bench.bus.link_down == "serial:x: cannot open the port"
    assert not bench.bus.wait(0)
    bench.down = ""
    bench.run(REOPEN_MS[-1] + SETTLE_MS + 400)
    assert bench.opened == 2
    assert bytes.fromhex("01 20 32 07") in bench.heard()
    assert bench.bus.health()[0x20] == BoxHealth("unheard")
    assert bench.press("01 20 31 07") == [Press(0x20, "next", 1)]
    assert bench.bus.health()[0x20] == BoxHealth("online")


def test_a_link_that_lived_is_opened_again_soon() -> None:
    bench = ub485()
    for _ in range(3):
        bench.run(2 * REOPEN_MS[-1])
        bench.far.close()
        bench.run(REOPEN_MS[0] + 20)
        assert bench.bus.link_down == ""


def test_a_link_that_breaks_at_once_is_not_hammered() -> None:
    bench = ub485()
    opened = bench.opened
    for _ in range(600):
        bench.run(100)
        bench.far.close()
    assert bench.opened - opened <= 60_000 / REOPEN_MS[-1] + len(REOPEN_MS)


def test_a_key_held_while_the_cable_is_pulled_does_not_become_a_long_press() -> None:
    bench = lines()
    bench.far.write(b"V20:N\r\n", 0)
    bench.run(20)
    bench.far.close()
    assert bench.run(3000) == []


def test_a_line_that_takes_nothing_is_dropped() -> None:
    bench = ub485()
    bench.near.write(b"x" * 4096, 0)
    bench.bus.show(0x20, Led.RED)
    bench.run(20)
    assert "took no data" in bench.bus.link_down


def test_close_gives_the_link_back() -> None:
    bench = ub485()
    bench.bus.close()
    assert bench.bus.link_down == "closed"
    bench.bus.close()
    with pytest.raises(LinkDown):
        bench.far.read(0)


def test_line_boxes_tell_long_presses_and_answer_pings() -> None:
    bench = lines()
    bench.far.write(b"V20:N\r\n", 0)
    assert bench.run(2000) == [Press(0x20, "pause", 1)]
    bench.far.write(b"A20:N\r\n", 0)
    bench.run(100)
    bench.far.write(b"V20:N\r\nA20:N\r\n", 0)
    assert bench.run(100) == [Press(0x20, "next", 2)]
    bench.far.write(b"V20:S\r\n", 0)
    assert bench.run(1000) == [Press(0x20, "start", 3)]


def test_a_box_says_which_of_its_own_keys_mean_something_else_when_held() -> None:
    for long_keys, held in (({"S": "redirect"}, {"N": "next", "S": "redirect"}), ({}, {"N": "next", "S": "start"})):
        box = BoxSpec(0x20, LINE_KEYS, long_keys=long_keys)
        bench = Bench(lambda link, box=box: CallBoxBus(link, lambda: TextLines(LineWords(LINES)), [box]))
        bench.run(500)
        for count, (key, meaning) in enumerate(held.items(), start=1):
            bench.far.write(f"V20:{key}\r\n".encode(), 0)
            assert bench.run(1000) == [Press(0x20, meaning, count)]


def test_a_line_box_that_stops_answering_is_offline_and_comes_back() -> None:
    bench = lines()
    for _ in range(10):
        bench.far.write(b"OK20\r\nOK21\r\n", 0)
        bench.run(PING_MS)
    assert b"P20\r\n" in bench.heard()
    assert bench.bus.health() == {0x20: BoxHealth("online"), 0x21: BoxHealth("online")}
    for _ in range(SILENT_MS // 1000 + 1):
        bench.far.write(b"OK20\r\n", 0)
        bench.run(1000)
    assert bench.bus.health() == {0x20: BoxHealth("online"), 0x21: BoxHealth("offline", "silent")}
    bench.far.write(b"OK21\r\n", 0)
    bench.run(10)
    assert bench.bus.health()[0x21] == BoxHealth("online")


def test_line_looks_and_beeps() -> None:
    bench = lines()
    bench.bus.show(0x20, Led.RED, beep=1, text="A012")
    bench.run(400)
    sent = [frame for frame in bench.heard() if not frame.startswith(b"P")]
    assert sent == [b"B20\r\n", b"D20:012\r\n", b"L20:R1\r\n"]
    bench.bus.show(0x20, Led.GREEN_SLOW, text="A012")
    bench.run(400)
    assert b"L20:green_slow\r\n" in bench.heard()


def test_a_line_box_without_display_or_beeper_gets_neither() -> None:
    bench = lines(LineFormat(receive={"press": "K{address}:{key}"}, send={"led": "L{address}:{led}"}), characters=0)
    bench.bus.show(0x20, Led.RED, beep=2, text="A012")
    bench.run(3000)
    assert bench.heard() == [b"L20:R1\r\n"]


def test_split_noisy_doubled_bytes_never_press_more_than_was_pressed() -> None:
    faults = LinkFaults(seed=5, split=0.3, noise=0.3, drop=0.1, double=0.2)
    boxes = [BoxSpec(0x20, UB485_KEYS)]
    bench = Bench(lambda link: CallBoxBus(link, lambda: Ub485({0x20}), boxes), faults)
    bench.run(1000)
    heard = 0
    for _ in range(200):
        events = [event for event in bench.press("01 20 31 07") if isinstance(event, Press)]
        assert len(events) <= 1
        heard += len(events)
        bench.heard()
    assert heard > 150
    assert set(faults.injected) == {"split", "noise", "drop", "double"}
