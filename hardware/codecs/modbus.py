"""Modbus: what a master asks and what comes back. The ears for it: modbus_rtu.py (serial lines), modbus_tcp.py.

    RTU frame   unit | function | data | CRC-16/MODBUS, low byte first      silence of 3.5 characters between frames

| function | asks | data asked | data answered |
|---|---|---|---|
| 01 02 | coils, inputs | first16 count16 | bytes8, bits from the lowest of the first byte on |
| 03 04 | registers | first16 count16 | bytes8, registers high byte first |
| 05 | one coil | coil16 FF00 or 0000 | the same |
| 06 | one register | register16 value16 | the same |
| 0F | many coils | first16 count16 bytes8 bits | first16 count16 |
| 10 | many registers | first16 count16 bytes8 registers | first16 count16 |
| 80 + function | refusal | | code8: 01 function, 02 address, 03 value, 04 broken, 06 busy |

    01 02 00 00 00 08 79 CC  →  01 02 01 05 61 8B      inputs 1 and 3 of unit 1 are closed
    01 05 00 00 FF 00 8C 3A                            coil 0 on

What can go wrong. An answer repeats unit and function of its question and, after a write, its address, no more: an
answer of the wrong length, or to another write, is none. Spare bits of the last byte mean nothing. Refusals are
answers: the unit lives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import crc16_modbus

READ_COILS: Final = 1
READ_INPUTS: Final = 2
READ_HOLDING: Final = 3
READ_INPUT_REGISTERS: Final = 4
WRITE_COIL: Final = 5
WRITE_REGISTER: Final = 6
WRITE_COILS: Final = 15
WRITE_REGISTERS: Final = 16
_REFUSED: Final = 0x80
_BIT_READS: Final = (READ_COILS, READ_INPUTS)
REFUSAL_LENGTH: Final = 2
MOST_BITS, MOST_REGISTERS, MOST_COILS_WRITTEN, MOST_REGISTERS_WRITTEN = 2000, 125, 1968, 123


@dataclass(frozen=True)
class Request:
    """A question: unit, function and data (`pdu`), how many bits or registers it is about, and the answer's length
    without unit and sum."""

    unit: int
    pdu: bytes
    count: int
    answer_length: int

    @property
    def function(self) -> int:
        return self.pdu[0]


@dataclass(frozen=True)
class Answer:
    """What a unit said: bits or registers that were asked for, nothing of either after a write; or a refusal's code."""

    bits: tuple[bool, ...] = ()
    registers: tuple[int, ...] = ()
    refusal: int = 0


def read_bits(unit: int, function: int, first: int, count: int) -> Request:
    """Function 1 (coils) or 2 (inputs); at most 2000 bits."""
    if function not in _BIT_READS:
        raise ValueError(f"function {function} reads no bits; 1 reads coils, 2 inputs")
    return _request(unit, function, first, count, MOST_BITS, 2 + (count + 7) // 8)


def read_registers(unit: int, function: int, first: int, count: int) -> Request:
    """Function 3 (holding) or 4 (input registers); at most 125."""
    if function not in (READ_HOLDING, READ_INPUT_REGISTERS):
        raise ValueError(f"function {function} reads no registers; 3 reads holding, 4 input registers")
    return _request(unit, function, first, count, MOST_REGISTERS, 2 + 2 * count)


def write_coil(unit: int, coil: int, on: bool) -> Request:
    return _request(unit, WRITE_COIL, coil, 1, 1, 5, b"\xff\x00" if on else b"\x00\x00")


def write_register(unit: int, register: int, value: int) -> Request:
    """`value` 0–65535; a signed one as its two's complement."""
    return _request(unit, WRITE_REGISTER, register, 1, 1, 5, _word(value, "value"))


def write_coils(unit: int, first: int, on: Sequence[bool]) -> Request:
    packed = sum(bit << place for place, bit in enumerate(on)).to_bytes((len(on) + 7) // 8, "little")
    return _many(unit, WRITE_COILS, first, len(on), MOST_COILS_WRITTEN, packed)


def write_registers(unit: int, first: int, values: Sequence[int]) -> Request:
    packed = b"".join(_word(value, "value") for value in values)
    return _many(unit, WRITE_REGISTERS, first, len(values), MOST_REGISTERS_WRITTEN, packed)


def rtu(request: Request) -> bytes:
    """The question as a frame on a serial line."""
    return closed(bytes([request.unit]) + request.pdu)


def answer_of(request: Request, pdu: bytes) -> Answer | None:
    """What function and data of a whole answer say, None when they answer another question."""
    if len(pdu) == REFUSAL_LENGTH and pdu[0] == request.function | _REFUSED:
        # Code 0 is no refusal that anyone defined, and would read as a success.
        return Answer(refusal=pdu[1]) if pdu[1] else None
    if len(pdu) != request.answer_length or pdu[0] != request.function:
        return None
    if request.function > READ_INPUT_REGISTERS:
        return Answer() if pdu == request.pdu[: len(pdu)] else None
    if pdu[1] != len(pdu) - 2:
        return None
    data = pdu[2:]
    if request.function in _BIT_READS:
        return Answer(bits=tuple(bool(data[place // 8] >> place % 8 & 1) for place in range(request.count)))
    return Answer(registers=tuple(int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)))


def _request(
    unit: int, function: int, first: int, count: int, most: int, answer_length: int, value: bytes | None = None
) -> Request:
    if not 0 <= unit <= 255:
        raise ValueError(f"Modbus unit {unit}: 0 to 255")
    if not 1 <= count <= most:
        raise ValueError(f"{count} at once: 1 to {most} with function {function}")
    if not 0 <= first <= 0x10000 - count:
        raise ValueError(f"Modbus address {first} with {count} there: 0 to 65535")
    pdu = bytes([function]) + _word(first, "address") + (_word(count, "count") if value is None else value)
    return Request(unit, pdu, count, answer_length)


def _many(unit: int, function: int, first: int, count: int, most: int, packed: bytes) -> Request:
    head = _request(unit, function, first, count, most, 5)
    return Request(unit, head.pdu + bytes([len(packed)]) + packed, count, 5)


def _word(value: int, name: str) -> bytes:
    if not 0 <= value <= 0xFFFF:
        raise ValueError(f"Modbus {name} {value}: 0 to 65535")
    return value.to_bytes(2, "big")


def closed(body: bytes) -> bytes:
    """A serial line's frame: unit, function and data with their sum."""
    return body + crc16_modbus(body).to_bytes(2, "little")
