"""What a panel can show of a look: figures, numbers, sentences, and what does not fit."""

import pytest

from hardware.devices.panel_parts import PanelLook, PanelSpec
from hardware.devices.panel_text import columns, figures, filled, flashes, sentence, value

CALLING = PanelLook("calling", "A012", "请 A012 号")
SERVING = PanelLook("serving", "A012", "正在办理 A012")
PAUSED = PanelLook("paused", "", "暂停服务")
IDLE = PanelLook("idle", "", "综合窗口 请听叫号")
CLOSED = PanelLook("closed", "", "未开放")
DARK = PanelLook()


@pytest.mark.parametrize(
    ("look", "lit", "shown"),
    [
        (CALLING, True, "A012"),
        (CALLING, False, "    "),
        (SERVING, True, "A012"),
        (PAUSED, True, "----"),
        (IDLE, True, "    "),
        (CLOSED, True, "    "),
        (DARK, True, "    "),
    ],
)
def test_figures_by_state(look: PanelLook, lit: bool, shown: str) -> None:
    assert figures(PanelSpec(1), look, lit) == shown


@pytest.mark.parametrize(
    ("characters", "alphabet", "number", "shown"),
    [
        (3, "seven-segment", "A012", "012"),
        (6, "seven-segment", "A012", "  A012"),
        (4, "seven-segment", "K012", " 012"),
        (5, "seven-segment", "VW123", "  123"),
        (4, "digits", "A012", " 012"),
        (2, "digits", "A012", "12"),
        (5, "text", "K012", " K012"),
    ],
)
def test_a_number_that_does_not_fit_shows_its_end(characters: int, alphabet: str, number: str, shown: str) -> None:
    spec = PanelSpec(1, characters=characters, alphabet=alphabet)  # type: ignore[arg-type]
    assert figures(spec, PanelLook("serving", number), True) == shown


@pytest.mark.parametrize(("characters", "shown"), [(3, "---"), (4, "----"), (6, "  ----")])
def test_a_pause_is_dashes(characters: int, shown: str) -> None:
    assert figures(PanelSpec(1, characters=characters), PAUSED, True) == shown


@pytest.mark.parametrize(
    ("look", "lit", "number"),
    [(SERVING, True, 12), (CALLING, True, 12), (CALLING, False, None), (PAUSED, True, None), (DARK, True, None)],
)
def test_a_board_for_numbers(look: PanelLook, lit: bool, number: int | None) -> None:
    assert value(PanelSpec(1, alphabet="digits"), look, lit) == number


@pytest.mark.parametrize(
    ("width", "look", "lit", "shown"),
    [
        (20, IDLE, True, "综合窗口 请听叫号"),
        (17, IDLE, True, "综合窗口 请听叫号"),
        (16, IDLE, True, "综合窗口 请听叫"),
        (13, SERVING, True, "正在办理 A012"),
        (12, SERVING, True, "A012"),
        (3, SERVING, True, "012"),
        (13, CALLING, True, "请 A012 号"),
        (13, CALLING, False, ""),
        (13, DARK, True, ""),
        (7, PAUSED, True, "暂停服"),
        (8, PAUSED, True, "暂停服务"),
    ],
)
def test_a_sentence_that_does_not_fit_gives_way_to_its_number(
    width: int, look: PanelLook, lit: bool, shown: str
) -> None:
    assert sentence(PanelSpec(1, characters=width, alphabet="text"), look, lit) == shown


def test_blanks_take_away_what_stood_there() -> None:
    spec = PanelSpec(1, characters=10, alphabet="text")
    assert filled(spec, PAUSED, True) == "暂停服务  "
    assert filled(spec, CALLING, True) == "请 A012 号"
    assert filled(spec, DARK, True) == " " * 10
    assert filled(PanelSpec(1, characters=6), SERVING, True) == "  A012"


def test_width_and_flashing() -> None:
    assert columns("A号1") == 4
    assert flashes(CALLING)
    assert not flashes(SERVING)
