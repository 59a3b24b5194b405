"""Every kind of slip, as the bytes that go to a printer, read back by an independent interpreter (escpos_reader.py)."""

import dataclasses
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageOps

from hardware.codecs.slip import SlipColumns, SlipDocument, SlipPicture, SlipQr, SlipText
from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from kiosk.printing import ticket_code
from kiosk.services import Names
from kiosk.slip import RollFacts, roll_slip, slip
from kiosk.slip_look import PaperUnit, SlipLook
from kiosk.words import Words
from tests.hardware.devices.escpos_reader import Feed, Item, Misread, Picture, Qr, Reader, Text
from tests.kiosk.kiosks import HALL, MINUTE, NOON, TEXTS, TOKEN, local, stage, ticket
from ticketserver.core.terms import VisitState
from ticketserver.shared.fonts import chinese_font
from ticketserver.wire.views_visits import VisitService

DOTS = {58: 384, 80: 576}
PROFILES = {
    "generic": PrinterProfile(DOTS),
    "narrow": PrinterProfile({58: 384, 80: 512}),
    "picture qr": PrinterProfile(DOTS, device_qr=False),
    "select gbk": PrinterProfile(DOTS, select_gbk=True),
}
PLUS = dataclasses.replace(
    HALL,
    slip=SlipLook(notices={"zh": ("咨询电话 12333", "周六照常"), "en": ("Hotline 12333",)}),
    unit=PaperUnit({"zh": "通用 ESC/POS", "en": "Generic ESC/POS"}, 80, 50.0),
)
WORDS = {language: Words(TEXTS[language], PLUS, local) for language in ("zh", "en")}
ZH, EN, BOTH = [WORDS["zh"]], [WORDS["en"]], [WORDS["zh"], WORDS["en"]]
STOPS = [stage(), stage("pension", open_from_ms=NOON + 90 * MINUTE)]
CASES = [VisitService(service="REG-04", quantity=12)]
PUBLIC = ticket_code("https://fuwu.example.gov.cn/hall", TOKEN)
SLIPS = {
    "plain": slip(ticket(), ZH, TOKEN, False),
    "english": slip(ticket(), EN, PUBLIC, True),
    "both": slip(ticket(stages=STOPS), BOTH, PUBLIC, True),
    "reprint": slip(ticket(priority="age", services=CASES), ZH, TOKEN, False, reprint=True),
    "called": slip(ticket(state=VisitState.CALLED, counter=3), ZH, TOKEN, False),
    "before opening": slip(ticket(calling_from_ms=NOON + 30 * MINUTE), EN, "", False),
    "new roll": roll_slip(WORDS["zh"], RollFacts(NOON, 48_320.0, "marker")),
}


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chinese_font(tmp_path_factory.mktemp("fonts"))


def read(document: SlipDocument, profile: PrinterProfile, paper_mm: int, font: Path) -> list[Item]:
    """The one piece of paper that a document comes to."""
    paper = Reader().read(PrinterSetup(profile, paper_mm, font).slip(document).data)
    [piece] = paper.pieces
    assert paper.rest == []
    return piece


def intended(document: SlipDocument) -> str:
    """All that a document says, without blanks: lines may be broken anywhere."""
    said = [document.mark]
    for item in document.items:
        if isinstance(item, SlipText):
            said.append(item.text)
        elif isinstance(item, SlipColumns):
            said += [item.left, item.right]
    return "".join("".join(said).split()).replace("–", "-")


def said(piece: list[Item]) -> str:
    lines = (item.text for item in piece if isinstance(item, Text) and set(item.text) != {"─"})
    return "".join("".join(lines).split())


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", SLIPS)
def test_each_slip_says_what_is_meant_and_its_code_is_the_number_s(
    kind: str, profile: str, paper_mm: int, font: Path
) -> None:
    document = SLIPS[kind]
    piece = read(document, PROFILES[profile], paper_mm, font)
    assert said(piece) == intended(document)
    meant = [item.data for item in document.items if isinstance(item, SlipQr)]
    codes = [item.data.decode() for item in piece if isinstance(item, Qr)]
    assert codes + scanned(piece) == meant
    dots = PROFILES[profile].dots[paper_mm]
    columns = dots // 12
    for line in (item for item in piece if isinstance(item, Text)):
        assert sum(1 if sign.isascii() else 2 for sign in line.text) * line.wide <= columns


