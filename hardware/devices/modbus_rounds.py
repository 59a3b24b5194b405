"""Which question a Modbus bus asks next: round after round, every unit that is not away, then at most one output.

Contacts matter more than outputs: there is one write between two readings of all contacts, none while a unit is to be
asked again, and writes that can wait (lamps that flash) do not get a place in every round. No I/O and no clock here.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hardware.codecs.modbus import Request
from hardware.devices.modbus_outputs import URGENT, Write
from hardware.devices.modbus_unit import Unit

ROUND_MS: Final = 20
"""No round is shorter: a few units on a fast line need not be asked a thousand times a second."""
FLASH_MS: Final = 150


@dataclass(frozen=True)
class Question:
    """What to ask of which unit; `write` where it sets outputs."""

    unit: Unit
    request: Request
    write: Write | None = None


class Rounds:
    """The units of one bus. `next_ms`: the next round does not begin before then."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.next_ms = 0
        self._units = units
        self._left: deque[Unit] = deque()
        self._turn: Unit | None = None
        self._flash_ms = 0

    def begin_anew(self) -> None:
        """A link was opened."""
        self._left.clear()
        self._turn = None
        self.next_ms = 0

    def next(self, now_ms: int) -> Question | None:
        """The next question of this round, or of a new one where its time has come; None when nothing is due."""
        question = self._in_round()
        if question is not None or now_ms < self.next_ms:
            return question
        self.next_ms = now_ms + ROUND_MS
        self._left.extend(unit for unit in self._units if now_ms >= unit.ask_from_ms)
        return self._output(now_ms) or self._in_round()

    def _in_round(self) -> Question | None:
        while True:
            request = self._turn.question() if self._turn is not None else None
            if self._turn is not None and request is not None:
                return Question(self._turn, request)
            if not self._left:
                self._turn = None
                return None
            self._turn = self._left.popleft()
            self._turn.begin()

    def _output(self, now_ms: int) -> Question | None:
        due = [(write, unit) for unit in self._left if (write := unit.outputs.due(now_ms)) is not None]
        # A unit whose last answer was lost is asked again first.
        if not due or not all(unit.is_well for unit in self._left):
            return None
        write, unit = min(due, key=lambda each: each[0].order)
        if write.rank != URGENT and now_ms < self._flash_ms:
            return None
        self._flash_ms = now_ms + FLASH_MS
        return Question(unit, write.request, write)
