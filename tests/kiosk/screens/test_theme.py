"""Ink on its ground can be read by weak eyes: 7:1 everywhere."""

import pytest

from kiosk.screens import theme as t
from kiosk.screens.palette import STRONG, USUAL
from tests.pictures.contrast import contrast

PAIRS = [
    ("ink", "ground"), ("ink", "card"), ("ink", "care"), ("ink", "good"), ("ink", "chosen"), ("ink", "side_down"),
    ("faint_ink", "ground"), ("faint_ink", "card"), ("faint_ink", "chosen"), ("main", "ground"), ("main", "card"),
    ("main_ink", "main"), ("main_ink", "main_down"),
]  # fmt: skip
LINES = [("line", "ground"), ("line", "card"), ("care_line", "care"), ("good_line", "good"), ("main", "chosen")]
OFF = 4.5
"""For what cannot be pressed now."""


def test_black_on_white_is_21():
    assert contrast((0, 0, 0, 1), (1, 1, 1, 1)) == pytest.approx(21)


@pytest.mark.parametrize("palette", [USUAL, STRONG], ids=["usual", "strong"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_on_its_ground(palette, ink, ground):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 7


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_of_the_strong_palette_are_seen_as_surely_as_words(line, ground):
    assert contrast(getattr(STRONG, line), getattr(STRONG, ground)) >= 7


@pytest.mark.parametrize("palette", [USUAL, STRONG], ids=["usual", "strong"])
def test_what_is_off_can_be_read_too(palette):
    assert contrast(palette.off_ink, palette.off) >= OFF


@pytest.mark.parametrize("palette", [USUAL, STRONG], ids=["usual", "strong"])
@pytest.mark.parametrize("ground", ["ground", "card", "main", "chosen", "care", "good", "side_down"])
def test_the_ring_is_seen_on_every_ground(palette, ground):
    """One of its two inks stands out from whatever lies beside it (WCAG 2.2, 2.4.13: 3:1), and they from each other."""
    inks = palette.ring, palette.ring_edge
    assert contrast(*inks) >= 7
    assert max(contrast(ink, getattr(palette, ground)) for ink in inks) >= 3


def test_colours_are_those_of_the_palette_in_use():
    before = t.theme.palette
    try:
        t.theme.palette = STRONG
        assert STRONG.ink == t.INK
    finally:
        t.theme.palette = before
    with pytest.raises(AttributeError, match="NO_INK"):
        t.NO_INK  # noqa: B018


def test_in_low_reach_the_lower_half_is_a_landscape_of_its_own():
    theme = t.Theme()
    theme.low = True
    theme.fit(1080, 1920)
    assert (theme.u, theme.portrait) == (pytest.approx(1080 / 1390), False)


@pytest.mark.parametrize(
    ("size", "unit", "portrait"),
    [((1080, 1920), 1, True), ((1920, 1080), 1, False), ((1024, 768), 0.64, False), ((540, 960), 0.5, True),
     ((1, 1), 0.1, True)],
)  # fmt: skip
def test_the_unit_follows_the_window(size, unit, portrait):
    theme = t.Theme()
    theme.fit(*size)
    assert (theme.u, theme.portrait) == (pytest.approx(unit), portrait)
