"""Virtual panels against the makers' documents, byte by byte; nothing of the driver's is used here."""

import pytest

from hardware.sim.panel_boards import AnyPanels, DigitPanels, SunpnPanels, Ub485Panels
from hardware.sim.panel_bx import BxPanels, framed, unescaped
from hardware.sim.panel_devices import NoSuchPanel, VirtualPanels
from hardware.sim.panel_led485 import Led485Panels, summed

PING = bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A")
DONE = bytes.fromhex("A5 A5 A5 A5 A5 A5 A5 A5 00 80 01 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 64 DC 5A")
LIVE = bytes.fromhex(
    "A3 06 02 00 00 00 01 2C 00 00 00 00 0C 00 40 00 0C 00 01 0A 01 02 00 00 00 00 01 01 01 00 17 02 11 00 00 00"
    "5C 46 4F 30 30 30 54 45 4D 50 45 52 3A 32 31 A1 E6"
)
TO_CARD = bytes.fromhex("01 00 00 80")


def said(panels: VirtualPanels, text: str, at_s: float = 0.0) -> str:
    return panels.hear(bytes.fromhex(text), at_s).hex(" ").upper()


def with_sum(text: str) -> str:
    body = bytes.fromhex(text)
    return summed(body).hex()


def test_led485_registers() -> None:
    panels = Led485Panels([1], 4)
    assert said(panels, "01 06 00 00 04 D2 0B 57") == "01 06 00 00 04 D2 0B 57"
    assert panels.panels[1].text == "1234"
    assert said(panels, with_sum("01 06 00 00 FF FB")).startswith("01 06")
    assert panels.panels[1].text == "  -5"
    assert said(panels, "01 10 00 70 00 02 04 41 30 31 32 74 FD").startswith("01 10 00 70 00 02")
    assert panels.panels[1].text == "A012"
    said(panels, with_sum("01 10 00 80 00 02 04 40 40 06 FF"))
    assert panels.panels[1].text == "--1?"
    said(panels, with_sum("01 10 00 70 00 02 04 4B 31 20 20"))
    assert panels.panels[1].text == "?1  "
    said(panels, with_sum("01 10 00 70 00 02 04 20 20 20 20"))
    assert panels.panels[1].text == ""


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("01 06 00 09 00 01", "01 86 02"),
        ("01 06 00 03 00 09", "01 86 03"),
        ("01 03 00 00 00 01", "01 83 01"),
        ("01 10 00 70 00 02 02 41 42", "01 90 03"),
        ("01 10 00 90 00 01 02 41 42", "01 90 02"),
        ("01 06 00 04 00 02", "01 06 00 04 00 02"),
    ],
)
def test_led485_refusals(asked: str, answer: str) -> None:
    panels = Led485Panels([1], 4)
    assert said(panels, with_sum(asked)).startswith(answer)
    assert panels.panels[1].text == ""


def test_led485_is_silent_where_it_is_not_meant() -> None:
    panels = Led485Panels([1], 4)
    assert said(panels, "01 06 00 00 04 D3 0B 57") == ""
    assert said(panels, with_sum("02 06 00 00 04 D2")) == ""
    panels.panels[1].dead = True
    assert said(panels, "01 06 00 00 04 D2 0B 57", 1.0) == ""
    panels.panels[1].dead, panels.panels[1].refuses = False, True
    assert said(panels, "01 06 00 00 04 D2 0B 57", 2.0).startswith("01 86 04")


def test_led485_gets_another_address() -> None:
    panels = Led485Panels([1], 4)
    said(panels, with_sum("01 06 00 02 00 09"))
    assert list(panels.panels) == [9]
    said(panels, with_sum("09 06 00 00 00 07"))
    assert panels.panels[9].text == "   7"


def test_led485_frames_in_noise_and_pieces() -> None:
    panels = Led485Panels([1], 4)
    for byte in bytes.fromhex("FF 00 01 06 01 06 00 00 04 D2 0B 57"):
        panels.hear(bytes([byte]), 0.0)
    assert panels.panels[1].text == "1234"
    # A frame broken off by a pause is forgotten.
    panels.hear(bytes.fromhex("01 10 00 70"), 1.0)
    assert said(panels, "01 06 00 00 04 D2 0B 57", 2.0) != ""


def test_led485_lines_of_text() -> None:
    panels = Led485Panels([1, 12], 4)
    assert panels.hear(b"$012,A012#", 0.0) == b""
    assert panels.panels[12].text == "A012"
    assert panels.hear(b"$001,02&$001,03&", 0.0) == b"$001,LED485-4#$001,V1.2#"
    assert panels.hear(b"$001,09&$099,02&$xyz,02&", 0.0) == b""
    assert panels.hear(b"$" * 50 + b"$001,02&", 1.0).endswith(b"LED485-4#")


