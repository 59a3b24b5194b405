"""In a real window: the head line held for three seconds, and the touch that wakes a screen that rests.

The seconds are the test's own: Kivy's clock is moved frame by frame, however long the machine takes for one.
"""

from contextlib import contextmanager

import pytest

from kiosk import events as e
from kiosk.events import Tap
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE, Scenes
from tests.kiosk.screens.windows import Hands

pytestmark = pytest.mark.window

HOLD_S = 3.0
OPENED = Tap("duty")
FRAME_S = 0.1


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    return Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))


@contextmanager
def frames_by_hand(clock):
    """Kivy's time stands still but for the spans it is moved by, and never goes back."""
    real, now = clock.time, [clock.time()]
    clock.time = lambda: now[0]

    def frame(span_s):
        now[0] += span_s

    yield frame
    ahead = now[0] - real()
    clock.time = lambda: real() + max(0.0, ahead)


def held(hands, x, y, until_s, then=lambda touch: None):
    """Hold a touch for so long, or until the menu is asked for; → (whether it was, after how many seconds)."""
    from kivy.tests.common import UnitTestTouch

    hands.taps.clear()
    touch = UnitTestTouch(x, y)
    span = 0.0
    with frames_by_hand(hands.clock) as frame:
        # Kivy counts from its last frame.
        hands.clock.tick()
        touch.touch_down()
        then(touch)
        while OPENED not in hands.taps and span < until_s:
            frame(FRAME_S)
            hands.loop.idle()
            span += FRAME_S
        touch.touch_up()
    return OPENED in hands.taps, span


@pytest.mark.parametrize(("panel", "eases"), [((1080, 1920), ()), ((1024, 768), ()), ((1080, 1920), ("low",))])
@pytest.mark.parametrize("scene", ["home", "away", "closed_cut_off"])
def test_holding_the_halls_name_opens_the_menu(hands, panel, eases, scene):
    hands.resize(*panel)
    hands.see(Scenes(False, *eases).all()[scene]().frame)
    x, y = hands.kiosk.ids.high_hall.center if eases else hands.kiosk.ids.hall.center
    opened, span = held(hands, x, y, HOLD_S + 1)
    assert opened
    assert HOLD_S - FRAME_S <= span <= HOLD_S + FRAME_S


def test_a_short_touch_one_beside_it_and_one_that_slips_away_do_not(hands):
    hands.resize(1080, 1920)
    hands.see(Kiosk(SAMPLE).up().frame)
    x, y = hands.kiosk.ids.hall.center
    assert held(hands, x, y, HOLD_S - 1)[0] is False
    assert held(hands, x, y - 600, HOLD_S + 1)[0] is False
    assert held(hands, x, y, HOLD_S + 1, lambda touch: touch.touch_move(x, y - 600))[0] is False


def test_a_second_finger_ends_it(hands):
    from kivy.tests.common import UnitTestTouch

    hands.resize(1080, 1920)
    hands.see(Kiosk(SAMPLE).up().frame)
    x, y = hands.kiosk.ids.hall.center
    second = UnitTestTouch(x + 5, y)
    assert held(hands, x, y, HOLD_S + 1, lambda _: second.touch_down())[0] is False
    second.touch_up()


def test_a_small_slip_within_the_name_does_not_matter(hands):
    hands.resize(1080, 1920)
    hands.see(Kiosk(SAMPLE).up().frame)
    x, y = hands.kiosk.ids.hall.center
    assert held(hands, x, y, HOLD_S + 1, lambda touch: touch.touch_move(x + 4, y + 3))[0]


def test_the_touch_that_wakes_the_screen_presses_nothing(hands):
    from kivy.tests.common import UnitTestTouch

    hands.resize(1080, 1920)
    kiosk = Scenes().all()["rest"]()
    hands.see(kiosk.frame)
    assert hands.kiosk.ids.quiet.opacity == 1
    hands.taps.clear()
    x, y = hands.kiosk.width / 4, hands.kiosk.height / 2
    touch = UnitTestTouch(x, y)
    touch.touch_down()
    hands.see(kiosk.see(e.Touched()).frame)
    touch.touch_up()
    hands.settle()
    assert [tap.name for tap in hands.taps] == ["touch"]
    assert hands.kiosk.ids.quiet.opacity == 0
    press = next(press for press in hands.all(type(hands.press("搜一搜"))) if press.collide_point(x, y))
    assert hands.touch(press.button.label) == [press.button.tap]
