"""Rectangles for calls: none over another, none outside, none too small, on every panel."""

import pytest

from display.widgets.places import Places, Room, page

HALL = Room(1220, 560, 14, 490, 118)


def over(one, other):
    return (
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
    )  # fmt: skip


@pytest.mark.parametrize("room", [HALL, Room(1032, 830, 14, 490, 118), Room(480, 900, 10, 490, 118),
                                  Room(700, 250, 10, 400, 120), Room(300, 100, 10, 400, 120)])  # fmt: skip
def test_places_never_meet_and_keep_their_least_size(room):
    for large in range(1, 7):
        for others in range(30):
            places = room.places(large, others)
            every = [*places.large, *places.others]
            for number, one in enumerate(every):
                assert one.x >= 0 and one.y >= 0  # noqa: PT018
                assert one.x + one.width <= room.width + 0.01
                assert one.y + one.height <= room.height + 0.01
                assert one.height >= min(room.least_height, room.height) - 0.01
                assert not any(over(one, other) for other in every[number + 1 :])
            assert 1 <= len(places.large) <= large
            assert len(places.others) < others + 2


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


def test_pages_take_turns():
    assert [page("abcde", 2, turn) for turn in range(4)] == [("ab", 1, 3), ("cd", 2, 3), ("e", 3, 3), ("ab", 1, 3)]
    assert page("", 2, 7) == ("", 1, 1)
    assert page("abc", 0, 1) == ((), 1, 1)
