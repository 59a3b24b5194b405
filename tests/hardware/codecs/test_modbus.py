"""Modbus questions byte by byte, and what answers mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.modbus import (
    Answer,
    Request,
    answer_of,
    read_bits,
    read_registers,
    rtu,
    write_coil,
    write_coils,
    write_register,
    write_registers,
)


def h(text: str) -> bytes:
    return bytes.fromhex(text)


@pytest.mark.parametrize(
    ("request_", "frame"),
    [
        (read_bits(1, 2, 0, 8), "01 02 00 00 00 08 79 CC"),
        (read_bits(1, 1, 64, 8), "01 01 00 40 00 08 3C 18"),
        (read_registers(1, 3, 4000, 1), "01 03 0F A0 00 01 87 3C"),
        (read_registers(1, 4, 0, 16), "01 04 00 00 00 10 F1 C6"),
        (write_coil(1, 0, True), "01 05 00 00 FF 00 8C 3A"),
        (write_coil(1, 0, False), "01 05 00 00 00 00 CD CA"),
        (write_register(1, 0, 1234), "01 06 00 00 04 D2 0B 57"),
        (write_coils(1, 0, [True, False, True, *[False] * 6, True]), "01 0F 00 00 00 0A 02 05 02 67 A9"),
        (write_registers(1, 0x70, [0x4130, 0x3132]), "01 10 00 70 00 02 04 41 30 31 32 74 FD"),
    ],
)
def test_questions(request_: Request, frame: str) -> None:
    assert rtu(request_) == h(frame)


@pytest.mark.parametrize(
    ("request_", "pdu", "answer"),
    [
        (read_bits(1, 2, 0, 3), "02 01 FD", Answer(bits=(True, False, True))),
        (read_bits(1, 1, 0, 9), "01 02 01 01", Answer(bits=(True, *[False] * 7, True))),
        (read_registers(1, 3, 0, 2), "03 04 00 01 FF FE", Answer(registers=(1, 0xFFFE))),
        (read_registers(1, 4, 0, 1), "04 02 12 34", Answer(registers=(0x1234,))),
        (write_coil(1, 3, True), "05 00 03 FF 00", Answer()),
        (write_register(1, 3, 5), "06 00 03 00 05", Answer()),
        (write_coils(1, 3, [True]), "0F 00 03 00 01", Answer()),
        (write_registers(1, 3, [5]), "10 00 03 00 01", Answer()),
        (read_bits(1, 2, 0, 3), "82 02", Answer(refusal=2)),
    ],
)
def test_answers(request_: Request, pdu: str, answer: Answer) -> None:
    assert answer_of(request_, h(pdu)) == answer


@pytest.mark.parametrize(
    ("request_", "pdu"),
    [
        (read_bits(1, 2, 0, 8), ""),
        (read_bits(1, 2, 0, 8), "02 01"),  # truncated
        (read_bits(1, 2, 0, 8), "02 01 05 00"),  # too long
        (read_bits(1, 2, 0, 8), "02 02 05"),  # says another length than it has
        (read_bits(1, 2, 0, 8), "01 01 05"),  # another function
        (read_bits(1, 2, 0, 8), "81 02"),  # another function refused
        (read_bits(1, 2, 0, 8), "82 00"),  # refused for no reason
        (write_coil(1, 3, True), "05 00 04 FF 00"),  # another coil
        (write_coil(1, 3, True), "05 00 03 00 00"),  # the other way round
        (write_registers(1, 3, [5]), "10 00 03 00 02"),
    ],
)
def test_no_answers(request_: Request, pdu: str) -> None:
    assert answer_of(request_, h(pdu)) is None


@given(st.binary(max_size=260))
def test_any_bytes_give_an_answer_or_nothing(pdu: bytes) -> None:
    for asked in (read_bits(1, 2, 0, 8), read_registers(1, 3, 0, 125), write_coil(1, 0, True)):
        answer = answer_of(asked, pdu)
        assert answer is None or len(answer.bits) in (0, 8)


def test_what_cannot_be_asked_is_refused_with_what_can() -> None:
    for make, problem in (
        (lambda: read_bits(1, 3, 0, 8), "1 reads coils, 2 inputs"),
        (lambda: read_registers(1, 2, 0, 8), "3 reads holding, 4 input registers"),
        (lambda: read_bits(256, 2, 0, 8), "unit 256: 0 to 255"),
        (lambda: read_bits(1, 2, 0, 0), "0 at once: 1 to 2000"),
        (lambda: read_bits(1, 2, 0, 2001), "2001 at once: 1 to 2000"),
        (lambda: read_registers(1, 4, 0, 126), "1 to 125"),
        (lambda: read_bits(1, 2, 0xFFFF, 2), "address 65535 with 2"),
        (lambda: write_coil(1, -1, True), "address -1"),
        (lambda: write_register(1, 0, 65536), "value 65536: 0 to 65535"),
        (lambda: write_coils(1, 0, []), "1 to 1968"),
        (lambda: write_registers(1, 0, [0] * 124), "1 to 123"),
    ):
        with pytest.raises(ValueError, match=problem):
            make()
