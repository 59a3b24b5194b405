"""The reader's frames byte by byte, and a decoder that any noise leaves usable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.id_card_frames import DAMAGED, LONGEST, Answer, Decoder, Kind, Question, question
from hardware.codecs.id_card_text import Card
from tests.hardware.codecs.id_cards import ADDRESS, NAME, PREAMBLE, foreigner, frame, reading, resident

CARD = Answer(Kind.CARD, 0x90, Card("resident", "11010519491231002X", date(1949, 12, 31)))


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def heard(*pieces: bytes) -> list[Answer]:
    decoder = Decoder()
    return [answer for piece in pieces for answer in decoder.feed(piece)]


@pytest.mark.parametrize(
    ("asked", "tail"),
    [
        (Question.RESET, "00 03 10 FF EC"), (Question.STATUS, "00 03 11 FF ED"), (Question.MODULE, "00 03 12 FF EE"),
        (Question.FIND, "00 03 20 01 22"), (Question.SELECT, "00 03 20 02 21"), (Question.READ, "00 03 30 01 32"),
        (Question.READ_PRINTS, "00 03 30 10 23"), (Question.READ_ADDRESS, "00 03 30 03 30"),
        (Question.SPEED_115200, "00 03 60 00 63"), (Question.SPEED_57600, "00 03 60 01 62"),
        (Question.SPEED_38400, "00 03 60 02 61"), (Question.SPEED_19200, "00 03 60 03 60"),
        (Question.SPEED_9600, "00 03 60 04 67"),
    ],
)  # fmt: skip
def test_questions(asked: Question, tail: str) -> None:
    assert question(asked) == PREAMBLE + h(tail)


@pytest.mark.parametrize(
    ("tail", "answer", "word"),
    [
        ("00 04 00 00 90 94", Answer(Kind.STATUS, 0x90), "ok"),
        ("00 08 00 00 9F 00 00 00 00 97", Answer(Kind.FOUND, 0x9F), "found"),
        ("00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", Answer(Kind.SELECTED, 0x90), "ok"),
        ("00 04 00 00 80 84", Answer(Kind.STATUS, 0x80), "none_found"),
        ("00 04 00 00 81 85", Answer(Kind.STATUS, 0x81), "select"),
        ("00 04 00 00 41 45", Answer(Kind.STATUS, 0x41), "read"),
        ("00 04 00 00 66 62", Answer(Kind.STATUS, 0x66), "not_authorised"),
        ("00 04 00 00 77 73", Answer(Kind.STATUS, 0x77), "status_77"),
    ],
)
def test_answers(tail: str, answer: Answer, word: str) -> None:
    assert heard(PREAMBLE + h(tail)) == [answer]
    assert answer.word == word


def test_module_number_and_address() -> None:
    assert heard(frame(0x90, bytes(16)), frame(0x90, bytes(70))) == [
        Answer(Kind.MODULE, 0x90), Answer(Kind.ADDRESS, 0x90),
    ]  # fmt: skip
    assert len(frame(0x90, bytes(16))) == 7 + 0x14


@pytest.mark.parametrize(("prints", "length"), [(None, 1295), (0, 1297), (512, 1809), (1024, 2321)])
def test_reads(prints: int | None, length: int) -> None:
    answer = reading(resident(), prints)
    assert len(answer) == length
    assert heard(answer) == [CARD]
    assert length <= LONGEST


def test_a_foreigner() -> None:
    [answer] = heard(reading(foreigner()))
    assert answer.card == Card("I", "USA110000000015", date(1955, 2, 3))


def test_other_sizes_of_text_and_photo_are_damage() -> None:
    assert heard(frame(0x90, bytes.fromhex("01 00 03 FF") + bytes(1280))) == [DAMAGED]


def test_split_at_every_place() -> None:
    stream = frame(0x80) + reading(resident()) + frame(0x9F, bytes(4))
    whole = heard(stream)
    assert whole == [Answer(Kind.STATUS, 0x80), CARD, Answer(Kind.FOUND, 0x9F)]
    for place in range(len(stream) + 1):
        assert heard(stream[:place], stream[place:]) == whole
    assert heard(*(bytes([byte]) for byte in stream)) == whole


@pytest.mark.parametrize(
    "noise", [b"\0", b"\xff\xaa", b"\xaa", b"\xaa\xaa\xaa", b"\xaa\xaa\xaa\x96", PREAMBLE, PREAMBLE + b"\x00"]
)
def test_noise_before_and_after(noise: bytes) -> None:
    assert Answer(Kind.STATUS, 0x80) in heard(noise + frame(0x80) + noise + frame(0x80)[:7])


def test_an_echo_of_our_own_question_is_no_answer() -> None:
    assert heard(*(question(asked) for asked in Question), frame(0x90)) == [Answer(Kind.STATUS, 0x90)]


@pytest.mark.parametrize("place", range(5, 11))
def test_one_wrong_bit_is_damage_or_nothing(place: int) -> None:
    for bit in range(8):
        data = bytearray(frame(0x80))
        data[place] ^= 1 << bit
        assert all(answer == DAMAGED for answer in heard(bytes(data)))


def test_a_true_answer_inside_a_damaged_one_is_found() -> None:
    broken = reading(resident())[:600] + frame(0x80) + bytes(1000)
    assert heard(broken) == [DAMAGED, Answer(Kind.STATUS, 0x80)]


def test_an_unfinished_answer_can_be_forgotten() -> None:
    decoder = Decoder()
    assert decoder.feed(reading(resident())[:1000]) == []
    decoder.clear()
    assert decoder.feed(frame(0x80)) == [Answer(Kind.STATUS, 0x80)]


def test_doubled() -> None:
    assert heard(frame(0x80) * 2) == [Answer(Kind.STATUS, 0x80)] * 2


def test_answers_show_nothing_of_a_person() -> None:
    decoder = Decoder()
    answers = decoder.feed(reading(resident()))
    shown = repr(answers) + repr(vars(answers[0])) + repr(decoder)
    for secret in (NAME, ADDRESS, "11010519491231002X", "1949"):
        assert secret not in shown
        assert secret.encode("utf-16-le").hex() not in shown
    assert not decoder._buffer


@given(st.lists(st.one_of(st.binary(max_size=400), st.sampled_from([PREAMBLE, frame(0x80), reading(resident())]))))
def test_any_bytes(pieces: list[bytes]) -> None:
    decoder = Decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._buffer) <= LONGEST
    decoder.clear()
    assert decoder.feed(frame(0x90)) == [Answer(Kind.STATUS, 0x90)]
