"""Ink on its ground can be read by weak eyes: 7:1 everywhere."""

import pytest

from kiosk.screens import theme as t

PAIRS = [
    (t.INK, t.GROUND), (t.INK, t.CARD), (t.INK, t.CARE), (t.INK, t.GOOD), (t.INK, t.CHOSEN), (t.INK, t.SIDE_DOWN),
    (t.FAINT_INK, t.GROUND), (t.FAINT_INK, t.CARD), (t.FAINT_INK, t.CHOSEN), (t.MAIN, t.GROUND),
    (t.MAIN_INK, t.MAIN), (t.MAIN_INK, t.MAIN_DOWN),
]  # fmt: skip
OFF = 4.5
"""For what cannot be pressed now."""


def luminance(colour):
    def linear(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.1, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21():
    assert contrast((0, 0, 0, 1), (1, 1, 1, 1)) == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_on_its_ground(ink, ground):
    assert contrast(ink, ground) >= 7


def test_what_is_off_can_be_read_too():
    assert contrast(t.OFF_INK, t.OFF) >= OFF


@pytest.mark.parametrize(
    ("size", "unit", "portrait"),
    [((1080, 1920), 1, True), ((1920, 1080), 1, False), ((1024, 768), 0.64, False), ((540, 960), 0.5, True),
     ((1, 1), 0.1, True)],
)  # fmt: skip
def test_the_unit_follows_the_window(size, unit, portrait):
    theme = t.Theme()
    theme.fit(*size)
    assert (theme.u, theme.portrait) == (pytest.approx(unit), portrait)
