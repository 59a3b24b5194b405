"""What a slip may hold at all."""

import pytest

from hardware.codecs.qr_size import CAPACITIES, MOST_BYTES, modules
from hardware.codecs.slip import SlipFeed, SlipPicture, SlipQr, SlipText


def test_what_no_printer_can_print_is_refused_with_its_value() -> None:
    with pytest.raises(ValueError, match="size 9: allowed 1 to 8"):
        SlipText("A012", size=9)
    with pytest.raises(ValueError, match="feed of 0 lines: allowed 1 to 255"):
        SlipFeed(0)
    with pytest.raises(ValueError, match="module of 17 dots: allowed 1 to 16"):
        SlipQr("x", 17)
    for data in ("", "x" * (MOST_BYTES + 1), "号" * 72):
        with pytest.raises(ValueError, match=rf"QR of {len(data.encode())} bytes: allowed 1 to 213"):
            SlipQr(data, 6)
    for row_bytes, rows, data in ((2, 1, b"x"), (0, 1, b""), (1, 0, b"")):
        with pytest.raises(ValueError, match=f"picture of {rows} rows of {row_bytes} bytes has {len(data)} bytes"):
            SlipPicture(row_bytes, rows, data)


def test_the_largest_of_each_is_taken() -> None:
    assert SlipText("A012", size=8).size == 8
    assert SlipFeed(255).lines == 255
    assert SlipQr("x" * MOST_BYTES, 16).module_dots == 16


@pytest.mark.parametrize(("length", "side"), [(1, 21), (14, 21), (15, 25), (22, 25), (62, 33), (180, 53), (213, 57)])
def test_a_code_is_as_wide_as_its_bytes_need(length: int, side: int) -> None:
    assert modules(length) == side


def test_every_capacity_is_that_of_a_drawing_library() -> None:
    segno = pytest.importorskip("segno")
    for version, capacity in enumerate(CAPACITIES, 1):
        made = segno.make_qr(b"x" * capacity, error="m", boost_error=False, mode="byte")
        assert (made.version, len(made.matrix)) == (version, modules(capacity))
        assert segno.make_qr(b"x" * (capacity + 1), error="m", boost_error=False, mode="byte").version == version + 1


def test_more_than_fits_a_readable_code_is_refused() -> None:
    with pytest.raises(ValueError, match="QR code of 214 bytes: at most 213"):
        modules(214)
