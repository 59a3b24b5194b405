"""Visits drawn in a real window leave nothing behind: no widget, no object, in any language, print or colour.

A visit with its screens costs about a second of the machine's time, so here are a few; `make bench` draws a thousand
(`kiosk_rss_1000`).
"""

import gc

import pytest

from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE
from tests.kiosk.screens.visits import EASES, draw, until_forgotten, visit
from tests.kiosk.screens.windows import Hands

pytestmark = pytest.mark.window

WARM_UP, ROUNDS = 2, 2
"""Rounds of one visit for each of `EASES`."""
MOST_OBJECTS = 200
"""What the later rounds may add. One button kept a visit would be thousands."""
CHOOSING = ("group:own-insurance", "toggle:PAY-02", "back", "search", "key:S", "clear")


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    return Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))


def alive():
    """Widgets and objects that the collector knows and cannot free."""
    from kivy.uix.widget import Widget

    gc.collect()
    found = gc.get_objects()
    return sum(issubclass(type(each), Widget) for each in found), len(found)


def test_visits_drawn_in_a_window_leave_nothing_behind(hands):
    hands.resize(270, 480)
    kiosk = Kiosk(SAMPLE).up()
    after = []
    for _ in range(WARM_UP + ROUNDS):
        for eases in EASES:
            visit(kiosk, lambda here: draw(hands, here), eases, *CHOOSING)
        until_forgotten(hands)
        after.append(alive())
    (widgets, objects), *later = after[WARM_UP - 1 :]
    assert [each[0] for each in later] == [widgets] * ROUNDS
    assert later[-1][1] - objects <= MOST_OBJECTS, after
