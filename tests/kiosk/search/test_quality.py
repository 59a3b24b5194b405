"""The search finds what people say, at least as well as it has been measured to (`python -m tests.kiosk.search`)."""

import pytest

from tests.kiosk.search.measure import HALVES, WAYS, on_keys, quality, queries, sample_hall, synthetic
from ticketserver.search.index import Index

FLOORS = {("frozen", way): 97.5 for way in WAYS} | {("tuned", way): 98.0 for way in WAYS}
"""Per cent with a right service among the first three."""


@pytest.fixture(scope="module")
def hall():
    return sample_hall()


@pytest.mark.parametrize(("half", "way"), FLOORS)
def test_a_right_service_is_among_the_first_three(hall, half, way):
    found = quality(Index(hall.services.values()), half, way)
    assert found.percent >= FLOORS[half, way], found.missed


@pytest.mark.parametrize("half", HALVES)
def test_there_are_a_hundred_queries_and_more_and_the_hall_has_what_is_right(hall, half):
    asked = queries(half)
    assert len(asked) >= 100
    assert {code for right in asked.values() for code in right} <= set(hall.services)
    assert all(asked.values())


def test_no_query_is_in_both_halves():
    assert not set(queries("frozen")) & set(queries("tuned"))


def test_the_kiosks_keys_have_no_chinese_signs():
    assert on_keys("社保卡 SBK-4050") == "shebaokasbk4050"


def test_a_synthetic_catalogue_has_the_shipped_services_and_new_ones(hall):
    made = synthetic(hall.services.values(), 300)
    assert made[:143] == list(hall.services.values())
    assert len({service.code for service in made}) == 300
