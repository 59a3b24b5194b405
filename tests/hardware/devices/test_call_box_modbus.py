"""A Modbus bus on an in-memory line in hand-moved time, with virtual modules at the far end."""

from collections.abc import Callable
from itertools import pairwise

from hardware.codecs.leds import Led
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_outbox import REFRESH_MS
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, Press, Stranger
from hardware.devices.kept_link import REOPEN_MS
from hardware.devices.modbus_medium import network_medium, serial_medium
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place
from hardware.devices.modbus_rounds import ROUND_MS
from hardware.devices.modbus_unit import RARE_MS, REFUSALS
from hardware.sim.modbus_lines import ModuleBus, network_frame, network_frames
from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import memory_pair

STEP_MS = 5
KEYS = {"1": "next", "2": "recall", "3": "start", "4": "finish"}
LAMPS = {Led.GREEN: (0,), Led.GREEN_BLINK: (0,), Led.RED: (1,), Led.RED_FAST: (1,)}
PLAIN = ModuleModel(coils=LAMPS, beep_coil=2)
LATCHING = ModuleModel(first=32, latch_first=64, latch_clear=263)
COUNTING = ModuleModel(counter_first=0, counter_start=0)
ONLINE, SILENT = BoxHealth("online"), BoxHealth("offline", "silent")

Answer = Callable[[bytes], bytes]


class Bench:
    """A bus, the modules at its far end, and the clock. `spoil` stands between a module's answer and the line."""

    def __init__(self, modules: ModuleBus, boxes: list[ModuleBox], network: bool = False) -> None:
        self.now_ms = 1_000_000
        self.modules = modules
        self.spoil: Answer = lambda answer: answer
        self.down = ""
        self.asked: list[tuple[int, bytes]] = []
        self.far: Link
        self._network = network
        self.bus = ModbusBus(self._open, network_medium() if network else serial_medium(9600), boxes)

    def _open(self) -> Link:
        if self.down:
            raise LinkDown(self.down)
        near, self.far = memory_pair()
        return near

    def run(self, span_ms: int) -> list[BoxEvent]:
        events: list[BoxEvent] = []
        for _ in range(0, span_ms, STEP_MS):
            events += self.bus.poll(self.now_ms)
            if not self.bus.link_down:
                self._answer()
            self.now_ms += STEP_MS
        return events

    def _answer(self) -> None:
        while frame := self.far.read(0):
            self.asked.append((self.now_ms, frame))
            if self._network:
                answers = [
                    network_frame(head, answered)
                    for head, unit, pdu in network_frames(frame)[0]
                    if (answered := self.modules.ask(bytes([unit]), pdu))
                ]
            else:
                answers = [self.modules.hear(frame)]
            for answer in answers:
                if answer and (said := self.spoil(answer)):
                    self.far.write(said, 0)

    def finger(self, unit: int, key: str, closed: bool) -> None:
        self.modules.boxes[unit].contact(key, closed)

    def press(self, unit: int, key: str, hold_ms: int = 120) -> list[BoxEvent]:
        self.finger(unit, key, True)
        events = self.run(hold_ms)
        self.finger(unit, key, False)
        return events + self.run(200)

    def frames(self, pdu: str) -> list[int]:
        """When questions with this function and data were asked."""
        return [now_ms for now_ms, frame in self.asked if bytes.fromhex(pdu) in frame]


def bench(units: int = 2, kind: str = "waveshare", model: ModuleModel = PLAIN, network: bool = False, **more) -> Bench:
    boxes = [ModuleBox(place(unit, 0), more.pop("keys", KEYS), model=model, **more) for unit in range(1, units + 1)]
    made = Bench(ModuleBus(range(1, units + 1), kind), boxes, network)
    made.run(1000)
    return made


