"""What a virtual printer puts on paper: words, pictures, and where the cutter goes through."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from hardware.sim import printer_glyphs
from hardware.sim.printer_glyphs import NoType, face, glyph
from hardware.sim.printer_paper import Paper, Piece, Strip
from hardware.sim.printer_profile import Profile
from hardware.sim.printer_slips import SlipFolder
from tests.hardware.sim.printer_bench import FEED_AND_CUT, Bench, h

LEAD = 96
MARGIN = 32


def slip(data: bytes, **switches: object) -> Piece:
    bench = Bench(**switches)
    bench.hear(data + FEED_AND_CUT)
    bench.finish()
    [piece] = bench.pieces
    return piece


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def ink(piece: Piece) -> tuple[int, int, int, int]:
    """The box of all black dots, counted from the print area's left and from below the blank lead."""
    box = ImageChops.invert(piece.picture).getbbox()
    assert box
    left = (piece.picture.width - (384 if piece.picture.width == 464 else 576)) // 2
    return (box[0] - left, box[1] - LEAD, box[2] - left, box[3] - LEAD)


def qr_code(data: bytes, dots: int = 6, level: int = 0x31) -> bytes:
    return (
        h("1D 28 6B 04 00 31 41 32 00")
        + h("1D 28 6B 03 00 31 43")
        + bytes([dots])
        + h("1D 28 6B 03 00 31 45")
        + bytes([level])
        + h("1D 28 6B")
        + (len(data) + 3).to_bytes(2, "little")
        + b"1P0"
        + data
        + h("1D 28 6B 03 00 31 51 30")
    )