def test_digit_boards() -> None:
    panels = DigitPanels([5], 3)
    assert said(panels, "00 FF 05 03 E7 EF") == ""
    assert panels.panels[5].text == "999"
    said(panels, "05 03 E8 EF", 1.0)
    said(panels, "06 00 01 07", 2.0)
    assert panels.panels[5].text == "999"


def test_sunpn_boards() -> None:
    panels = SunpnPanels([1], 3)
    assert said(panels, "00 3A 3A 00 78 03 01 B6 0A") == "2A 00 78 03 01 A6 0A"
    assert (panels.panels[1].text, panels.panels[1].colour) == ("888", "green")
    assert said(panels, "3A 00 78 03 01 B7 0A", 1.0) == ""
    assert said(panels, "3A 00 78 03 02 B7 0A", 2.0) == ""


def test_ub485_boards_lose_what_comes_too_soon() -> None:
    panels = Ub485Panels([0x21], 6)
    panels.hear(bytes.fromhex("01 21 41 30 31 07"), 10.0)
    assert panels.panels[0x21].text == "A01"
    panels.hear(bytes.fromhex("01 21 41 30 32 07"), 10.1)
    assert panels.panels[0x21].text == "A01"
    panels.hear(bytes.fromhex("01 21 C7 EB 33 07"), 10.5)
    assert panels.panels[0x21].text == "请3"
    panels.hear(bytes.fromhex("01 07"), 20.0)
    panels.hear(bytes.fromhex("01 21 20 20 07"), 30.0)
    assert panels.panels[0x21].text == ""


def test_a_panel_that_shows_any_frame() -> None:
    panels = AnyPanels([1], 4, ends_with=0x0D)
    panels.hear(b"\x02A012\r", 0.0)
    assert panels.panels[1].text == "·A012"


def test_bx_cards() -> None:
    panels = BxPanels([1], 16)
    assert panels.hear(PING, 0.0) == DONE
    assert panels.hear(framed(TO_CARD, LIVE), 0.0) == b""
    assert panels.panels[1].text == "TEMPER:21℃"
    assert said(panels, framed(TO_CARD, bytes.fromhex("A3 06 01 02 00 FF 00")).hex()) == DONE.hex(" ").upper()
    assert panels.panels[1].text == ""
    panels.hear(framed(TO_CARD, bytes.fromhex("A2 03 01 08 00 26 20 11 25 18 39 07 03")), 0.0)
    assert panels.clocks[1] == "2026-11-25 18:39:07"


def test_a_bx_card_passes_over_what_is_wrong_and_refuses_what_it_does_not_know() -> None:
    panels = BxPanels([1], 16)
    wrong = bytearray(PING)
    wrong[20] ^= 1
    assert panels.hear(bytes(wrong), 0.0) == b""
    assert panels.hear(framed(bytes.fromhex("02 00 00 80"), b"\xa2\x00\x01\x00\x00"), 0.0) == b""
    assert panels.hear(framed(TO_CARD, b"\xc0"), 0.0) == framed(b"\x00\x80\x01\x00", b"\xa1\x01")
    # An area whose length is not what it says.
    assert panels.hear(framed(TO_CARD, LIVE[:-1]), 0.0) == framed(b"\x00\x80\x01\x00", b"\xa1\x01")
    assert panels.hear(PING[:-1] + b"\xa6\x5a" + PING, 0.0) == DONE
    assert unescaped(b"\xa6\x02\xa6\x01\x5b\x02\x5b\x01") == b"\xa5\xa6\x5a\x5b"


def test_a_live_area_goes_dark_after_its_time_out_and_with_the_power() -> None:
    panels = BxPanels([1], 16)
    timed = bytearray(LIVE)
    timed[20] = 0x02
    panels.hear(framed(TO_CARD, bytes(timed)), 100.0)
    assert panels.tick(101.0) == 102.0
    assert panels.panels[1].text == "TEMPER:21℃"
    assert panels.tick(102.0) is None
    assert panels.panels[1].text == ""
    panels.hear(framed(TO_CARD, LIVE), 103.0)
    panels.power(panels.panels[1], False)
    assert panels.hear(PING, 104.0) == b""
    panels.power(panels.panels[1], True)
    assert panels.hear(PING, 105.0) == DONE
    assert panels.panels[1].text == ""


def test_a_live_area_can_be_deleted_by_its_number() -> None:
    panels = BxPanels([1], 16)
    panels.hear(framed(TO_CARD, LIVE), 0.0)
    panels.hear(framed(TO_CARD, bytes.fromhex("A3 06 01 00 00 01 01 00")), 0.0)
    assert panels.panels[1].text == ""


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Led485Panels([0], 4), "address 0: such a panel has 1 to 247"),
        (lambda: Led485Panels([1], 9), "9 digits: such a board has 1 to 6"),
        (lambda: Ub485Panels([1], 4), "address 1: such a panel has 32 to 254"),
    ],
)
def test_what_is_no_such_panel(make: object, says: str) -> None:
    with pytest.raises(NoSuchPanel, match=says):
        make()  # type: ignore[operator]
