"""Numbers of identity cards: the check sign, the birth date, and ages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.id_number import age_on, birth_in, day_of, well_formed

VALID = ("11010519491231002X", "932682198501010017", "911124198108030024")


@pytest.mark.parametrize("number", VALID)
def test_numbers_of_the_reference(number: str) -> None:
    assert well_formed(number)


@pytest.mark.parametrize("number", VALID)
@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_found(number: str, place: int) -> None:
    for digit in "0123456789":
        if digit != number[place]:
            assert not well_formed(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    "number",
    [
        "", "1", "11010519491231002x", "110105194912310021", "1101051949123100 X", "11010519491231002XX",
        "११०१०५१९४९१२३१००२X", "110105194913310029", "USA12345678901", "US0123456789012", "usa123456789012",
    ],
)  # fmt: skip
def test_what_is_no_number(number: str) -> None:
    assert not well_formed(number)


def test_a_right_check_does_not_make_a_day_of_a_month_that_is_none() -> None:
    right = [f"11010519491331002{sign}" for sign in "0123456789X"]
    assert not any(map(well_formed, right))


def test_an_old_foreign_number() -> None:
    assert well_formed("USA110000000015")
    assert birth_in("USA110000000015") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19491231", date(1949, 12, 31)), ("20240229", date(2024, 2, 29)), ("20230229", None), ("2024022", None),
        ("2024 229", None), ("", None), ("２０２４０２２９", None),
    ],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_birth_in_a_number() -> None:
    assert birth_in("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(1955, 11, 25), date(2025, 11, 24), 69), (date(1955, 11, 25), date(2025, 11, 25), 70),
        (date(1956, 2, 29), date(2026, 2, 28), 69), (date(1956, 2, 29), date(2026, 3, 1), 70),
        (date(2025, 1, 1), date(2025, 1, 1), 0),
    ],
)  # fmt: skip
def test_ages(birth: date, today: date, age: int) -> None:
    assert age_on(birth, today) == age


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert well_formed(text) in (True, False)
