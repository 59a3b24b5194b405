"""The faulty cable itself: every fault is real at the driver's end, is counted, and is gone when it is switched off."""

import time
from pathlib import Path

import pytest

from hardware.transports.link import Link, LinkDown
from hardware.transports.open import open_link
from tests.hardware import line_faults
from tests.hardware.line_faults import FAULTS, FaultyLine, PtyLine, TcpLine, garbled
from tests.hardware.serving import DEADLINE_S

ANSWER = bytes(range(0x40, 0x60))
KINDS = ("pty", "tcp")


def answering(data: bytes) -> list[bytes]:
    return [ANSWER] if b"?" in data else []


def make(kind: str, tmp_path: Path, **faults) -> FaultyLine:
    return PtyLine(tmp_path / "line", answering, **faults) if kind == "pty" else TcpLine(answering, **faults)


def opened(line: FaultyLine) -> Link:
    return open_link(line.address(9600) if isinstance(line, PtyLine) else line.address())


def asked(link: Link, count: int = len(ANSWER), quiet_s: float = 0.2) -> list[bytes]:
    """What comes back on a question, as pieces: until `count` bytes are there and the line is quiet, or silence."""
    link.write(b"?")
    pieces: list[bytes] = []
    while piece := link.read(quiet_s if sum(map(len, pieces)) >= count else DEADLINE_S):
        pieces.append(piece)
    return pieces


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_fault_bytes_pass_as_they_are(kind: str, tmp_path: Path) -> None:
    with make(kind, tmp_path) as line:
        link = opened(line)
        assert b"".join(asked(link)) == ANSWER
        assert not line.injected
        link.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fault", "comes"),
    [
        ("silence", b""),
        ("late", ANSWER),
        ("split", ANSWER),
        ("garbage", b"GGG" + ANSWER),
        ("doubled", ANSWER * 2),
        ("flipped", bytes([ANSWER[0], ANSWER[1] ^ 0x04]) + ANSWER[2:]),
        ("stranger", b"other"),
        ("echo", b"?" + ANSWER),
    ],
)
def test_each_fault_of_an_answer(
    kind: str, fault: str, comes: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make(kind, tmp_path, garbage=b"GGG", stranger=b"other", flip_bit=10, late_s=0.4) as line:
        link, written, write = opened(line), list[bytes](), line._write_near
        # How much of it a reader finds at once is the machine's affair.
        monkeypatch.setattr(line, "_write_near", lambda data: (written.append(data), write(data)))
        with line.fault(fault):
            begun = time.monotonic()
            pieces = asked(link, len(comes))
            line.wait(fault)
            took_s = time.monotonic() - begun
        assert b"".join(pieces) == comes
        assert line.injected == {fault: 1}
        assert fault != "split" or written == [bytes([byte]) for byte in ANSWER]
        assert fault != "late" or took_s > 0.4
        assert b"".join(asked(link)) == ANSWER
        link.close()


def test_a_truncated_answer_is_a_real_part_of_it(tmp_path: Path) -> None:
    with make("pty", tmp_path, seed=3) as line:
        link = opened(line)
        with line.fault("truncated"):
            cut = [b"".join(asked(link, 1)) for _ in range(3)]
        assert all(ANSWER.startswith(each) and each != ANSWER for each in cut)
        assert len(set(cut)) > 1
        assert line.injected == {"truncated": 3}
        link.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_speed_garbles_both_ways(kind: str, tmp_path: Path) -> None:
    with make(kind, tmp_path) as line:
        link = opened(line)
        with line.fault("wrong_speed"):
            link.write(garbled(b"?"))
            arrived = b""
            while len(arrived) < len(ANSWER):
                arrived += link.read(2.0)
            assert arrived == garbled(ANSWER)
        assert line.injected == {"wrong_speed": 2}
        link.close()


def test_faults_may_meet(tmp_path: Path) -> None:
    with make("pty", tmp_path, garbage=b"G") as line:
        link = opened(line)
        with line.fault("echo", "doubled", "garbage", "split"):
            assert b"".join(asked(link, 2 + 2 * len(ANSWER))) == b"?G" + ANSWER * 2
        assert dict(line.injected) == {"echo": 1, "doubled": 1, "garbage": 1, "split": 1}
        link.close()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unplugged_line_is_down_and_comes_back_under_its_name(kind: str, tmp_path: Path) -> None:
    with make(kind, tmp_path) as line:
        link = opened(line)
        assert b"".join(asked(link)) == ANSWER
        with line.fault("unplug"):
            with pytest.raises(LinkDown):
                link.read(DEADLINE_S)
            link.close()
            with pytest.raises(LinkDown):
                opened(line)
        assert line.injected == {"unplug": 1}
        link = opened(line)
        assert b"".join(asked(link)) == ANSWER
        link.close()


def test_a_blocked_pty_takes_nothing_and_goes_on_after(tmp_path: Path) -> None:
    with make("pty", tmp_path) as line:
        link = opened(line)
        with line.fault("blocked"), pytest.raises(LinkDown, match="took no data"):
            link.write(b"?", 0.1)
        assert line.injected == {"blocked": 1}
        assert b"".join(asked(link)) == ANSWER
        link.close()


def test_a_blocked_socket_is_read_later(tmp_path: Path) -> None:
    with make("tcp", tmp_path) as line:
        link = opened(line)
        with line.fault("blocked"):
            link.write(b"?")
            assert link.read(0.2) == b""
        assert link.read(DEADLINE_S)
        link.close()


def test_a_far_pty_is_relayed_and_takes_the_drivers_speed(tmp_path: Path) -> None:
    with PtyLine(tmp_path / "far", answering) as far, PtyLine(tmp_path / "near", tmp_path / "far") as line:
        link = open_link(line.address(57600))
        assert b"".join(asked(link)) == ANSWER
        assert far._speed() == line._speed()
        with line.fault("doubled"):
            assert b"".join(asked(link, 2 * len(ANSWER))) == ANSWER * 2
        with far.fault("unplug"):
            link.write(b"?")
            assert link.read(0.2) == b""
        assert b"".join(asked(link)) == ANSWER
        link.close()


def test_a_far_socket_ends_and_begins_with_the_drivers_session(tmp_path: Path) -> None:
    with TcpLine(answering) as far, TcpLine(("127.0.0.1", far.port)) as line:
        for _ in range(2):
            link = opened(line)
            assert b"".join(asked(link)) == ANSWER
            link.close()


def test_one_may_wait_for_a_fault(tmp_path: Path) -> None:
    with make("pty", tmp_path) as line:
        link = opened(line)
        with line.fault("silence"):
            link.write(b"?")
            line.wait("silence")
            with pytest.raises(AssertionError, match=r"silence injected 1 times of 2 within 0\.05 s"):
                line.wait("silence", 2, timeout_s=0.05)
        link.close()


def test_a_fault_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with make("pty", tmp_path) as line:
        with pytest.raises(ValueError, match="fault 'noise': one of silence, late"):
            line.on("noise")
        with pytest.raises(ValueError, match="another unit's answer"):
            line.on("stranger")


def test_every_fault_is_in_the_table() -> None:
    rows = [row.split("|")[1].strip() for row in (line_faults.__doc__ or "").splitlines() if row.startswith("|")]
    assert tuple(rows[2:]) == FAULTS
