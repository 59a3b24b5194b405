"""Call boxes on Modbus input modules, on one link: unit after unit is asked for its contacts.

One thread owns a bus and turns it round as it does a `CallBoxBus`:

    while not stopped:
        bus.wait(0.02)                      blocks on the line at most so long, and less when something is due
        for event in bus.poll(now_ms): …    never blocks longer than one write

A round asks every unit that is not away, then writes at most one output. Between two frames of a serial line the
silence is heard rather than counted: a read that brings nothing for so long has shown it. A line that is never quiet
is asked all the same, so that its units are found silent instead of being waited for.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final

from hardware.codecs.modbus import Answer
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, Led
from hardware.devices.call_box_presses import Presses
from hardware.devices.kept_link import KeptLink
from hardware.devices.modbus_medium import Medium, exchange_bytes
from hardware.devices.modbus_modules import ModuleBox, boxes_by_unit
from hardware.devices.modbus_rounds import Question, Rounds
from hardware.devices.modbus_unit import Unit
from hardware.transports.link import Link

NOISY_MS: Final = 100
UNITS: Final = range(1, 248)


class ModbusBus:
    """All boxes on one link; outside like `CallBoxBus`. `ValueError` names a box that is not possible."""

    def __init__(self, open_link: Callable[[], Link], medium: Medium, boxes: Sequence[ModuleBox]) -> None:
        self.medium = medium
        self._units = [Unit(number, each) for number, each in boxes_by_unit(boxes, UNITS).items()]
        self._unit_of = {box.address: unit for unit in self._units for box in unit.boxes}
        self._presses = Presses(boxes)
        self._link = KeptLink(open_link)
        self._ear = medium.ear()
        self._rounds = Rounds(self._units)
        self._asked: Question | None = None
        self._arrived = b""
        self._quiet = self._waited = False
        self._now_ms = self._until_ms = self._busy_ms = self._gap_ms = 0

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return self._link.down

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        self._waited = True
        silence_s = self.medium.silence_ms / 1000
        if self._asked is not None:
            due_s = (self._until_ms - self._now_ms) / 1000
        elif self._quiet or not silence_s:
            due_s = (self._rounds.next_ms - self._now_ms) / 1000
        else:
            due_s = silence_s
        pause_s = min(timeout_s, max(due_s, 0.001))
        there = self._link.wait(pause_s)
        arrived = self._link.take()
        self._arrived += arrived
        # A line that brought nothing for the time of a silence has been silent.
        self._quiet = self._quiet or (not arrived and 0 < silence_s <= pause_s)
        return there

    def show(self, address: int, led: Led, beep: int = 0, text: str = "") -> None:
        """What the box at `address` shows from now on, and how often it beeps once; it has no display for `text`."""
        self._unit_of[address].outputs.show(address, led, beep)

    def poll(self, now_ms: int) -> list[BoxEvent]:
        """Take what arrived, ask what is due, open what is down; `now_ms` from any clock that only grows."""
        self._now_ms = now_ms
        if self._link.open_due(now_ms):
            self._opened(now_ms)
        if not self._waited:
            self.wait(0)
        self._waited = False
        arrived, self._arrived = self._arrived, b""
        events = self._hear(arrived, now_ms)
        events += self._presses.due(now_ms)
        if self._asked is None and self._link.usable and self._is_quiet(now_ms):
            self._ask(now_ms)
        self._link.settle(now_ms)
        if self._link.down:
            self._presses.let_go()
        return events

    def health(self) -> Mapping[int, BoxHealth]:
        """address → health, as of the last poll."""
        down = BoxHealth("offline", "link_down") if self._link.down else None
        return {address: down or unit.health() for address, unit in self._unit_of.items()}

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        self._link.close()

    @property
    def remembers(self) -> bool:
        """Whether every module keeps presses until they are read."""
        return all(unit.remembers for unit in self._units)

    def exchanges(self) -> list[int]:
        """The bytes, asked and answered, of each question of one round."""
        return [exchange_bytes(request) for unit in self._units for request in unit.exchanges()]

    def _opened(self, now_ms: int) -> None:
        self._ear = self.medium.ear()
        self._asked, self._arrived = None, b""
        self._rounds.begin_anew()
        for unit in self._units:
            unit.opened()
        self._busy(now_ms)

    def _busy(self, now_ms: int) -> None:
        """A frame is over, and the silence after it begins."""
        self._quiet = False
        self._busy_ms = self._gap_ms = now_ms

    def _is_quiet(self, now_ms: int) -> bool:
        silence_ms = self.medium.silence_ms
        if self._quiet or not silence_ms:
            return True
        # The clock counts whole ms, so one more than the silence takes.
        return now_ms - self._busy_ms > ceil(silence_ms) or now_ms - self._gap_ms > NOISY_MS

    def _hear(self, data: bytes, now_ms: int) -> list[BoxEvent]:
        asked = self._asked
        if asked is None:
            if data:
                self._quiet, self._busy_ms = False, now_ms
            return []
        answer = self._ear.feed(data)
        if answer is not None:
            self._asked = None
            self._busy(now_ms)
            return self._take(asked, answer, now_ms)
        if now_ms >= self._until_ms:
            self._asked = None
            self._busy(now_ms)
            self._missed(asked.unit, now_ms)
        return []

    def _take(self, asked: Question, answer: Answer, now_ms: int) -> list[BoxEvent]:
        if asked.write is None:
            signals = asked.unit.answered(answer, now_ms)
            return [event for signal in signals for event in self._presses.heard(signal, now_ms)]
        asked.unit.alive()
        asked.write.box.answered(asked.write.coils, bool(answer.refusal), now_ms)
        return []

    def _missed(self, unit: Unit, now_ms: int) -> None:
        if unit.missed(self._ear.stray, now_ms):
            for box in unit.boxes:
                self._presses.let_go(box.address)

    def _ask(self, now_ms: int) -> None:
        asked = self._rounds.next(now_ms)
        if asked is None:
            return
        self._asked = asked
        self._until_ms = now_ms + self.medium.timeout_ms(asked.request)
        self._link.write(self._ear.ask(asked.request))