@pytest.mark.parametrize(("paper_mm", "whole", "columns"), [(58, 464, 32), (80, 640, 48)])
def test_a_line_has_as_many_columns_as_the_paper(paper_mm: int, whole: int, columns: int) -> None:
    piece = slip(b"H" * (columns + 1) + b"\n" + gbk("国" * (columns // 2)) + b"\n", paper_mm=paper_mm)
    assert piece.lines[:3] == ("H" * columns, "H", "国" * (columns // 2))
    assert piece.picture.width == whole
    left, _, right, bottom = ink(piece)
    assert 0 <= left <= 2
    assert columns * 12 - 3 <= right <= columns * 12
    assert bottom <= 3 * 30


def test_a_glyph_on_paper_is_that_of_the_chinese_face() -> None:
    """骨 is drawn otherwise in Japan: what is printed is the Chinese form, not that of the collection's first face."""
    printed = slip(gbk("骨\n")).picture.crop((MARGIN, LEAD, MARGIN + 24, LEAD + 24))
    chinese = ImageChops.invert(glyph("骨", True, 1, 1).convert("L"))
    assert ImageChops.difference(printed, chinese).getbbox() is None
    path, index = printer_glyphs._collection()
    assert index != 0
    assert face(48).getmask("骨").getbbox()
    japanese = printer_glyphs.ImageFont.truetype(path, 48, index=0)
    assert bytes(face(48).getmask("骨")) != bytes(japanese.getmask("骨"))


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("scale", [1, 2, 4, 8])
def test_no_glyph_leaves_its_cell(wide: bool, scale: int) -> None:
    """A cell holds as many dots as the letter has on a sheet of any size. Only | is higher than all type."""
    type_size, base = (24, 21) if wide else (21, 18.75)
    signs = "国圆鬱龘勂堸，。「（）" if wide else "".join(map(chr, range(33, 127))).replace("|", "")
    for character in signs:
        cell = glyph(character, wide, scale, scale)
        assert cell.size == ((24 if wide else 12) * scale, 24 * scale)
        sheet = Image.new("L", (96 * scale, 96 * scale))
        font = face(type_size * scale)
        left = 24 * scale + (cell.width - font.getlength(character)) / 2
        ImageDraw.Draw(sheet).text(
            (left, 24 * scale + round(base * scale)), character, font=font, fill=255, anchor="ls"
        )
        whole = sheet.point(lambda value: 255 * (value >= printer_glyphs.BURNS), "1")
        assert whole.histogram()[255] == cell.histogram()[255], character


def test_sizes() -> None:
    normal, large = slip(b"H\n"), slip(h("1D 21 33") + b"H\n")
    _, top, right, bottom = ink(normal)
    _, top_4, right_4, bottom_4 = ink(large)
    assert right_4 - 4 * right in range(-4, 5)
    assert bottom_4 - top_4 == pytest.approx(4 * (bottom - top), abs=4)
    assert large.picture.height == LEAD + 96
    assert normal.picture.height == LEAD + 30


@pytest.mark.parametrize(
    ("before", "latin", "chinese"),
    [
        ("1D 21 11", (2, 2), (2, 2)),
        ("1C 21 0C", (1, 1), (2, 2)),
        ("1C 21 04", (1, 1), (2, 1)),
        ("1B 21 30", (2, 2), (1, 1)),
        ("1B 21 20", (2, 1), (1, 1)),
        ("1D 21 22 1C 21 08", (3, 3), (1, 2)),
        ("1C 21 0C 1D 21 00", (1, 1), (1, 1)),
        ("1D 21 33 1B 40", (1, 1), (1, 1)),
    ],
)
def test_the_two_kinds_of_size(before: str, latin: tuple[int, int], chinese: tuple[int, int]) -> None:
    """Inverse blanks show the size of a cell."""
    for space, (width, height), cell in ((b" ", latin, 12), (gbk("\u3000"), chinese, 24)):
        piece = slip(h(before) + h("1D 42 01") + space + b"\n")
        assert ink(piece) == (0, 0, cell * width, 24 * height)


def test_bold_is_struck_twice() -> None:
    plain, bold = (slip(before + b"III\n").picture for before in (b"", h("1B 45 01")))
    dots = [image.histogram()[0] for image in (plain, bold)]
    assert dots[1] > dots[0] * 1.2
    # Every plain dot is there: bold adds only.
    assert ImageChops.darker(plain, bold).tobytes() == bold.tobytes()
    assert slip(h("1B 45 01 1B 45 00") + b"III\n").picture.tobytes() == plain.tobytes()
    assert slip(h("1B 21 08") + b"III\n").picture.tobytes() == bold.tobytes()


def test_underline_and_inverse() -> None:
    assert ink(slip(h("1B 2D 02") + b"  \n")) == (0, 22, 24, 24)
    assert ink(slip(h("1C 21 80") + b"  \n")) == (0, 23, 24, 24)
    assert ink(slip(h("1D 42 01") + b"  \n")) == (0, 0, 24, 24)


@pytest.mark.parametrize(("n", "left"), [(0, 0), (1, 288 - 12), (2, 576 - 24)])
def test_alignment(n: int, left: int) -> None:
    assert ink(slip(h("1D 42 01 1B 61") + bytes([n]) + b"  \n")) == (left, 0, left + 24, 24)


def test_alignment_only_counts_at_the_start_of_a_line() -> None:
    assert ink(slip(h("1D 42 01") + b" " + h("1B 61 02") + b" \n"))[0] == 0


def test_tabs_stand_eight_columns_apart() -> None:
    piece = slip(b"ab\tc\n" + b"\t" * 9 + h("1D 42 01") + b" \n")
    assert piece.lines[0] == "ab      c"
    assert ink(piece)[2] == 41 * 12


def test_feeding() -> None:
    for feed, dots in (("0A", 30), ("1B 64 03", 90), ("1B 4A 0A", 24), ("1B 4A 50", 80), ("1B 33 40 0A", 64)):
        assert slip(b"a" + h(feed)).picture.height == LEAD + dots
        assert slip(b"a\n" + h(feed)).picture.height >= LEAD + dots
    assert slip(h("1B 33 40 1B 32") + b"a\n").picture.height == LEAD + 30
    assert slip(h("1B 64 00") + b"a\n").picture.height == LEAD + 30


@pytest.mark.parametrize("level", [0x30, 0x31, 0x32, 0x33])
def test_a_qr_code_is_read_from_the_picture(level: int) -> None:
    data = "https://hall.example/t/7Fq2?号=A012"
    piece = slip(h("1B 61 01") + gbk("扫码查看\n") + qr_code(data.encode(), level=level) + b"A012\n")
    [code] = zxingcpp.read_barcodes(piece.picture)
    assert code.text == data
    assert code.ec_level == "LMQH"[level - 0x30]
    assert piece.lines[1] == f"[QR {data}]"
    corners = code.position
    middle = (corners.top_left.x + corners.top_right.x) / 2
    assert middle == pytest.approx(piece.picture.width / 2, abs=2)
    modules = (corners.top_right.x - corners.top_left.x) / 6
    assert modules == pytest.approx(round(modules), abs=0.5)


def test_a_qr_code_too_wide_or_too_long_is_not_printed() -> None:
    assert slip(qr_code(b"x" * 300, dots=16) + b"a\n").lines == ("a", "[partial cut]")
    assert slip(qr_code(b"x" * 3000) + b"a\n").lines == ("a", "[partial cut]")


def test_a_raster_stands_dot_for_dot() -> None:
    rows = [h("80 01"), h("FF FF"), h("00 10")]
    piece = slip(h("1D 76 30 00 02 00 03 00") + b"".join(rows) + b"a\n")
    drawn = ImageChops.invert(piece.picture.crop((MARGIN, LEAD, MARGIN + 16, LEAD + 3))).convert("1")
    assert drawn.tobytes() == b"".join(rows)
    twice = slip(h("1D 76 30 03 02 00 03 00") + b"".join(rows))
    drawn = ImageChops.invert(twice.picture.crop((MARGIN, LEAD, MARGIN + 32, LEAD + 6))).convert("1")
    assert drawn.resize((16, 3), Image.Resampling.NEAREST).tobytes() == b"".join(rows)


def test_a_raster_wider_than_the_paper_is_cut_off() -> None:
    piece = slip(h("1D 76 30 00 50 00 01 00") + b"\xff" * 80)
    assert ink(piece) == (0, 0, 576, 1)


def test_text_that_waits_is_printed_before_a_picture_and_before_the_cut() -> None:
    assert slip(b"a" + qr_code(b"x") + b"b").lines == ("a", "[QR x]", "b", "[partial cut]")


def test_a_cut_without_feeding_goes_through_what_was_printed_last() -> None:
    bench = Bench()
    bench.hear(b"1\n2\n3\n4\n5\n6\n" + h("1D 56 00") + b"next\n" + FEED_AND_CUT)
    bench.finish()
    # The last 96 dots were still between head and cutter: lines 4, 5, 6 and the last 6 dots of line 3, which are blank.
    assert bench.lines() == [("1", "2", "3", "[full cut]"), ("4", "5", "6", "next", "[partial cut]")]
    assert [piece.picture.height for piece in bench.pieces] == [180, LEAD + 30]


def test_a_cut_through_a_line_shows_on_both_pieces() -> None:
    bench = Bench()
    bench.hear(b"1\n2\n3\n4\n" + h("1B 4A 14 1D 56 01") + FEED_AND_CUT)
    bench.finish()
    assert bench.lines() == [("1", "[part] 2", "[partial cut]"), ("[part] 2", "3", "4", "[partial cut]")]


def test_a_printer_that_only_cuts_partially() -> None:
    data = b"a\n" + h("1D 56 41 00")
    full, partial = (Bench(partial_cut_only=only) for only in (False, True))
    for bench in (full, partial):
        bench.hear(data)
        bench.finish()
    assert [bench.lines()[0][-1] for bench in (full, partial)] == ["[full cut]", "[partial cut]"]


def test_a_second_cut_cuts_nothing() -> None:
    bench = Bench()
    bench.hear(b"a\n" + FEED_AND_CUT + h("1D 56 00"))
    bench.finish()
    assert len(bench.pieces) == 1


def test_blank_paper_is_not_torn_off() -> None:
    paper = Paper(Profile())
    paper.print(Strip(100), 0, 100)
    assert paper.tear() is None
    piece = paper.cut(partial=False)
    assert piece is None


def test_slips_are_numbered_on_and_never_overwritten(tmp_path: Path) -> None:
    piece = slip(gbk("一号\n"))
    first = SlipFolder(tmp_path / "slips")
    first.keep(piece)
    second = SlipFolder(tmp_path / "slips")
    second.keep(piece)
    first.keep(piece)
    (tmp_path / "slips" / "slip-old.txt").write_text("mine")
    SlipFolder(tmp_path / "slips").keep(piece)
    names = sorted(path.name for path in (tmp_path / "slips").iterdir())
    assert names == sorted([*(f"slip-000{n}.{kind}" for n in (1, 2, 3, 4) for kind in ("png", "txt")), "slip-old.txt"])
    assert (tmp_path / "slips" / "slip-0004.txt").read_text("utf-8") == "一号\n[partial cut]\n"
    with Image.open(tmp_path / "slips" / "slip-0004.png") as saved:
        assert saved.convert("L").tobytes() == piece.picture.tobytes()
        assert saved.info["dpi"] == pytest.approx((203, 203), abs=0.1)
    assert first.count == 2


@pytest.mark.parametrize(("name", "value"), [("FOLDERS", (Path("/nowhere"),)), ("FACE", "Noto Sans Mono CJK XX")])
def test_without_a_chinese_face_it_says_what_to_install(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_glyphs, name, value)
    printer_glyphs._collection.cache_clear()
    try:
        with pytest.raises(NoType, match="apt-get install fonts-noto-cjk"):
            printer_glyphs._collection()
    finally:
        printer_glyphs._collection.cache_clear()
