"""The in-memory link: a faithful byte stream without faults, each fault by itself, and what it counts."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import BUFFER_BYTES, LinkFaults, memory_pair


def drain(link: Link) -> list[bytes]:
    return list(iter(lambda: link.read(0), b""))


def test_bytes_pass_in_order_and_silence_is_empty() -> None:
    a, b = memory_pair()
    assert (a.name, b.name) == ("memory:a", "memory:b")
    assert b.read(0) == b""
    a.write(b"one")
    a.write(b"two")
    b.write(b"back")
    assert b.read(0, limit=2) == b"on"
    assert drain(b) == [b"e", b"two"]
    assert drain(a) == [b"back"]
    a.write(b"")
    assert drain(b) == []


def test_a_closed_end_brings_the_other_down_after_its_last_bytes() -> None:
    a, b = memory_pair()
    a.write(b"last")
    a.close()
    assert b.read(1) == b"last"
    with pytest.raises(LinkDown, match="far end is closed"):
        b.read(1)
    with pytest.raises(LinkDown, match="link is closed"):
        b.write(b"x")
    with pytest.raises(LinkDown, match="this end is closed"):
        a.read(1)


def test_a_full_buffer_blocks_the_writer() -> None:
    a, b = memory_pair()
    a.write(b"x" * BUFFER_BYTES)
    with pytest.raises(LinkDown, match="took no data for 0 s"):
        a.write(b"y", timeout_s=0)
    assert b.read(0) == b"x" * BUFFER_BYTES
    a.write(b"y", timeout_s=0)
    assert b.read(0) == b"y"


def test_a_writer_waits_for_a_reader_in_another_thread() -> None:
    a, b = memory_pair()
    a.write(b"x" * BUFFER_BYTES)
    writer = threading.Thread(target=a.write, args=(b"y", 30.0))
    writer.start()
    assert b.read(30.0) == b"x" * BUFFER_BYTES
    assert b.read(30.0) == b"y"
    writer.join(30.0)
    assert not writer.is_alive()


def test_each_fault_does_what_it_says_and_is_counted() -> None:
    sent = bytes(range(1, 9))

    def through(**chances: float) -> tuple[list[bytes], list[bytes], LinkFaults]:
        faults = LinkFaults(seed=3, **chances)
        a, b = memory_pair(faults)
        a.write(sent)
        return drain(a), drain(b), faults

    heard, pieces, faults = through(split=1)
    assert len(pieces) > 1
    assert b"".join(pieces) == sent
    assert heard == []
    assert faults.injected == {"split": 1}
    _, [dropped], faults = through(drop=1)
    assert len(dropped) == 7
    assert set(dropped) < set(sent)
    assert faults.injected == {"drop": 1}
    _, [flipped], faults = through(flip=1)
    assert sum((a ^ b).bit_count() for a, b in zip(flipped, sent, strict=True)) == 1
    assert faults.injected == {"flip": 1}
    _, [noisy], faults = through(noise=1)
    assert noisy.endswith(sent)
    assert 1 <= len(noisy) - len(sent) <= 4
    assert faults.injected == {"noise": 1}
    assert through(double=1)[1] == [sent + sent]
    assert through(echo=1)[:2] == ([sent], [sent])


def test_a_lone_byte_can_be_lost() -> None:
    a, b = memory_pair(LinkFaults(drop=1.0))
    a.write(b"x")
    assert b.read(0) == b""


@given(st.integers(), st.lists(st.binary(min_size=1, max_size=20), max_size=20))
def test_the_same_seed_gives_the_same_line(seed: int, writes: list[bytes]) -> None:
    def run() -> list[bytes]:
        a, b = memory_pair(LinkFaults(seed=seed, split=0.3, drop=0.3, flip=0.3, noise=0.3, double=0.3))
        for data in writes:
            a.write(data, timeout_s=0)
        return drain(b)

    assert run() == run()