def scanned(piece: list[Item]) -> list[str]:
    """The codes among the pictures; pictures that follow one another are one."""
    found = []
    for picture in stacked(piece):
        white = ImageOps.expand(ImageOps.invert(picture), 40, 255)
        found += [code.text for code in zxingcpp.read_barcodes(white)]
    return found


def stacked(piece: list[Item]) -> list[Image.Image]:
    runs: list[list[Image.Image]] = [[]]
    for item in piece:
        if isinstance(item, Picture):
            runs[-1].append(item.image)
        elif runs[-1]:
            runs.append([])
    whole = []
    for run in filter(None, runs):
        sheet = Image.new("L", (max(part.width for part in run), sum(part.height for part in run)))
        top = 0
        for part in run:
            sheet.paste(part, (0, top))
            top += part.height
        whole.append(sheet)
    return whole


def test_the_number_is_large_and_in_the_middle_and_the_mark_stands_over_it(font: Path) -> None:
    piece = read(SLIPS["reprint"], PROFILES["generic"], 80, font)
    assert piece[0] == Text(" 补打 ", 2, 2, "centre", False, True)
    assert Text("A012", 4, 4, "centre", True, False) in piece
    assert Text("综合窗口", 2, 2, "centre", False, False) in piece
    [code] = [item for item in piece if isinstance(item, Qr)]
    assert (code.module_dots, code.level, code.align) == (6, "M", "centre")
    assert sum(isinstance(item, Feed) for item in piece) == 3


def test_a_character_without_a_code_is_drawn_in_its_line_and_no_byte_of_it_sent_as_text(font: Path) -> None:
    names = Names("鿍镇㙦村大厅", "Hall")
    hall = dataclasses.replace(HALL, name=names)
    document = slip(ticket(), [Words(TEXTS["zh"], hall, local)], TOKEN, False)
    piece = read(document, PROFILES["generic"], 80, font)
    drawn = piece[0]
    assert isinstance(drawn, Picture)
    left, _, right, _ = drawn.image.getbbox() or (0, 0, 0, 0)
    assert 216 <= left < right <= 360
    assert right - left > 6 * 20
    rest = dataclasses.replace(document, items=document.items[1:])
    assert said(piece) == intended(rest)


def test_a_logo_stands_over_everything_in_the_middle(font: Path) -> None:
    rows = bytes([0xFF, 0x81] * 60)
    hall = dataclasses.replace(HALL, slip=SlipLook(logo=SlipPicture(2, 60, rows)))
    piece = read(slip(ticket(), [Words(TEXTS["zh"], hall, local)], "", False), PROFILES["generic"], 58, font)
    logo = piece[0]
    assert isinstance(logo, Picture)
    assert (logo.image.size, logo.align) == ((16, 60), "centre")
    assert logo.image.convert("1").tobytes() == rows


@pytest.mark.parametrize("data", [
    b"\x1b\x40\xba\xc5\x0a", b"\x1b\x40\x1c\x26\xba", b"\x1b\x40A", b"\x1d\x28\x6b\x03\x00\x31\x51\x30",
    b"\x1d\x56\x00", b"\x1b\x21\x10", b"\x07", b"A\x1b\x61\x01", b"\x1d\x76\x30\x00\x01\x00\x02\x00\x10\x04",
])  # fmt: skip
def test_the_interpreter_takes_nothing_for_a_slip_that_is_none(data: bytes) -> None:
    with pytest.raises(Misread):
        Reader().read(data)
