"""Virtual input modules: the answers to the host's questions, function by function. What they have: modbus_kinds.py.

What a module has not is refused: 01 function, 02 address, 03 value. A contact is the key "1" … of the box at the
module, or what its cap says. Without power a module hears nothing, and afterwards it remembers nothing.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from hardware.sim.box_devices import NoSuchKey, VirtualBox
from hardware.sim.modbus_inputs import LATCHES, Inputs
from hardware.sim.modbus_kinds import BITS, FAULTS, KINDS, MODES, OUTPUTS, SPEED_CODES, WIRED, WORDS, Kind


class Refused(Exception):
    """The module answers with this code in place of what was asked."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class VirtualModule(VirtualBox):
    """One module; `text` shows its outputs. Faults: `slow` answers so many ms later · `refuse` answers everything with
    this code · `pose` answers in another unit's name; 0 ends each."""

    kind: Kind = KINDS["waveshare"]
    baud: int = 9600
    slow_ms: int = 0
    refuses: int = 0
    poses_as: int = 0
    coils: list[bool] = field(default_factory=list)
    modes: list[int] = field(default_factory=lambda: [0] * OUTPUTS)

    def __post_init__(self) -> None:
        self.inputs = Inputs(self.kind.inputs)
        self.power_on()

    def power_on(self) -> None:
        """Outputs off, memory empty, counters stopped; the contacts are as the fingers hold them."""
        self.coils = [False] * OUTPUTS
        self.inputs.forget()
        self._show()

    def fault(self, name: str, value: str) -> None:
        if name in FAULTS:
            setattr(self, FAULTS[name], int(value))
            return
        was_dead = self.dead
        super().fault(name, value)
        if was_dead and not self.dead:
            self.power_on()

    def contact(self, key: str, closed: bool) -> None:
        super().contact(key, closed)
        self.inputs.move(self.place(key), closed, time.monotonic(), self.coils, powered=not self.dead)

    def place(self, key: str) -> int:
        """The input that a key is wired to, from 0; `NoSuchKey` says which there are."""
        number = WIRED.get(key, 0) or (int(key) if key.isdecimal() else 0)
        if not 1 <= number <= self.kind.inputs:
            raise NoSuchKey(f"no key {key} at this module; it has 1 to {self.kind.inputs}, and {', '.join(WIRED)}")
        return number - 1

    def front(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in ("coils", "slow_ms", "refuses", "poses_as")}
        return {**super().front(), **shown, "closed": self.inputs.closed, "counts": self.inputs.counts}

    def answer(self, pdu: bytes) -> bytes:
        """Function and data asked → answered."""
        self.inputs.count(time.monotonic(), self.coils)
        try:
            if self.refuses:
                raise Refused(self.refuses)
            return pdu[:1] + self._obey(pdu[0], pdu[1:])
        except Refused as refused:
            return bytes([pdu[0] | 0x80, refused.code])

    def _obey(self, function: int, data: bytes) -> bytes:
        first, value = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
        if function in (1, 2) and len(data) == 4:
            if function in self.kind.contacts_by and 0 <= first - self.kind.contacts < self.kind.inputs:
                self.asked_s.append(time.monotonic())
            return _packed([self._bit(function, first + at) for at in range(_count(value, BITS))])
        if function in (3, 4) and len(data) == 4:
            words = [self._register(function, first + at) for at in range(_count(value, WORDS))]
            return bytes([2 * len(words)]) + b"".join(word.to_bytes(2, "big") for word in words)
        if function == 5 and len(data) == 4:
            if value not in (0xFF00, 0):
                raise Refused(3)
            self._set(first, value == 0xFF00)
            return data
        if function == 6 and len(data) == 4:
            self._set_register(first, value)
            return data
        if function == 15 and len(data) == 5 + (value + 7) // 8 == 5 + data[4]:
            for at in range(value):
                self._set(first + at, bool(data[5 + at // 8] >> at % 8 & 1))
            return data[:4]
        raise Refused(1)

    def _bit(self, function: int, address: int) -> bool:
        kind = self.kind
        if function in kind.contacts_by and 0 <= address - kind.contacts < kind.inputs:
            return self.inputs.closed[address - kind.contacts]
        if kind.latches is not None and 0 <= address - kind.latches < 2 * LATCHES:
            return self.inputs.latched[address - kind.latches]
        if function == 1 and kind.outputs is not None and 0 <= address - kind.outputs < OUTPUTS:
            return self.coils[address - kind.outputs]
        raise Refused(2)

    def _set(self, address: int, on: bool) -> None:
        if address == self.kind.clear:
            self.inputs.clear()
        elif self.kind.outputs is not None and 0 <= address - self.kind.outputs < OUTPUTS:
            self.coils[address - self.kind.outputs] = on
            self._show()
        else:
            raise Refused(2)

    def _register(self, function: int, address: int) -> int:
        kind = self.kind
        word = -1 if kind.counters is None else address - kind.counters
        if function == 4 and 0 <= word < 2 * kind.inputs:
            count = self.inputs.counts[word // 2]
            return count & 0xFFFF if word % 2 else count >> 16
        if function == 3 and kind.modes and address in MODES:
            return self.modes[address - MODES[0]]
        if function == 3 and address == kind.unit:
            return self.address
        if function == 3 and address == kind.speed:
            return SPEED_CODES[self.baud]
        raise Refused(2)

    def _set_register(self, address: int, value: int) -> None:
        if self.kind.modes and address in MODES:
            self.modes[address - MODES[0]] = value
        elif self.kind.modes and address == self.kind.unit:
            if not 1 <= value <= 255:
                raise Refused(3)
            self.address = value
        else:
            raise Refused(2)

    def _show(self) -> None:
        self.text = "".join("●" if on else "○" for on in self.coils)


def _count(value: int, most: int) -> int:
    if not 1 <= value <= most:
        raise Refused(3)
    return value


def _packed(bits: list[bool]) -> bytes:
    length = (len(bits) + 7) // 8
    return bytes([length]) + sum(bit << at for at, bit in enumerate(bits)).to_bytes(length, "little")
