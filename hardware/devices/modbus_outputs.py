"""The lamps and beepers on a module's outputs: which coil is to be written next.

Modules cannot flash by themselves, so blinking is coils written on and off. Every write takes the line from the
contacts for the time of one question, so they come one at a time, in this order: beeps and looks that changed; then
flashing; then the repetition of what stands, since a module that lost its power for a moment comes back dark. A coil
counts as written when the unit confirmed it. No I/O and no clock here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hardware.codecs.modbus import Request, write_coil, write_coils
from hardware.devices.call_box_outbox import MAX_BEEPS, REFRESH_MS
from hardware.devices.call_box_parts import Led
from hardware.devices.modbus_modules import NO_ADDRESS, ModuleBox

BEEP_MS: Final = 300
BEEP_PAUSE_MS: Final = 400
HALF_PERIODS_MS: Final[Mapping[Led, int]] = {
    Led.RED_FAST: 250,
    Led.GREEN_BLINK: 500,
    Led.RED_BLINK: 500,
    Led.GREEN_SLOW: 1_000,
}
URGENT, FLASHING, REPEATED = range(3)


@dataclass(frozen=True)
class Write:
    """A question to be sent, how urgent it is, and the coils that it sets."""

    request: Request
    rank: int
    box: "BoxOutputs"
    coils: Mapping[int, bool]

    @property
    def order(self) -> tuple[int, int]:
        """The smallest goes first: the most urgent, of those the one that waited longest."""
        return self.rank, min(self.box.known.get(coil, (False, 0))[1] for coil in self.coils)


@dataclass
class BoxOutputs:
    """One box's outputs as they should be and as they are known to be: coil → on, and when that was written."""

    spec: ModuleBox
    led: Led = Led.OFF
    beeps: int = 0
    sounding: bool = False
    sound_from_ms: int = 0
    changed: bool = True
    refused: bool = False
    known: dict[int, tuple[bool, int]] = field(default_factory=dict)

    def wanted(self, now_ms: int) -> dict[int, bool]:
        """coil → on, as it should be now."""
        spec, model = self.spec, self.spec.model
        half_ms = HALF_PERIODS_MS.get(self.led, 0)
        lit = not half_ms or now_ms // half_ms % 2 == 0
        coils = {coil: False for lamps in model.coils.values() for coil in lamps}
        coils.update(dict.fromkeys(model.coils.get(self.led, ()), lit))
        if model.beep_coil != NO_ADDRESS:
            due = now_ms >= self.sound_from_ms
            coils[model.beep_coil] = not due if self.sounding else due and self.beeps > 0
        return {spec.first_input + coil: on for coil, on in sorted(coils.items())}

    def answered(self, coils: Mapping[int, bool], refused: bool, now_ms: int) -> None:
        """The unit confirmed a write, or refuses such writes: then it gets no more until it was away."""
        if refused:
            self.refused = True
            return
        self.known.update({coil: (on, now_ms) for coil, on in coils.items()})
        sound = coils.get(self.spec.first_input + self.spec.model.beep_coil, self.sounding)
        if self.spec.model.beep_coil != NO_ADDRESS and sound != self.sounding:
            self.sounding = sound
            self.beeps -= sound
            self.sound_from_ms = now_ms + (BEEP_MS if sound else BEEP_PAUSE_MS)


class Outputs:
    """All outputs of one unit."""

    def __init__(self, boxes: Iterable[ModuleBox]) -> None:
        self._boxes = {spec.address: BoxOutputs(spec) for spec in boxes}

    def show(self, address: int, led: Led, beeps: int) -> None:
        box = self._boxes[address]
        box.changed |= led != box.led
        box.led = led
        box.beeps = min(max(box.beeps, beeps), MAX_BEEPS)

    def forget(self) -> None:
        """The unit was away: all is to be written again; beeps of the past are not."""
        for box in self._boxes.values():
            box.known.clear()
            box.changed, box.refused, box.beeps, box.sounding = True, False, 0, False

    def due(self, now_ms: int) -> Write | None:
        """The write that goes first; None when all is as it should be."""
        writes = [write for box in self._boxes.values() if (write := _due(box, now_ms)) is not None]
        return min(writes, key=lambda write: write.order, default=None)


def _due(box: BoxOutputs, now_ms: int) -> Write | None:
    wanted = box.wanted(now_ms)
    if box.refused or not wanted:
        return None
    model = box.spec.model
    differing = [coil for coil, on in wanted.items() if box.known.get(coil, (None, 0))[0] != on]
    old = [coil for coil in wanted if now_ms - box.known.get(coil, (False, now_ms))[1] >= REFRESH_MS]
    if not differing:
        box.changed = False
    beep = box.spec.first_input + model.beep_coil
    is_urgent = box.changed or (model.beep_coil != NO_ADDRESS and beep in differing)
    rank = URGENT if is_urgent else FLASHING if differing else REPEATED
    first = beep if beep in differing else next(iter(differing or old), None)
    if first is None:
        return None
    row = list(wanted)
    if model.together and row == list(range(row[0], row[0] + len(row))):
        return Write(write_coils(box.spec.unit, row[0], list(wanted.values())), rank, box, wanted)
    return Write(write_coil(box.spec.unit, first, wanted[first]), rank, box, {first: wanted[first]})
