"""Whose turn it is between calls: pictures by the clock, films until they are over."""

from display.model import Item, Showing
from display.turns import PICTURE_MS, Turns

A, B, C = Item("a.png"), Item("b.mp4", film=True), Item("c.png")
NOW = 1_764_032_400_000


def turns(*items):
    made = Turns()
    made.take(items)
    return made


def test_nothing_has_no_turn():
    made = turns()
    assert made.at(NOW) is None
    made.take((A,))
    assert made.at(NOW) == Showing(A, 1)
    made.take(())
    assert made.at(NOW) is None


def test_pictures_go_by_the_clock_round_and_round():
    made = turns(A, C)
    assert [made.at(NOW + step * PICTURE_MS // 2).item for step in range(6)] == [A, A, C, C, A, A]


def test_a_picture_alone_has_one_turn_after_the_other():
    made = turns(A)
    assert [made.at(NOW), made.at(NOW + PICTURE_MS)] == [Showing(A, 1), Showing(A, 2)]


def test_a_film_plays_until_it_is_over_however_long():
    made = turns(B, C)
    assert made.at(NOW) == made.at(NOW + 10 * PICTURE_MS) == Showing(B, 1)
    made.over(7)
    assert made.at(NOW) == Showing(B, 1)
    made.over(1)
    assert made.at(NOW + 1) == Showing(C, 2)


def test_a_film_alone_begins_again():
    made = turns(B)
    assert made.at(NOW) == Showing(B, 1)
    made.over(1)
    assert made.at(NOW) == made.at(NOW) == Showing(B, 2)


def test_what_is_taken_away_loses_its_turn_and_the_next_by_name_has_it():
    made = turns(A, B, C)
    made.at(NOW)
    assert made.at(NOW + PICTURE_MS).item == B
    made.take((A, C))
    assert made.at(NOW + PICTURE_MS + 1) == Showing(C, 3)
    made.take((A,))
    assert made.at(NOW + PICTURE_MS + 2) == Showing(A, 4)


def test_a_clock_that_is_set_back_holds_no_picture():
    made = turns(A, C)
    assert made.at(NOW).item == A
    assert made.at(NOW - 3_600_000).item == C
