"""Ink on its ground can be read from afar, and numbers are as high on the glass as they must be."""

from pathlib import Path

import pytest
from kivy import kivy_data_dir
from PIL import ImageFont

from display.widgets import theme as t
from tests.pictures.contrast import contrast

LEAST = 4.5
GROUNDS = (t.GROUND, t.PANEL, t.CARD, t.BAR)
PAIRS = [(ink, ground) for ink in (t.INK, t.SIDE_INK, t.NUMBER) for ground in GROUNDS] + [
    (t.FRESH_INK, t.FRESH), (t.FRESH_INK, t.LIT), (t.FRESH_SIDE_INK, t.FRESH), (t.FRESH_SIDE_INK, t.LIT),
    (t.INK, t.LAST), (t.INK, t.MARK), (t.INK, t.OFF), (t.SIDE_INK, t.OFF), (t.INK, t.STALE), (t.CARE_INK, t.CARE),
]  # fmt: skip


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_on_its_ground(ink, ground):
    assert contrast(ink, ground) >= LEAST


def test_the_face_of_the_numbers_is_as_high_and_as_wide_as_reckoned():
    font = ImageFont.truetype(str(Path(kivy_data_dir) / "fonts" / "Roboto-Bold.ttf"), 1_000)
    for sign in "0123456789ABCDFGHJLNPQRSTUYZ":
        _, top, _, bottom = font.getbbox(sign)
        assert bottom - top >= t.DIGIT_EM * 1_000 - 1, sign
    for number in ("A012", "C888", "A1000", "N999", "Q444", "4444"):
        assert font.getlength(number) <= len(number) * t.DIGIT_WIDE_EM * 1_000, number


@pytest.mark.parametrize(
    ("window", "panel", "inches", "digit_px"),
    [((1920, 1080), (1920, 1080), 55, 63), ((1280, 720), (1920, 1080), 55, 42), ((1280, 720), (1280, 720), 43, 53.8),
     ((1080, 1920), (1080, 1920), 43, 80.7), ((3840, 2160), (3840, 2160), 75, 92.5)],
)  # fmt: skip
def test_forty_millimetres_on_the_panel(window, panel, inches, digit_px):
    theme = t.Theme()
    theme.fit_panel(window, panel, inches, panel)
    assert digit_px - 0.1 <= theme.number_px * t.DIGIT_EM < digit_px + 2 * t.DIGIT_EM


@pytest.mark.parametrize(("window", "upright"), [((1920, 1080), False), ((1080, 1920), True), ((1920, 360), False)])
def test_an_upright_window_is_known_as_one(window, upright):
    theme = t.Theme()
    theme.fit_panel(window, window, 55, window)
    assert theme.portrait is upright
