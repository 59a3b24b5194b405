"""Slips as pictures: drawn lines, codes that scan, previews as wide as their paper."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hardware.codecs.slip import SlipDocument, SlipFeed, SlipQr, SlipRule, SlipText
from hardware.codecs.slip_layout import QrLine, TextLine
from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from hardware.devices.slip_preview import preview
from hardware.devices.slip_raster import bitmap, draw_line
from tests.hardware.devices.printers import DOTS, GENERIC
from ticketserver.shared.fonts import chinese_font

TOKEN = "AbCdEfGhIjKlMnOpQrStUv"


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chinese_font(tmp_path_factory.mktemp("fonts"))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = picture.getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_line_is_drawn_in_its_place_and_size(font: Path, size: int) -> None:
    left, top, right, bottom = ink(draw_line(TextLine("䶮㙦", size), 384, font))
    assert left < 6 * size
    assert 36 * size < right <= 48 * size
    assert top < 6 * size
    assert 18 * size < bottom <= 24 * size
    assert ink(draw_line(TextLine("䶮", align="right"), 384, font))[0] >= 360
    centred = ink(draw_line(TextLine("䶮", align="centre"), 384, font))
    assert centred[0] >= 180
    assert centred[2] <= 204


def test_different_characters_are_different_dots(font: Path) -> None:
    pictures = [bitmap(TextLine(text), 384, font).data for text in ("䶮", "㙦", "鿍", "𬬭")]
    assert len(set(pictures)) == 4


def test_bold_has_more_ink_and_inverse_the_rest(font: Path) -> None:
    looks = (TextLine("䶮"), TextLine("䶮", bold=True), TextLine("䶮", inverse=True))
    plain, bold, inverse = (sum(byte.bit_count() for byte in bitmap(line, 384, font).data) for line in looks)
    assert plain < bold
    assert plain + inverse == 24 * 24


def test_letters_stand_in_their_columns_and_accents_over_them(font: Path) -> None:
    wide = ink(draw_line(TextLine("WWWW"), 384, font))
    assert wide[2] <= 48
    assert ink(draw_line(TextLine("n\u0303"), 384, font))[1] < ink(draw_line(TextLine("n"), 384, font))[1]
    assert bitmap(TextLine("  "), 384, font).row_bytes == 1


def test_the_dots_sent_end_with_the_ink(font: Path) -> None:
    assert bitmap(TextLine("䶮"), 576, font).row_bytes == 3
    assert bitmap(TextLine("䶮"), 576, font).rows == 30
    assert bitmap(TextLine("䶮", align="right"), 576, font).row_bytes == 72


def test_a_drawn_code_is_as_wide_as_it_was_laid_out_and_scans(font: Path) -> None:
    picture = draw_line(QrLine(TOKEN.encode(), 6, 25), 384, font)
    assert ink(picture) == (117, 0, 267, 150)


@pytest.mark.parametrize("paper_mm", [58, 80])
def test_a_preview_is_the_slip_on_its_paper(font: Path, paper_mm: int) -> None:
    items = (SlipText("A012", size=4, bold=True, align="centre"), SlipRule(), SlipFeed(2), SlipQr(TOKEN, 6))
    picture = preview(SlipDocument(items, "补打"), paper_mm, font, GENERIC)
    assert picture.size == (paper_mm * 8, 2 * 40 + 48 + 30 + 96 + 30 + 60 + 30 + 150 + 30)
    assert picture.getpixel((0, 0)) == 255
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == TOKEN


def test_profiles_in_bytes(font: Path) -> None:
    document = SlipDocument((SlipText("䶮镇"), SlipQr(TOKEN, 6)))
    plain, picture_qr, select_gbk = (
        PrinterSetup(PrinterProfile(DOTS, **other), 80, font, 90, baud=19200).slip(document)
        for other in ({}, {"device_qr": False}, {"select_gbk": True})
    )
    assert select_gbk.data.startswith(b"\x1b\x40\x1b\x39\x00\x1c\x26")
    assert b"\x1d\x28\x6b" in plain.data
    assert b"\x1d\x28\x6b" not in picture_qr.data
    assert plain.data.count(b"\x1d\x76\x30") == 1
    assert picture_qr.longest == 2048
    assert plain.longest == 6 * 30


def test_marks_above_and_below_a_letter_are_not_cut_off(font: Path) -> None:
    words = ("a", "ạ", "ă", "ặ", "e", "é", "ẹ", "ế")
    assert len({draw_line(TextLine(each), 384, font).tobytes() for each in words}) == len(words)
