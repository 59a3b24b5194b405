"""Which parts of a layout are drawn where: as on every day, while many are called, and while it is a picture's turn."""

import pytest

from display.io.hall import layout_of
from display.layout import CALLS, MANY, MEDIA, QUIET, STALE, Layout, Place
from tests.display.displays import DISPLAY, SETTINGS

HALL = layout_of(SETTINGS, DISPLAY)
BESIDE = {"head", "foot", STALE}


def test_places_are_stretched_to_the_window():
    layout = Layout(100, 50, {"calls": Place(10, 10, 50, 20)})
    assert layout.on(200, 50) == {"calls": Place(20, 10, 100, 20)}


def test_every_day():
    drawn = HALL.drawn(crowded=False, picture=False)
    assert drawn.keys() == BESIDE | {CALLS, "soon", "missed", "waiting"}
    assert drawn[CALLS] == CALLS


@pytest.mark.parametrize("picture", [False, True])
def test_while_many_are_called_they_take_the_place_of_everything_and_no_picture_is_shown(picture):
    drawn = HALL.drawn(crowded=True, picture=picture)
    assert drawn.keys() == BESIDE | {CALLS}
    assert drawn[CALLS] == MANY


def test_a_picture_stands_beside_the_calls():
    drawn = HALL.drawn(crowded=False, picture=True)
    assert drawn.keys() == BESIDE | {CALLS, MEDIA, "soon", "missed", "waiting"}
    assert (drawn[CALLS], drawn[MEDIA]) == (QUIET, MEDIA)


def test_a_layout_without_such_places_stays_as_it_is():
    plain = Layout(100, 100, {CALLS: Place(0, 0, 100, 50), STALE: Place(0, 0, 100, 10)})
    assert plain.drawn(crowded=True, picture=True) == {CALLS: CALLS, STALE: STALE}


def test_a_picture_without_a_place_for_the_calls_beside_it_covers_other_parts_only():
    parts = {CALLS: Place(0, 0, 100, 50), "soon": Place(0, 50, 100, 50), MEDIA: Place(0, 50, 100, 50)}
    assert Layout(100, 100, parts).drawn(crowded=False, picture=True) == {CALLS: CALLS, MEDIA: MEDIA}


def test_columns_make_way_for_all_calls_together():
    parts = {"zones": Place(0, 0, 100, 50), MANY: Place(0, 0, 100, 50)}
    assert Layout(100, 100, parts).drawn(crowded=True, picture=False) == {CALLS: MANY}
    assert Layout(100, 100, parts).drawn(crowded=False, picture=False) == {"zones": "zones"}