def gaps(times: list[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(times)]


def test_presses_are_counted_per_box() -> None:
    for network in (False, True):
        one = bench(network=network, long_keys={})
        assert one.press(1, "1") == [Press(256, "next", 1)]
        assert one.press(2, "4") == [Press(512, "finish", 1)]
        assert one.press(1, "3") == [Press(256, "start", 2)]
        assert one.press(1, "8") == [Stranger(256, "8")]
        assert one.bus.health() == {256: ONLINE, 512: ONLINE}


def test_a_held_key_is_the_other_one() -> None:
    one = bench(long_keys={"1": "pause", "2": "redirect"})
    assert one.press(1, "1") == [Press(256, "next", 1)]
    assert one.press(1, "1", 1000) == [Press(256, "pause", 2)]
    assert one.press(1, "2", 1000) == [Press(256, "redirect", 3)]
    assert one.press(1, "3", 1000) == [Press(256, "start", 4)]


def test_two_boxes_share_a_module_and_what_lies_between_is_nobodys() -> None:
    keys = {"1": "next", "2": "recall"}
    boxes = [ModuleBox(place(1, first), keys, inputs=3, model=PLAIN, long_keys={}) for first in (0, 4)]
    one = Bench(ModuleBus([1], "waveshare"), boxes)
    one.run(500)
    assert one.press(1, "1") == [Press(256, "next", 1)]
    assert one.press(1, "5") == [Press(260, "next", 1)]
    assert one.press(1, "4") == []
    one.bus.show(260, Led.RED)
    one.run(500)
    assert one.modules.boxes[1].text == "○○○○○●○○"


def test_contacts_that_open_when_pressed() -> None:
    one = bench(1, model=ModuleModel(inverted=True), long_keys={})
    for key in range(1, 9):
        one.finger(1, str(key), True)
    one = Bench(one.modules, [ModuleBox(place(1, 0), KEYS, model=ModuleModel(inverted=True), long_keys={})])
    one.run(500)
    one.finger(1, "2", False)
    assert one.run(300) == [Press(256, "recall", 1)]


def test_a_key_that_is_closed_when_the_line_opens_is_no_press() -> None:
    one = Bench(ModuleBus([1], "waveshare"), [ModuleBox(place(1, 0), KEYS, model=PLAIN)])
    one.finger(1, "1", True)
    assert one.run(2000) == []
    one.finger(1, "1", False)
    assert one.run(200) == []


def test_lamps_follow_the_look_one_write_a_round() -> None:
    one = bench(1)
    one.bus.show(256, Led.GREEN)
    one.run(300)
    assert one.modules.boxes[1].text == "●○○○○○○○"
    one.bus.show(256, Led.RED)
    one.run(300)
    assert one.modules.boxes[1].text == "○●○○○○○○"
    rounds = one.frames("02 00 00 00 08")
    writes = [now_ms for now_ms, frame in one.asked if frame[1] == 5]
    assert all(any(a < now_ms < b for a, b in pairwise(rounds)) for now_ms in writes[3:])
    settled = len(writes)
    one.run(REFRESH_MS // 2)
    assert sum(frame[1] == 5 for _, frame in one.asked) == settled
    one.run(REFRESH_MS)
    assert sum(frame[1] == 5 for _, frame in one.asked) == settled + 3


def test_lamps_flash_and_wait_for_the_contacts() -> None:
    one = bench(1)
    one.bus.show(256, Led.GREEN_BLINK)
    shown = []
    for _ in range(60):
        one.run(50)
        shown.append(one.modules.boxes[1].coils[0])
    changes = sum(a != b for a, b in pairwise(shown))
    assert 4 <= changes <= 7
    rounds = one.frames("02 00 00 00 08")
    assert max(gaps(rounds)) < 100


def test_beeps_come_and_end() -> None:
    one = bench(1)
    one.bus.show(256, Led.OFF, beep=2)
    heard = [False]
    for _ in range(120):
        one.run(20)
        heard.append(one.modules.boxes[1].coils[2])
    assert sum(a < b for a, b in pairwise(heard)) == 2
    assert not heard[-1]


def test_neighbouring_outputs_are_set_by_one_question() -> None:
    one = bench(1, model=ModuleModel(coils=LAMPS, beep_coil=2, together=True))
    one.asked.clear()
    one.bus.show(256, Led.RED, beep=1)
    one.run(200)
    assert [frame[1:-2] for _, frame in one.asked if frame[1] == 15] == [bytes.fromhex("0F 00 00 00 03 01 06")]
    one.run(1000)
    assert one.modules.boxes[1].text == "○●○○○○○○"


def test_outputs_that_are_refused_are_not_asked_for_for_ever() -> None:
    one = bench(1, kind="adam", model=ModuleModel(function=1, inputs=7, coils=LAMPS), inputs=7)
    assert sum(frame[1] == 5 for _, frame in one.asked) == 1
    assert one.bus.health()[256] == ONLINE
    assert one.press(1, "2") == [Press(256, "recall", 1)]


def test_a_dead_unit_costs_two_time_outs_and_then_little() -> None:
    one = bench(3)
    rounds = [now_ms for now_ms, frame in one.asked[20:] if frame[0] == 1]
    one.modules.boxes[2].fault("dead", "on")
    one.asked.clear()
    one.run(3000)
    assert one.bus.health() == {256: ONLINE, 512: SILENT, 768: ONLINE}
    usual = max(gaps(rounds))
    longer = [gap for gap in gaps([now_ms for now_ms, frame in one.asked if frame[0] == 1]) if gap > usual]
    # Two time-outs until it is known to be away, then those of the rare questions after 1 and 2 s.
    assert len(longer) <= 4
    assert max(longer) <= usual + 110
    assert one.press(1, "2") == [Press(256, "recall", 1)]
    one.run(20_000)
    dead = [now_ms for now_ms, frame in one.asked if frame[0] == 2]
    assert min(gaps(dead[-3:])) >= RARE_MS[-1]
    one.modules.boxes[2].fault("dead", "off")
    one.run(RARE_MS[-1] + 200)
    assert one.bus.health()[512] == ONLINE
    assert one.press(2, "2") == [Press(512, "recall", 1)]


def test_a_key_held_when_its_unit_goes_is_no_press() -> None:
    one = bench(2, long_keys={"1": "pause"})
    one.finger(1, "1", True)
    assert one.run(100) == []
    one.modules.boxes[1].fault("dead", "on")
    assert one.run(3000) == []
    one.modules.boxes[1].fault("dead", "off")
    one.run(6000)
    one.finger(1, "1", False)
    assert one.run(500) == []
    assert one.press(1, "1") == [Press(256, "next", 1)]


def test_lost_and_damaged_answers_lose_no_press_and_double_none() -> None:
    one = bench(2, long_keys={})
    for count, kind in enumerate(range(40), start=1):
        turn = 0

        def spoil(answer: bytes, kind: int = kind) -> bytes:
            nonlocal turn
            turn += 1
            if turn % 3:
                return answer
            return [b"", answer[:-1], answer + answer, b"\x01\x02" + answer, answer[:-1] + b"\x00"][kind % 5]

        one.spoil = spoil
        assert one.press(1, "2", 200) == [Press(256, "recall", count)]
    assert one.bus.health()[256] == ONLINE


def test_a_unit_that_refuses_is_told_apart_from_a_silent_one() -> None:
    one = bench(2)
    one.modules.boxes[1].fault("refuse", "6")
    one.run(2000)
    assert one.bus.health()[256] == ONLINE
    one.modules.boxes[1].fault("refuse", "2")
    one.asked.clear()
    one.run(5000)
    assert one.bus.health()[256] == BoxHealth("offline", "refused")
    assert sum(frame[0] == 1 for _, frame in one.asked) <= REFUSALS + 5
    one.modules.boxes[1].fault("refuse", "0")
    one.run(2000)
    assert one.bus.health()[256] == ONLINE


def test_another_units_answers_are_none() -> None:
    one = bench(2)
    one.modules.boxes[1].fault("pose", "2")
    one.run(3000)
    assert one.bus.health() == {256: SILENT, 512: ONLINE}


def test_latched_presses_that_no_reading_met_come_once() -> None:
    one = bench(1, "icpdas", LATCHING, long_keys={})
    for count in (1, 2, 3):
        one.finger(1, "2", True)
        one.finger(1, "2", False)
        assert one.run(500) == [Press(256, "recall", count)]
    assert one.press(1, "3") == [Press(256, "start", 4)]
    assert one.frames("05 01 07 FF 00")
    assert not any(one.modules.boxes[1].inputs.latched)


def test_a_clear_whose_answer_is_lost_presses_nothing_twice() -> None:
    one = bench(1, "icpdas", LATCHING, long_keys={})
    one.spoil = lambda answer: b"" if answer[1] == 5 else answer
    one.finger(1, "2", True)
    one.finger(1, "2", False)
    assert one.run(5000) == [Press(256, "recall", 1)]
    one.spoil = lambda answer: answer
    assert one.run(5000) == []
    assert one.press(1, "2") == [Press(256, "recall", 2)]


def test_latches_of_before_are_not_pressed_now() -> None:
    modules = ModuleBus([1], "icpdas")
    modules.boxes[1].contact("2", True)
    modules.boxes[1].contact("2", False)
    one = Bench(modules, [ModuleBox(place(1, 0), KEYS, model=LATCHING)])
    assert one.run(2000) == []
    assert not any(modules.boxes[1].inputs.latched)


def test_counters_are_started_and_a_lost_answer_doubles_nothing() -> None:
    one = bench(1, "moxa", COUNTING, long_keys={})
    module = one.modules.boxes[1]
    assert all(module.coils)
    for count in (1, 2, 3):
        one.spoil = lambda answer: answer
        module.inputs.counts[1] += 1
        lost = iter([True, False])
        one.spoil = lambda answer, lost=lost: b"" if answer[1] == 4 and next(lost, False) else answer
        assert one.run(1000) == [Press(256, "recall", count)]
    module.inputs.forget()
    assert one.run(1000) == []


def test_a_counting_unit_that_was_away_starts_its_counters_again() -> None:
    one = bench(1, "moxa", COUNTING)
    one.modules.boxes[1].fault("dead", "on")
    one.run(5000)
    one.modules.boxes[1].fault("dead", "off")
    assert not any(one.modules.boxes[1].coils)
    assert one.run(10_000) == []
    assert all(one.modules.boxes[1].coils)


def test_an_echoing_adapter_is_no_unit() -> None:
    one = bench(2)
    one.spoil = lambda answer: one.asked[-1][1] + answer
    one.bus.show(256, Led.RED)
    one.run(1000)
    assert one.modules.boxes[1].text == "○●○○○○○○"
    assert one.press(1, "2") == [Press(256, "recall", 1)]
    one.modules.boxes[1].fault("dead", "on")
    echo = one._answer

    def answer() -> None:
        before = len(one.asked)
        echo()
        for _, frame in one.asked[before:]:
            if frame[0] == 1:
                one.far.write(frame, 0)

    one._answer = answer
    one.run(3000)
    assert one.bus.health() == {256: SILENT, 512: ONLINE}


def test_a_line_that_is_never_quiet_leaves_its_units_silent() -> None:
    one = bench(1)
    for _ in range(400):
        one.far.write(b"\x55", 0)
        one.run(STEP_MS)
    one.spoil = lambda answer: b""
    for _ in range(1200):
        one.far.write(b"\x55", 0)
        one.run(STEP_MS)
    assert one.bus.health()[256] == SILENT
    one.spoil = lambda answer: answer
    one.run(6000)
    assert one.bus.health()[256] == ONLINE


def test_a_vanished_port_is_opened_again_and_the_look_restored() -> None:
    one = bench(1)
    one.bus.show(256, Led.RED)
    one.run(300)
    one.finger(1, "1", True)
    one.run(50)
    one.far.close()
    one.down = "serial:x: cannot open the port"
    assert one.run(2000) == []
    assert one.bus.link_down == "serial:x: cannot open the port"
    assert one.bus.health()[256] == BoxHealth("offline", "link_down")
    assert not one.bus.wait(0.02)
    one.modules.boxes[1].power_on()
    one.down = ""
    one.run(REOPEN_MS[-1] + 1000)
    assert one.modules.boxes[1].text == "○●○○○○○○"
    assert one.bus.health()[256] == ONLINE
    one.finger(1, "1", False)
    one.run(100)
    assert one.press(1, "2") == [Press(256, "recall", 1)]
    one.bus.close()
    assert one.bus.link_down == "closed"


def test_a_fast_bus_is_not_asked_all_the_time() -> None:
    one = bench(1, model=ModuleModel(), network=True)
    assert min(gaps(one.frames("02 00 00 00 08"))) >= ROUND_MS
