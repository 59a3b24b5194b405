"""Which button a screen begins with, which lies beside which, and what makes a line."""

from kiosk.buttons import Look
from kiosk.spots import beginning, lines, neighbour
from tests.kiosk.spots import spot

GRID = [spot("a", 0, 1), spot("b", 1, 1), spot("c", 0, 0), spot("d", 1, 0)]


def test_a_screen_begins_with_what_one_came_for():
    pad = [spot("1", row=9, look=Look.KEY), spot("remove", row=8, look=Look.QUIET), spot("pension_back", row=7)]
    assert beginning([*pad, spot("found", row=6)]) == 3
    assert beginning(pad) == 0
    assert beginning([spot("large", look=Look.QUIET, head=True)]) == 0
    assert beginning([spot("left", 0, 5), spot("low", 1, 4), spot("right", 1, 5)]) == 0


def test_a_neighbour_is_the_nearest_that_way_or_none():
    wide = [*GRID, spot("wide", 0, -1)]
    assert [neighbour(wide, 3, way) for way in ("left", "right", "up", "down")] == [2, 3, 1, 4]
    assert [neighbour(wide, 0, way) for way in ("left", "right", "up", "down")] == [0, 1, 0, 2]


def test_what_stands_beside_each_other_is_a_line():
    assert lines(GRID) == [[0, 1], [2, 3]]
    assert lines([]) == []


def test_switches_on_every_screen_are_a_line_of_their_own():
    seen = [spot("large", 0, 9, head=True), spot("one", 1, 9)]
    assert lines(seen) == [[0], [1]]
