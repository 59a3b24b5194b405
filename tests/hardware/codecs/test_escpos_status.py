"""States out of status bytes, from the examples of the device reference."""

import pytest

from hardware.codecs.escpos_status import (
    SILENT,
    PrinterStatus,
    decode_auto_status,
    decode_status,
    is_queued_paper,
)

READINGS = [
    ("12 12 12 12", PrinterStatus()),
    ("1A 32 12 7E", PrinterStatus(paper="out", offline=True)),
    ("1A 16 12 12", PrinterStatus(cover_open=True, offline=True)),
    ("1A 52 1A 12", PrinterStatus(cutter_error=True, offline=True)),
    ("3A 52 1A 12", PrinterStatus(cutter_error=True, offline=True, waits=True)),
    ("12 12 12 1E", PrinterStatus(paper="near_end")),
    ("1A 12 52 12", PrinterStatus(hot=True, offline=True)),
    ("1A 52 32 12", PrinterStatus(error=True, offline=True)),
    ("1A 52 16 12", PrinterStatus(error=True, offline=True)),
    ("1A 32 12 12", PrinterStatus(paper="out", offline=True)),
    ("1A 1A 12 12", PrinterStatus(offline=True)),
    ("16 12 12 12", PrinterStatus()),
]


@pytest.mark.parametrize(("answers", "status"), READINGS)
def test_real_time_status(answers: str, status: PrinterStatus) -> None:
    assert decode_status(dict(enumerate(bytes.fromhex(answers), 1))) == status


@pytest.mark.parametrize("answers", ["12 12 12 16", "12 12 12 1A", "12 12 12 32", "12 12 12 52", "12 13 12 12"])
def test_a_reading_that_contradicts_itself_is_void(answers: str) -> None:
    assert decode_status(dict(enumerate(bytes.fromhex(answers), 1))) is None


def test_a_part_of_the_answers_tells_a_part() -> None:
    assert decode_status({4: 0x7E}) == PrinterStatus(paper="out")
    assert decode_status({2: 0x16}) == PrinterStatus(cover_open=True)


@pytest.mark.parametrize(("data", "status"), [
    ("10 00 00 0F", PrinterStatus()),
    ("18 00 0C 0F", PrinterStatus(paper="out", offline=True)),
    ("10 00 03 0F", PrinterStatus(paper="near_end")),
    ("38 00 00 0F", PrinterStatus(cover_open=True, offline=True)),
    ("18 08 00 0F", PrinterStatus(cutter_error=True, offline=True)),
    ("18 20 00 0F", PrinterStatus(error=True, offline=True)),
    ("18 40 00 0F", PrinterStatus(hot=True, offline=True)),
])  # fmt: skip
def test_automatic_status(data: str, status: PrinterStatus) -> None:
    assert decode_auto_status(bytes.fromhex(data)) == status


def test_queued_paper_status() -> None:
    assert [byte for byte in range(256) if is_queued_paper(byte)] == [0x00, 0x03, 0x0C, 0x0F]


@pytest.mark.parametrize(("status", "hindrance", "fault"), [
    (PrinterStatus(), "", ""),
    (PrinterStatus(paper="near_end"), "", ""),
    (PrinterStatus(paper="out", cover_open=True, offline=True), "paper_out", "paper_out"),
    (PrinterStatus(cover_open=True, offline=True), "cover_open", "cover_open"),
    (PrinterStatus(cutter_error=True), "cutter_error", "cutter_error"),
    (PrinterStatus(error=True), "error", "error"),
    (PrinterStatus(hot=True, offline=True), "hot_head", ""),
    (PrinterStatus(offline=True), "offline", ""),
    (SILENT, "silent", ""),
])  # fmt: skip
def test_what_stands_in_the_way(status: PrinterStatus, hindrance: str, fault: str) -> None:
    assert (status.hindrance, status.fault) == (hindrance, fault)
