"""Screens keep their widgets from one frame to the next, and a finger never presses what came under it meanwhile."""

import pytest

from kiosk.events import Tap
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE, Scenes
from tests.kiosk.screens.visits import until_forgotten
from tests.kiosk.screens.windows import Hands

pytestmark = pytest.mark.window


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    made = Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))
    made.resize(540, 960)
    return made


@pytest.fixture
def words(hands, monkeypatch):
    """All words whose picture is made anew, from now on."""
    from kivy.core.text import Label

    made = []
    refresh = Label.refresh

    def told(label):
        if label.text:
            made.append(label.text)
        refresh(label)

    monkeypatch.setattr(Label, "refresh", told)
    return made


def buttons(hands):
    from kiosk.screens.parts import Press

    return hands.all(Press)


def touched(hands, press):
    from kivy.tests.common import UnitTestTouch

    hands.taps.clear()
    touch = UnitTestTouch(*press.to_window(*press.center))
    touch.touch_down()
    hands.settle()
    return touch


def test_a_key_leaves_the_keyboard_as_it_is(hands, words):
    kiosk = Kiosk(SAMPLE).up().tap("search", "key:S")
    hands.see(kiosk.frame)
    before = {press for press in buttons(hands) if press.button.tap.name == "key"}
    words.clear()
    hands.see(kiosk.tap("key:B").frame)
    assert "SB" in words
    assert len(before) >= 26
    assert before <= set(buttons(hands))
    assert not {press.button.label for press in before} & set(words)


def test_a_screen_that_comes_back_is_the_one_that_went(hands, words):
    kiosk = Kiosk(SAMPLE).up()
    hands.see(kiosk.frame)
    until_forgotten(hands)
    before = buttons(hands)
    hands.see(kiosk.tap("search").frame)
    words.clear()
    hands.see(kiosk.tap("back").frame)
    assert buttons(hands) == before
    assert words == []


def test_a_choice_draws_only_its_own_row_and_the_basket_anew(hands, words):
    kiosk = Kiosk(SAMPLE).up().tap("group:own-insurance", "toggle:PAY-02")
    hands.see(kiosk.frame)
    words.clear()
    frame = kiosk.tap("toggle:PAY-03").frame
    hands.see(frame)
    row = next(row for row in frame.screen.rows if row.tap == Tap("toggle", "PAY-03"))
    new = {f"✓ {row.label}", row.detail, frame.screen.basket.text}
    assert {each.replace("\n", "") for each in words} <= new
    assert f"✓ {row.label}" in words


def test_what_came_under_a_finger_is_not_pressed(hands):
    kiosk = Kiosk(SAMPLE).up().tap("group:own-insurance")
    hands.see(kiosk.frame)
    row = next(each for each in buttons(hands) if each.button.tap.name == "toggle")
    ground = row.colour[:]
    touch = touched(hands, row)
    assert row.colour != ground
    hands.see(kiosk.tap("back", "group:employers").frame)
    assert row.parent
    assert row.button.tap != Tap("toggle", "PAY-02")
    assert row.colour == ground
    touch.touch_up()
    assert [tap for tap in hands.taps if tap.name != "touch"] == []


def test_a_finger_that_slips_off_presses_nothing_and_leaves_no_mark(hands):
    hands.see(Kiosk(SAMPLE).up().frame)
    press = hands.press("搜一搜")
    ground = press.colour[:]
    touch = touched(hands, press)
    assert press.colour != ground
    touch.touch_move(press.x, press.top + 400)
    touch.touch_up()
    hands.settle()
    assert press.colour == ground
    assert [tap for tap in hands.taps if tap.name != "touch"] == []


def test_colours_follow_the_palette_on_buttons_that_stay(hands):
    kiosk = Kiosk(SAMPLE).up()
    hands.see(kiosk.frame)
    switch = hands.press("高对比")
    ground = switch.colour[:]
    hands.see(kiosk.tap("contrast").frame)
    assert switch.parent
    assert switch.colour != ground


def test_what_nobody_can_see_has_no_size_to_draw(hands):
    hands.see(Scenes().all()["rest"]().frame)
    assert hands.kiosk.ids.quiet.height == hands.kiosk.height
    hands.see(Kiosk(SAMPLE).up().frame)
    assert hands.kiosk.ids.quiet.height == 0
