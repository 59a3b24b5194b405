"""The text block: number, birth and kind of every kind of card, and nothing else of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.id_card_text import Card, read_text
from tests.hardware.codecs.id_cards import ADDRESS, NAME, foreigner, resident


def test_a_resident() -> None:
    assert read_text(resident()) == Card("resident", "11010519491231002X", date(1949, 12, 31))


def test_a_small_x_is_the_same_number() -> None:
    assert read_text(resident("11010519491231002x")).number == "11010519491231002X"


def test_hong_kong_macau_taiwan() -> None:
    assert read_text(resident("810000199408230021", "19940823", "J")) == Card(
        "J", "810000199408230021", date(1994, 8, 23)
    )


def test_a_foreigner_of_2017() -> None:
    assert read_text(foreigner()) == Card("I", "USA110000000015", date(1955, 2, 3))


def test_a_foreigner_of_2023_by_number_only() -> None:
    assert read_text(resident("932682198501010017", "19000101", "Y")) == Card(
        "Y", "932682198501010017", date(1985, 1, 1)
    )
    assert read_text(foreigner()[:248] + b"Y\0" + foreigner()[250:]) == Card("Y")


def test_an_unknown_kind_is_named() -> None:
    assert read_text(resident(letter="Q")) == Card("Q")


def test_a_number_that_is_not_well_formed_is_none() -> None:
    assert read_text(resident("110105194912310021")) == Card("resident")


def test_without_a_birth_date_the_number_tells_it() -> None:
    assert read_text(resident(birth="        ")).birth == date(1949, 12, 31)
    assert read_text(foreigner(birth="19551301")).birth is None


def test_nothing_of_a_person_shows_in_its_representation() -> None:
    shown = repr(read_text(resident()))
    assert shown == "Card(kind='resident')"
    assert set(vars(read_text(resident()))) == {"kind", "number", "birth"}
    assert all(secret not in repr(vars(read_text(resident()))) for secret in (NAME, ADDRESS))


@given(st.binary(max_size=300))
def test_any_block_is_read(block: bytes) -> None:
    card = read_text(block)
    assert card.kind


@pytest.mark.parametrize("block", [b"", b"\0" * 256])
def test_an_empty_block(block: bytes) -> None:
    assert read_text(block) == Card("resident")
