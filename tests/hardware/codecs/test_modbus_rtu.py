"""Modbus on a serial line: answers found in whatever surrounds them, and nothing found where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.modbus import Answer, Request, closed, read_bits, read_registers, rtu, write_coil, write_registers
from hardware.codecs.modbus_rtu import RtuDecoder, silence_ms

READ = read_bits(1, 2, 0, 8)
GOOD = bytes.fromhex("01 02 01 05 61 8B")
CLOSED = Answer(bits=(True, False, True, *[False] * 5))
BUSY = closed(bytes.fromhex("01 82 06"))


def heard(*pieces: bytes, asked: Request = READ) -> list[Answer]:
    decoder = RtuDecoder()
    decoder.ask(asked)
    return [answer for piece in pieces if (answer := decoder.feed(piece)) is not None]


def test_the_answer_of_the_document() -> None:
    assert RtuDecoder().ask(READ) == bytes.fromhex("01 02 00 00 00 08 79 CC")
    assert heard(GOOD) == [CLOSED]
    assert heard(BUSY) == [Answer(refusal=6)]


def test_split_at_every_place() -> None:
    for cut in range(1, len(GOOD)):
        assert heard(GOOD[:cut], GOOD[cut:]) == [CLOSED]
    assert heard(*(bytes([byte]) for byte in b"\x00\xff" + GOOD)) == [CLOSED]


@pytest.mark.parametrize(
    "noise",
    [
        b"\x00",
        b"\x01",
        b"\x01\x02\x01",  # the beginning of an answer
        GOOD[:-1],  # an answer without its end
        GOOD[:3] + b"\x04" + GOOD[4:],  # one bit wrong
        closed(b"\x02\x02\x01\x05"),  # another unit's
        closed(b"\x01\x03\x01\x05"),  # another question's
        closed(b"\x01\x02\x02\x05\x05"),  # a late one, to a question about 16
        closed(b"\x02\x82\x02"),
        closed(b"\x01\x82\x00"),  # a refusal for no reason
    ],
)
def test_noise_before_and_inside_is_passed_by(noise: bytes) -> None:
    assert heard(noise) == []
    assert heard(noise + GOOD) == [CLOSED]
    assert heard(noise, GOOD) == [CLOSED]
    assert heard(noise + BUSY) == [Answer(refusal=6)]
    assert heard(GOOD[:4] + noise + GOOD) == [CLOSED]


def test_a_doubled_answer_is_one_and_noise_after_it_is_none() -> None:
    assert heard(GOOD + GOOD) == [CLOSED]
    assert heard(GOOD, GOOD, b"\x00") == [CLOSED]


def test_nothing_is_heard_before_a_question_and_nothing_of_it_after_the_next() -> None:
    decoder = RtuDecoder()
    assert decoder.feed(GOOD) is None
    decoder.ask(READ)
    assert decoder.feed(GOOD[:4]) is None
    decoder.ask(READ)
    assert decoder.feed(GOOD[4:]) is None


def test_an_echo_is_no_answer_and_is_kept_in_mind() -> None:
    decoder = RtuDecoder()
    echo = decoder.ask(READ)
    assert [decoder.feed(bytes([byte])) for byte in echo] == [None] * len(echo)
    assert decoder.echoes
    assert decoder.feed(GOOD) == CLOSED
    on = write_coil(1, 0, True)
    echo = decoder.ask(on)
    assert decoder.feed(echo) is None
    assert decoder.feed(echo) == Answer()
    decoder.ask(on)
    assert decoder.feed(echo + echo) == Answer()


def test_an_adapter_that_stopped_echoing_is_noticed_and_a_damaged_echo_is_not_that() -> None:
    decoder = RtuDecoder()
    decoder.feed(decoder.ask(READ))
    decoder.ask(READ)
    assert decoder.feed(b"\x01\x02\x00" + GOOD) == CLOSED
    assert decoder.echoes
    decoder.ask(READ)
    assert decoder.feed(GOOD) == CLOSED
    assert not decoder.echoes
    frame = decoder.ask(write_coil(1, 0, True))
    assert decoder.feed(frame) == Answer()


def test_without_an_echo_a_write_is_answered_by_its_like() -> None:
    decoder = RtuDecoder()
    frame = decoder.ask(write_coil(1, 0, True))
    assert decoder.feed(frame) == Answer()
    assert not decoder.echoes
    registers = decoder.ask(write_registers(1, 0x70, [1, 2]))
    assert decoder.feed(registers) is None
    assert decoder.feed(closed(registers[:6])) == Answer()
    assert decoder.echoes


def test_what_was_heard_beside_the_answer_is_told() -> None:
    decoder = RtuDecoder()
    decoder.feed(decoder.ask(READ))
    assert not decoder.stray
    decoder.feed(b"\x00")
    assert decoder.stray
    decoder.ask(READ)
    assert not decoder.stray


def test_silences() -> None:
    assert silence_ms(9600) == pytest.approx(4.01, abs=0.01)
    assert silence_ms(19200) == pytest.approx(2.0, abs=0.01)
    assert silence_ms(115200) == 1.75


questions = st.sampled_from([READ, read_registers(1, 3, 0, 125), write_coil(1, 0, True), read_registers(9, 4, 0, 2)])


@given(questions, st.lists(st.binary(max_size=80), max_size=12))
def test_any_bytes_are_survived_and_few_are_kept(asked: Request, pieces: list[bytes]) -> None:
    decoder = RtuDecoder()
    decoder.ask(asked)
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._heard) <= max(len(rtu(asked)), asked.answer_length + 3) + len(piece)


@given(st.binary(max_size=60).filter(lambda noise: not heard(noise)), st.data())
def test_any_noise_before_a_good_answer_and_any_split_of_both(noise: bytes, data: st.DataObject) -> None:
    line = noise + GOOD
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=6)))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    assert heard(*pieces) == [CLOSED]
