"""One module on a bus: what it is asked in its turn, what its answers mean, and how it is when they do not come.

A turn is one or a few questions, one after the other:

    start a counter (where one is not started yet) · memory (latches or counters) · contacts · clear latches · contacts

After a clear the contacts are read at once: a press that began between reading and clearing is met by that.

An unanswered question ends the turn. The first time the unit is asked again in the next round; after the second it is
lost and asked rarely, until it answers. Bytes that are no answer are noise on the line rather than a dead unit, so it
takes more of them. A late answer to one question must not pass for the answer to the next: a unit that is asked more
than one thing is left alone for a while after silence, which costs nothing, since it remembers.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final

from hardware.codecs.modbus import Answer, Request, read_bits, read_registers, write_coil
from hardware.devices.call_box_parts import BoxHealth, Signal
from hardware.devices.modbus_contacts import Contact, Counters, Latches
from hardware.devices.modbus_modules import NO_ADDRESS, ModuleBox
from hardware.devices.modbus_outputs import Outputs

RARE_MS: Final = (1_000, 2_000, 5_000)
LATE_MS: Final = 300
SILENCES: Final = 2
NOISES: Final = 5
REFUSALS: Final = 3
BUSY: Final = (5, 6)


class Unit:
    """`number` on the bus and its boxes, all of one model. `ask_from_ms`: not before then."""

    def __init__(self, number: int, boxes: Sequence[ModuleBox]) -> None:
        self.number = number
        self.boxes = boxes
        self.outputs = Outputs(boxes)
        self.ask_from_ms = 0
        self._model = boxes[0].model
        self._low = boxes[0].first_input
        self._count = boxes[-1].first_input + boxes[-1].inputs - self._low
        self._todo: deque[str] = deque()
        self._heard = False
        self._unanswered = self._rarely = self._refusals = 0
        self.forget()

    def forget(self) -> None:
        """It was away: what it remembers and how its contacts are is learnt anew."""
        filtered = self._model.counter_first != NO_ADDRESS
        self._contacts = [Contact(filtered) for _ in range(self._count)]
        self._latches = Latches(self._count)
        self._counters = Counters()
        self._fresh = [0] * self._count
        self._to_start = list(range(self._count)) if filtered and self._model.counter_start != NO_ADDRESS else []
        self._todo.clear()
        self.outputs.forget()

    def opened(self) -> None:
        """A link was opened: nothing is known of the unit, and it is asked at once."""
        self._heard = False
        self._unanswered = self._rarely = self._refusals = self.ask_from_ms = 0
        self.forget()

    @property
    def is_well(self) -> bool:
        """Whether its last question was answered."""
        return self._heard and not self._unanswered

    def health(self) -> BoxHealth:
        if self._rarely:
            return BoxHealth("offline", "silent")
        if self._refusals >= REFUSALS:
            return BoxHealth("offline", "refused")
        return BoxHealth("online" if self._heard else "unheard")

    @property
    def remembers(self) -> bool:
        """Whether a press that no reading met is not lost."""
        return self._model.remembers

    def begin(self) -> None:
        """A turn begins."""
        first = ["start"] if self._to_start else []
        self._todo = deque([*first, *(["memory"] if self._model.remembers else []), "contacts"])

    def exchanges(self) -> list[Request]:
        """The questions of an ordinary turn."""
        steps = ("memory", "contacts") if self._model.remembers else ("contacts",)
        return [self._request(step) for step in steps]

    def question(self) -> Request | None:
        """What to ask next in this turn; None at its end."""
        return self._request(self._todo[0]) if self._todo else None

    def answered(self, answer: Answer, now_ms: int) -> list[Signal]:
        """The answer to `question` → signals of its boxes."""
        self.alive()
        if answer.refusal:
            self._refused(answer.refusal, now_ms)
            return []
        self._refusals = 0
        step = self._todo.popleft()
        if step == "start":
            self._to_start.pop()
        elif step == "clear":
            self._latches.cleared()
            self._todo.append("contacts")
        elif step == "memory":
            latched = self._model.latch_first != NO_ADDRESS
            self._fresh = self._latches.fresh(answer.bits) if latched else self._counters.fresh(answer.registers)
        else:
            return self._read(answer.bits, now_ms)
        return []

    def alive(self) -> None:
        """It answered something."""
        self._heard = True
        self._unanswered = self._rarely = 0

    def missed(self, noise: bool, now_ms: int) -> bool:
        """A question was not answered; `noise`: other bytes came. True when the unit is lost by this."""
        self._todo.clear()
        self._unanswered += 1
        if self._unanswered < (NOISES if noise else SILENCES) and not self._rarely:
            self.ask_from_ms = now_ms + (LATE_MS if self._model.remembers and not noise else 0)
            return False
        self.ask_from_ms = now_ms + RARE_MS[min(self._rarely, len(RARE_MS) - 1)]
        self._rarely += 1
        self.forget()
        return True

    def _refused(self, code: int, now_ms: int) -> None:
        self._todo.clear()
        if code not in BUSY:
            self._refusals += 1
            if self._refusals >= REFUSALS:
                self.ask_from_ms = now_ms + RARE_MS[0]

    def _read(self, bits: Sequence[bool], now_ms: int) -> list[Signal]:
        signals: list[Signal] = []
        for number, bit in enumerate(bits):
            kinds = self._contacts[number].read(bit != self._model.inverted, self._fresh[number], now_ms)
            signals += [signal for kind in kinds if (signal := self._signal(kind, self._low + number)) is not None]
        self._fresh = [0] * self._count
        if not self._todo and self._latches.may_clear(self._contacts, now_ms):
            self._todo.append("clear")
        return signals

    def _signal(self, kind: str, number: int) -> Signal | None:
        """None: a contact between the boxes, which nobody has."""
        for box in self.boxes:
            if box.first_input <= number < box.first_input + box.inputs:
                return Signal(kind, box.address, str(number - box.first_input + 1))
        return None

    def _request(self, step: str) -> Request:
        model = self._model
        if step == "start":
            return write_coil(self.number, model.counter_start + self._low + self._to_start[-1], True)
        if step == "clear":
            return write_coil(self.number, model.latch_clear, True)
        if step == "contacts":
            return read_bits(self.number, model.function, model.first + self._low, self._count)
        if model.latch_first != NO_ADDRESS:
            return read_bits(self.number, model.function, model.latch_first + self._low, self._count)
        first = model.counter_first + 2 * self._low
        return read_registers(self.number, model.counter_function, first, 2 * self._count)
