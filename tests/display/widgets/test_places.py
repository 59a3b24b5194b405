"""Rectangles for calls: none over another, none outside, none too small, on every panel."""

import pytest

from display.layout import Place
from display.widgets.places import Places, Room, Size, page, turned


def room(width, height, gap, least_width, least_height):
    return Room(width, height, gap, Size(least_width, least_height), Size(least_width * 0.7, least_height * 0.69))


HALL = room(1220, 560, 14, 490, 118)
WHOLE = room(1872, 784, 14, 490, 118)


@pytest.mark.parametrize("here", [HALL, WHOLE, room(1032, 830, 14, 490, 118), room(480, 900, 10, 490, 118),
                                  room(700, 250, 10, 400, 120), room(300, 100, 10, 400, 120)])  # fmt: skip
def test_places_never_meet_and_keep_their_least_size(here):
    for large in range(1, 7):
        for others in range(30):
            for called in (0, others // 2, others):
                places = here.places(large, others, called)
                every = [*places.large, *places.others]
                least = here.dense.height if places.dense else here.least.height
                for number, one in enumerate(every):
                    assert one.x >= 0 and one.y >= 0  # noqa: PT018
                    assert one.x + one.width <= here.width + 0.01
                    assert one.y + one.height <= here.height + 0.01
                    assert one.height >= min(least, here.height) - 0.01
                    assert not any(one.meets(other) for other in every[number + 1 :])
                assert 1 <= len(places.large) <= large


def test_twenty_eight_calls_all_have_a_place_at_once():
    places = WHOLE.places(6, 22, 22)
    assert len(places) >= 28
    assert places.dense
    assert len(places.large) == 6
    assert places.large[0].width > places.others[0].width
    assert WHOLE.holds(6, 22)
    assert not HALL.holds(6, 22)


def test_where_there_is_room_for_exactly_so_many_some_large_ones_are_like_the_others():
    tight = Room(400, 700, 0, Size(200, 150), Size(100, 100))
    places = tight.places(6, 22, 22)
    assert len(places.large) == 4
    assert len(places.others) == 24
    assert {(place.width, place.height) for place in (*places.large, *places.others)} == {(100, 100)}


def test_a_rest_of_large_ones_has_a_line_where_there_is_one():
    wide = Room(300, 400, 0, Size(300, 100), Size(100, 100))
    assert [place.width for place in wide.places(3, 4, 4).large] == [300, 150, 150]
    assert len(wide.places(1, 20, 20).large) == 1


def test_who_has_come_does_not_make_it_close():
    assert not HALL.places(1, 20).dense
    assert HALL.places(1, 20, 20).dense


@pytest.mark.parametrize(
    ("large", "others", "places"),
    [(1, 0, (1, 0)), (1, 1, (1, 2)), (1, 9, (1, 4)), (2, 9, (2, 4)), (3, 9, (3, 2)), (4, 9, (4, 2)), (5, 9, (5, 2)),
     (6, 9, (6, 2)), (6, 0, (6, 0))],
)  # fmt: skip
def test_six_at_once_and_always_a_line_of_others(large, others, places):
    laid = HALL.places(large, others)
    assert (len(laid.large), len(laid.others)) == places


def test_the_newest_of_an_odd_number_has_the_whole_width():
    assert [place.width for place in HALL.places(3, 2).large] == [1220, 603, 603]
    assert [place.width for place in HALL.places(1, 2).large] == [1220]
    assert HALL.places(1, 0).large[0].height < HALL.height


def test_nothing_called_needs_no_place():
    assert HALL.places(0, 0) == Places((), ())


def test_who_is_awaited_stays_while_the_others_take_turns():
    assert [turned("ab", "cdef", 4, turn) for turn in range(3)] == [
        (["a", "b", "c", "d"], 1, 2), (["a", "b", "e", "f"], 2, 2), (["a", "b", "c", "d"], 1, 2),
    ]  # fmt: skip
    assert turned("abc", "de", 2, 1) == (["c"], 2, 2)
    assert turned("abc", "", 5, 1) == (["a", "b", "c"], 1, 1)


def test_places_meet_only_where_they_share_some_of_the_screen():
    assert Place(0, 0, 2, 2).meets(Place(1, 1, 2, 2))
    assert not Place(0, 0, 2, 2).meets(Place(2, 0, 2, 2))


def test_pages_take_turns():
    assert [page("abcde", 2, turn) for turn in range(4)] == [("ab", 1, 3), ("cd", 2, 3), ("e", 3, 3), ("ab", 1, 3)]
    assert page("", 2, 7) == ("", 1, 1)
    assert page("abc", 0, 1) == ((), 1, 1)
