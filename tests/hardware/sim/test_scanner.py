"""The virtual scanner: what it sends, and the module's answers byte by byte."""

import struct

import pytest

from hardware.sim.scanner_engine import ScannerEngine
from hardware.sim.scanner_keys import key_events

TRIGGER = bytes.fromhex("7E 00 08 01 00 02 01 AB CD")
SAVE = bytes.fromhex("7E 00 09 01 00 00 00 DE C8")
READ_SPEED = bytes.fromhex("7E 00 07 01 00 2A 02 D8 0F")
ACCEPTED = bytes.fromhex("02 00 00 01 00 33 31")


def said(engine: ScannerEngine, now_s: float = 0.0) -> bytes:
    total, next_s = engine.due(now_s)
    while next_s is not None:
        more, next_s = engine.due(next_s)
        total += more
    return total


def scanned(engine: ScannerEngine, *commands: str) -> bytes:
    for command in commands:
        assert engine.obey(command, 0.0), command
    return said(engine)


@pytest.mark.parametrize(
    ("commands", "sent"),
    [
        (["scan A012"], b"A012\r"), (["end lf", "scan A012"], b"A012\n"), (["end crlf", "scan A012"], b"A012\r\n"),
        (["end none", "scan A012"], b"A012"), (["prefix ]Q1", "scan A 1"], b"]Q1A 1\r"),
        (["prefix ]Q1", "prefix", "scan A"], b"A\r"), (["double on", "scan A"], b"A\rA\r"),
        (["scan 码"], "码\r".encode()), (["gbk on", "scan 码"], "码\r".encode("gbk")),
        (["slow 20", "scan A012"], b"A012\r"), (["scan A", "again"], b"A\rA\r"), (["again"], b""),
        (["dead on", "scan A"], b""),
    ],
)  # fmt: skip
def test_what_it_sends(commands: list[str], sent: bytes) -> None:
    assert scanned(ScannerEngine(), *commands) == sent


def test_slow_bytes_keep_their_distance() -> None:
    engine = ScannerEngine()
    engine.obey("slow 20", 0.0)
    engine.obey("scan AB", 0.0)
    assert engine.due(0.0) == (b"A", 0.02)
    assert engine.due(0.021)[0] == b"B"


@pytest.mark.parametrize(
    ("command", "answer"),
    [(TRIGGER, ACCEPTED), (SAVE, ACCEPTED), (READ_SPEED, bytes.fromhex("02 00 00 02 39 01 C1 4C"))],
)
def test_a_module_answers(command: bytes, answer: bytes) -> None:
    for place in range(len(command)):
        engine = ScannerEngine(mode="module")
        engine.hear(command[:place], 0.0)
        engine.hear(command[place:], 0.0)
        assert said(engine) == answer


def test_a_module_ignores_a_wrong_sum_and_what_it_does_not_know() -> None:
    engine = ScannerEngine(mode="module")
    engine.hear(READ_SPEED[:-1] + b"\x0e" + b"noise" + TRIGGER[:2] + b"\x01" + TRIGGER[3:], 0.0)
    assert said(engine) == b""
    engine.hear(b"\x7e" * 1000, 0.0)
    assert len(engine._buffer) <= 300


def test_on_command_it_reads_only_after_the_command() -> None:
    engine = ScannerEngine(mode="on-command")
    assert scanned(engine, "scan A012") == b""
    engine.hear(TRIGGER, 1.0)
    assert said(engine, 1.0) == ACCEPTED + b"A012\r"
    engine.hear(TRIGGER, 10.0)
    said(engine, 10.0)
    engine.obey("scan C001", 10.0 + engine.window_s + 1)
    assert said(engine, 100.0) == b""


def test_a_plain_scanner_answers_nothing() -> None:
    engine = ScannerEngine()
    engine.hear(TRIGGER + READ_SPEED, 0.0)
    assert said(engine) == b""


def test_keys() -> None:
    def key(code: int, value: int) -> bytes:
        return struct.pack("<qqHHi", 5, 250_000, 1, code, value) + struct.pack("<qqHHi", 5, 250_000, 0, 0, 0)

    assert key_events("aB码", 5.25) == [
        key(30, 1), key(30, 0), key(42, 1), key(48, 1), key(48, 0), key(42, 0), key(28, 1), key(28, 0),
    ]  # fmt: skip
    assert len(scanned(ScannerEngine(mode="keyboard"), "scan a")) == 4 * 48


def test_commands_that_are_none() -> None:
    assert not ScannerEngine().obey("dance", 0)
    assert not ScannerEngine().obey("end nowhere", 0)
    with pytest.raises(ValueError, match="could not convert"):
        ScannerEngine().obey("slow down", 0)
