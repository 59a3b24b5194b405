"""Sessions: recorded from a link, kept as text, played back; what differs is named."""

from pathlib import Path

import pytest

from hardware.transports.link import LinkDown
from hardware.transports.memory import memory_pair
from hardware.transports.recorded import Recorder
from hardware.transports.replayed import Replay
from hardware.transports.sessions import BadSession, Differs, Entry, Session, load_session

HEAD = {"link": "serial:/dev/ttyUSB0?baud=19200", "device": "printer generic"}
TALK = Session(
    HEAD,
    (
        Entry(0.1, "!", text="serial:x: cannot open"),
        Entry(0.6, "+"),
        Entry(0.7, ">", b"\x10\x04\x01"),
        Entry(0.9, "<", b"\x12\x13"),
        Entry(1.0, ">", b"\x10\x04\x02"),
        Entry(5.0, "<", b"\x7e"),
        Entry(6.0, ">", b"abc", "serial:x: took no data"),
        Entry(6.1, "-"),
        Entry(6.6, "+"),
        Entry(7.0, "!", text="serial:x: gone"),
        Entry(7.0, "="),
        Entry(7.1, "-"),
    ),
)


class Counting:
    """A mask that shows how often the driver has asked."""

    def __init__(self) -> None:
        self.asked = 0

    def heard(self, data: bytes) -> bytes:
        return bytes([self.asked] * len(data))

    def sent(self) -> None:
        self.asked += 1


def test_a_recorded_session_is_what_happened_and_plays_back() -> None:
    near, far = memory_pair()
    links = [near]

    def opened():
        if not links:
            raise LinkDown("not there")
        return links.pop()

    recorder = Recorder(opened)
    link = recorder.open()
    assert link.name == "memory:a"
    link.write(b"ask")
    far.write(b"answer")
    assert link.read(1.0) == b"answer"
    assert link.read(0) == b""
    far.close()
    with pytest.raises(LinkDown):
        link.read(0)
    with pytest.raises(LinkDown):
        link.write(b"more")
    link.close()
    recorder.end()
    recorder.wait(0.0)
    with pytest.raises(LinkDown):
        recorder.open()
    session = recorder.session(HEAD)
    assert [(each.mark, each.data, each.text) for each in session.entries] == [
        ("+", b"", ""),
        (">", b"ask", ""),
        ("<", b"answer", ""),
        ("!", b"", "memory:a: the far end is closed"),
        (">", b"more", "memory:a: the link is closed"),
        ("-", b"", ""),
        ("=", b"", ""),
        ("!", b"", "not there"),
    ]
    times = [each.at_s for each in session.entries]
    assert times == sorted(times)
    assert times[-1] <= round(recorder.clock(), 3)


def test_what_a_mask_hides_reaches_neither_the_driver_nor_the_file() -> None:
    near, far = memory_pair()
    recorder = Recorder(lambda: near, Counting)
    link = recorder.open()
    far.write(b"\x01\x02")
    assert link.read(1.0) == b"\x00\x00"
    link.write(b"ask")
    far.write(b"\x03")
    assert link.read(1.0) == b"\x01"
    assert [entry.data for entry in recorder.session({}).entries] == [b"", b"\x00\x00", b"ask", b"\x01"]


def test_a_session_is_a_file_and_back(tmp_path: Path) -> None:
    TALK.save(tmp_path / "a.session")
    assert load_session(tmp_path / "a.session") == TALK
    text = (tmp_path / "a.session").read_text()
    assert text.startswith("# link serial:/dev/ttyUSB0?baud=19200\n# device printer generic\n")
    assert "   0.700 > 10 04 01\n   0.900 < 12 13\n" in text
    assert "   6.000 > 61 62 63 ! serial:x: took no data\n" in text


@pytest.mark.parametrize(
    ("line", "says"), [("0.1 > 12", "is no line of a session"), ("0.100 > 1G", "no bytes in hexadecimal"), ("x", "'x'")]
)
def test_a_file_that_is_none_is_named_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.session"
    file.write_text(f"# link x\n\n{line}\n")
    with pytest.raises(BadSession, match=rf"a\.session:3: .*{says}"):
        load_session(file)


def test_playback_gives_what_was_heard_in_its_turn_and_time() -> None:
    replay = Replay(TALK)
    with pytest.raises(LinkDown, match="cannot open"):
        replay.open()
    replay.wait(0.5)
    link = replay.open()
    assert replay.clock() == pytest.approx(0.6)
    assert link.name == "session"
    assert link.read(10.0) == b""
    assert replay.waits_for == "0.700 > 10 04 01"
    link.write(b"\x10\x04\x01")
    assert replay.waits_for == "0.900 < 12 13"
    assert link.read(1.0, limit=1) + link.read(1.0) == b"\x12\x13"
    link.write(b"\x10\x04\x02")
    with pytest.raises(LinkDown, match="took no data"):
        link.write(b"abc")
    assert link.read(0) == b"\x7e"
    link.close()
    link = replay.open()
    with pytest.raises(LinkDown, match="gone"):
        link.read(0)
    assert replay.over
    assert not replay.complete
    replay.end()
    link.close()
    assert replay.over
    assert replay.complete
    assert replay.waits_for == "nothing"


def test_nothing_is_heard_before_its_time() -> None:
    replay = Replay(Session({}, (Entry(0.0, "+"), Entry(2.0, "<", b"x"))))
    link = replay.open()
    assert link.read(1.5) == b""
    assert link.read(1.0) == b"x"
    assert replay.clock() == 2.0


@pytest.mark.parametrize("does", ["write", "close", "open"])
def test_a_driver_that_does_something_else_is_told_both(does: str) -> None:
    replay = Replay(Session({}, (Entry(0.0, "+"), Entry(0.5, ">", b"\x10\x04\x01"), Entry(0.9, "-"))))
    link = replay.open()
    acts = {"write": lambda: link.write(b"\x10\x04\x02"), "close": link.close, "open": replay.open}
    with pytest.raises(Differs, match=r"the driver does: .*\nwas recorded:   0\.500 > 10 04 01"):
        acts[does]()
    link.close()


def test_a_driver_that_goes_on_after_the_end_is_told_so() -> None:
    replay = Replay(Session({}, (Entry(0.0, "+"),)))
    link = replay.open()
    with pytest.raises(Differs, match="was recorded:   nothing more"):
        link.write(b"x")


def test_an_end_that_was_not_noted_is_the_last_of_all() -> None:
    replay = Replay(Session({}, (Entry(0.0, "+"), Entry(0.5, "<", b"x"))))
    link = replay.open()
    assert not replay.over
    assert link.read(1.0) == b"x"
    assert replay.over
    assert replay.complete
