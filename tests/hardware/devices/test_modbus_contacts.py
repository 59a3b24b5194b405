"""Contacts that are read, latched and counted: one press is one press, whoever saw it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.modbus_contacts import JAMMED_MS, REPEAT_MS, SETTLE_MS, Contact, Counters, Latches


def signals(readings: list[tuple[int, bool, int]], filtered: bool = False) -> list[str]:
    contact = Contact(filtered)
    return [kind for now_ms, closed, fresh in readings for kind in contact.read(closed, fresh, now_ms)]


@pytest.mark.parametrize("filtered", [False, True])
@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([(0, True, 0), (100, True, 0), (200, False, 0)], ["up"]),
        ([(0, False, 5), (1000, False, 0)], []),
        ([(0, False, 0), (1000, True, 1), (1100, True, 0), (1200, False, 0)], ["down", "up"]),
        # Closed between the reading of the memory and its own: remembered one reading later.
        ([(0, False, 0), (1000, True, 0), (1100, True, 1), (1200, False, 0)], ["down", "up"]),
        ([(0, False, 0), (1000, True, 0), (1100, False, 1), (1200, False, 0)], ["down", "up"]),
        # No reading met it.
        ([(0, False, 0), (1000, False, 1), (1100, False, 0)], ["missed"]),
        # Its bounce, remembered after that.
        ([(0, False, 0), (1000, False, 1), (1000 + REPEAT_MS - 1, False, 1)], ["missed"]),
        ([(0, False, 0), (1000, False, 1), (1000 + REPEAT_MS, False, 1)], ["missed", "missed"]),
    ],
)
def test_one_press_is_one(filtered: bool, readings: list[tuple[int, bool, int]], expected: list[str]) -> None:
    assert signals(readings, filtered) == expected


def test_what_latches_see_beside_a_closed_contact_is_bounce() -> None:
    assert signals([(0, False, 0), (1000, True, 1), (2000, True, 1), (3000, False, 1)]) == ["down", "up"]


def test_what_a_filter_lets_through_on_a_slow_bus_are_presses() -> None:
    readings = [(0, False, 0), (1000, False, 2), (2000, True, 2), (3000, True, 1), (4000, False, 1)]
    assert signals(readings, True) == ["missed", "missed", "missed", "down", "missed", "missed", "up"]


def test_no_more_presses_than_a_finger_can_do() -> None:
    assert signals([(0, False, 0), (600, False, 0), (700, False, 9)], True) == ["missed"]
    assert signals([(0, False, 0), (650, False, 9)], True) == ["missed"] * 3


def test_a_latch_is_one_press_until_its_clearing_is_confirmed() -> None:
    latches = Latches(2)
    contacts = [Contact(), Contact()]
    for contact in contacts:
        contact.read(False, 0, 0)
    assert latches.fresh([True, False]) == [1, 0]
    assert latches.fresh([True, False]) == [0, 0]
    assert latches.fresh([True, True]) == [0, 1]
    latches.cleared()
    assert latches.fresh([False, True]) == [0, 1]
    # Cleared, and the confirmation lost: it reads open, and the next closing is a new one.
    assert latches.fresh([False, False]) == [0, 0]
    assert latches.fresh([False, True]) == [0, 1]


def test_latches_are_cleared_once_their_contacts_have_settled() -> None:
    latches = Latches(2)
    contacts = [Contact(), Contact()]
    for contact in contacts:
        contact.read(False, 0, 0)
    assert not latches.may_clear(contacts, 1000)
    latches.fresh([True, True])
    contacts[0].read(True, 1, 1000)
    contacts[1].read(True, 1, 1000)
    assert not latches.may_clear(contacts, 1000 + JAMMED_MS - 1)
    assert latches.may_clear(contacts, 1000 + JAMMED_MS)
    contacts[0].read(False, 0, 1200)
    contacts[1].read(False, 0, 1200)
    assert not latches.may_clear(contacts, 1200 + SETTLE_MS - 1)
    assert latches.may_clear(contacts, 1200 + SETTLE_MS)


def test_counters_count_on_over_their_end_and_learn_anew_after_a_restart() -> None:
    counters = Counters()
    assert counters.fresh([0xFFFF, 0xFFFF, 0, 7]) == [0, 0]
    assert counters.fresh([0, 1, 0, 8]) == [2, 1]
    assert counters.fresh([0, 0, 1, 0]) == [0, 0]
    assert counters.fresh([0, 0, 1, 1]) == [0, 1]


@given(st.lists(st.tuples(st.integers(20, 100), st.booleans(), st.integers(0, 1)), max_size=60), st.booleans())
def test_between_two_readings_there_is_never_more_than_one_press(
    readings: list[tuple[int, bool, int]], filtered: bool
) -> None:
    contact, now_ms, was = Contact(filtered), 0, None
    for pause_ms, closed, fresh in readings:
        now_ms += pause_ms
        kinds = contact.read(closed, fresh, now_ms)
        assert len(kinds) <= 1
        assert (kinds == ["down"]) == (was is False and closed)
        assert (kinds == ["up"]) == (was is True and not closed)
        was = closed
