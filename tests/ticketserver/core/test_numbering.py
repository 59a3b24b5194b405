"""Ticket numbers as they are printed, and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketserver.core.numbering import as_printed, check_code, signs, ticket_number


@pytest.mark.parametrize(("prefix", "count", "number"), [
    ("A", 1, "A001"), ("A", 999, "A999"), ("A", 1000, "A1000"), ("1", 12, "1012"),
])  # fmt: skip
def test_three_digits_then_four(prefix, count, number):
    assert ticket_number(prefix, count) == number


def test_a_check_code_is_four_digits_of_its_token():
    assert check_code("AbCdEfGhIjKlMnOpQrStUv") == check_code("AbCdEfGhIjKlMnOpQrStUv")
    assert len({check_code(str(no)) for no in range(50)}) > 40
    assert all(len(check_code(str(no))) == 4 and check_code(str(no)).isdigit() for no in range(50))


@pytest.mark.parametrize(("typed", "number"), [
    ("A011", "A011"), ("A11", "A011"), ("a 11", "A011"), (" a-011 ", "A011"), ("Ａ１１", "A011"), ("A0011", "A011"),
    ("A1000", "A1000"), ("112", "1012"), ("1012", "1012"), ("11000", "11000"),
    ("", ""), ("a", "A"), ("AB1", "AB1"), ("A123456", "A123456"), ("0012", "0012"), ("A٣", "A٣"),
])  # fmt: skip
def test_a_number_is_found_as_people_say_it(typed, number):
    assert as_printed(typed) == number


@given(st.sampled_from("ABC12"), st.integers(1, 99_999), st.sampled_from(["", " ", "-", "  "]))
def test_every_number_is_found_with_and_without_its_zeros(prefix, count, between):
    number = ticket_number(prefix, count)
    assert as_printed(number) == as_printed(f"{prefix.lower()}{between}{count}") == number


def test_a_part_of_a_number_is_its_signs():
    assert signs(" ａ- 1") == "A1"
