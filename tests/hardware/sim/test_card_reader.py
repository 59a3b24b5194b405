"""The virtual ID-card reader against the frames of the reader's document, byte by byte."""

import pytest

from hardware.sim.card_reader_engine import LONGEST, PIECE_BYTES, CardReaderEngine
from hardware.sim.card_reader_people import PEOPLE, text_block

HEAD = "AA AA AA 96 69 "
RESET, STATUS, MODULE = "00 03 10 FF EC", "00 03 11 FF ED", "00 03 12 FF EE"
FIND, SELECT, READ = "00 03 20 01 22", "00 03 20 02 21", "00 03 30 01 32"
READ_PRINTS, ADDRESS = "00 03 30 10 23", "00 03 30 03 30"
OK, NONE, NOT_SELECTED, NOT_READ = "00 04 00 00 90 94", "00 04 00 00 80 84", "00 04 00 00 81 85", "00 04 00 00 41 45"
FOUND = "00 08 00 00 9F 00 00 00 00 97"
SELECTED = "00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"


def h(text: str) -> bytes:
    return bytes.fromhex(text)


class Reader:
    """An engine and a clock that goes on until everything is said."""

    def __init__(self) -> None:
        self.engine, self.now = CardReaderEngine(), 100.0

    def ask(self, tail: str, head: str = HEAD) -> bytes:
        self.engine.hear(h(head + tail), self.now)
        return self.said()

    def said(self) -> bytes:
        said, next_s = self.engine.due(self.now)
        while next_s is not None:
            self.now = max(self.now, next_s)
            more, next_s = self.engine.due(self.now)
            said += more
        return said

    def do(self, command: str) -> None:
        assert self.engine.obey(command, self.now)

    def read(self) -> bytes:
        assert self.ask(FIND) == h(HEAD + FOUND)
        assert self.ask(SELECT) == h(HEAD + SELECTED)
        return self.ask(READ)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_answers_without_a_card(reader: Reader) -> None:
    for asked, answer in (
        (RESET, OK), (STATUS, OK), (FIND, NONE), (SELECT, NOT_SELECTED), (READ, NOT_READ),
        (ADDRESS, NOT_READ),
    ):  # fmt: skip
        assert reader.ask(asked) == h(HEAD + answer)
    module = reader.ask(MODULE)
    assert module[:10] == h(HEAD + "00 14 00 00 90")
    assert len(module) == 5 + 2 + 0x14


@pytest.mark.parametrize("who", PEOPLE)
def test_a_card_is_found_selected_and_read(reader: Reader, who: str) -> None:
    reader.do(f"card {who}")
    answer = reader.read()
    assert len(answer) == 1295
    assert answer[:14] == h(HEAD + "05 08 00 00 90 01 00 04 00")
    assert answer[14 : 14 + 256] == text_block(who)
    total = 0
    for byte in answer[5:]:
        total ^= byte
    assert total == 0
    assert reader.ask(READ_PRINTS)[5:7] == h("05 0A")
    assert reader.ask(ADDRESS) == h(HEAD + "00 04 00 00 91 95")


def test_text_blocks_are_laid_out_as_documented() -> None:
    block = text_block("resident")
    assert len(block) == 256
    assert block[122:158].decode("utf-16-le") == "11010519491231002X"
    assert block[36:52].decode("utf-16-le") == "19491231"
    assert block[248:250] == b"\x20\x00"
    assert text_block("j")[248:250] == b"J\0"
    foreign = text_block("i")
    assert (foreign[122:152].decode("utf-16-le"), foreign[152:158].decode("utf-16-le")) == ("USA110000000015", "USA")
    assert (foreign[220:236].decode("utf-16-le"), foreign[248:250]) == ("19550203", b"I\0")


def test_a_card_that_was_read_is_not_found_until_it_was_away(reader: Reader) -> None:
    reader.do("card resident")
    reader.read()
    assert reader.ask(FIND) == h(HEAD + NONE)
    reader.do("away")
    reader.do("card resident")
    assert reader.ask(FIND) == h(HEAD + FOUND)
    reader.do("once off")
    reader.read()
    assert reader.ask(FIND) == h(HEAD + FOUND)


def test_faults(reader: Reader) -> None:
    reader.do("card resident")
    reader.do("authorised off")
    assert reader.read() == h(HEAD + "00 04 00 00 66 62")
    reader.do("authorised on")
    reader.do("pull")
    assert reader.read() == h(HEAD + NOT_READ)
    assert reader.ask(FIND) == h(HEAD + NONE)
    reader.do("checksum on")
    assert reader.ask(FIND) == h(HEAD + NONE)[:-1] + bytes([0x84 ^ 0x5A])
    reader.do("checksum off")
    reader.do("dead on")
    assert reader.ask(FIND) == b""
    reader.do("dead off")
    reader.do("card young")
    reader.do("slow 4")
    before = reader.now
    reader.read()
    assert reader.now - before >= 4


def test_split_answers_come_in_pieces(reader: Reader) -> None:
    reader.do("card resident")
    reader.do("split on")
    reader.engine.hear(h(HEAD + FIND), reader.now)
    reader.said()
    reader.ask(SELECT)
    reader.engine.hear(h(HEAD + READ), reader.now)
    said, next_s = reader.engine.due(reader.now + reader.engine.read_s)
    assert len(said) == PIECE_BYTES
    assert next_s is not None
    assert len(said + reader.said()) == 1295


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("00 03 20 01 23", 0x10), ("00 02 20 01", 0x11), ("00 03 77 01 75", 0x21), ("00 03 20 09 2A", 0x24),
        ("00 03 30 77 44", 0x24), ("00 03 10 00 13", 0x24), ("00 03 60 09 6A", 0x24),
    ],
)  # fmt: skip
def test_what_it_does_not_understand(reader: Reader, asked: str, status: int) -> None:
    assert reader.ask(asked)[7:10] == bytes([0, 0, status])


def test_it_hears_frames_in_pieces_and_through_noise(reader: Reader) -> None:
    frame = b"\x00\xff\xaa" + h(HEAD + FIND)
    for place in range(len(frame)):
        reader.engine.hear(frame[:place], reader.now)
        reader.engine.hear(frame[place:], reader.now)
        assert reader.said() == h(HEAD + NONE)
    reader.engine.hear(b"\xaa" * 10_000, reader.now)
    assert len(reader.engine._buffer) <= LONGEST + 7


def test_the_speed_changes_after_the_answer(reader: Reader) -> None:
    assert reader.ask("00 03 60 04 67") == h(HEAD + OK)
    assert reader.engine.baud == 9600


def test_commands_that_are_none(reader: Reader) -> None:
    assert not reader.engine.obey("dance", 0)
    with pytest.raises(ValueError, match="nobody is called 'bob'"):
        reader.engine.obey("card bob", 0)
    with pytest.raises(ValueError, match="could not convert"):
        reader.engine.obey("slow down", 0)
