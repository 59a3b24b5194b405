"""The hall that ships with the product: complete, not overloaded, one counter per visit."""

from collections import Counter

import pytest

from ticketserver.shared.catalogue import PLAIN_NAME_CHARACTERS
from ticketserver.shared.checks_devices import expected_numbers
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.review import MAX_LOAD, counters_by_work, groups, numbers_text, review_hall, together_at
from ticketserver.shared.settings import Settings


@pytest.fixture
def hall(sample: Settings) -> Settings:
    return sample


def test_has_143_services_and_85_at_the_comprehensive_counters(hall: Settings) -> None:
    services = hall.catalogue.service
    assert len(services) == 143
    assert len(hall.catalogue.in_zone("comprehensive")) == 85
    assert Counter(service.handling for service in services) == {"instant": 85, "specialist": 58}
    assert sum(service.daily_demand for service in services) == 1000


def test_plain_names_are_short_distinct_and_the_tables_words(hall: Settings) -> None:
    names = [service.plain_zh for service in hall.catalogue.service]
    assert len(set(names)) == 143
    assert max(map(len, names)) <= PLAIN_NAME_CHARACTERS
    assert len({service.plain_en for service in hall.catalogue.service}) == 143
    assert hall.catalogue.by_code["ARC-01"].plain_zh == "存档案"
    assert hall.catalogue.by_code["PAY-02"].plain_zh == "自己交社保"


def test_the_first_screen_has_eight_tiles(hall: Settings) -> None:
    assert [tile.name_zh for tile in hall.catalogue.tile] == [
        "自己交社保", "社保卡", "办退休", "养老金资格认证", "查询打印", "失业登记、失业金", "存档案", "单位业务",
    ]  # fmt: skip
    for tile in hall.catalogue.tile:
        assert len(set(tile.services)) == len(tile.services)


def test_has_thirty_counters_in_three_groups(hall: Settings) -> None:
    assert [counter.number for counter in hall.counter] == list(range(1, 31))
    found = [numbers_text(group.counters) for group in groups(hall, hall.catalogue)]
    assert found == ["1-20", "19-20", "21-27", "28-30"]


def test_no_group_is_overloaded_in_a_peak_hour(hall: Settings) -> None:
    for group in groups(hall, hall.catalogue):
        assert 0 < group.erlang < MAX_LOAD * len(group.counters)


def test_the_groups_carry_the_load_of_the_figures(hall: Settings) -> None:
    loads = {numbers_text(group.counters): group.erlang for group in groups(hall, hall.catalogue)}
    # 16.44 Erlang of services, and the visit purposes on top.
    assert 16.4 < loads["1-20"] < 18
    assert loads["21-27"] == pytest.approx(5.9, abs=0.05)
    assert loads["28-30"] == pytest.approx(2.5, abs=0.05)


def test_every_related_pair_ends_at_one_counter(hall: Settings) -> None:
    pairs = hall.catalogue.related_pairs()
    assert len(pairs) == 61
    assert [pair for pair in pairs if not together_at(hall, hall.catalogue, *pair)] == []


def test_purposes_are_where_the_rules_say(hall: Settings) -> None:
    able = counters_by_work(hall, hall.catalogue)
    for purpose in ("enquiry", "papers", "collect"):
        assert numbers_text(able[purpose]) == "1-20"
    assert numbers_text(able["complain"]) == "19-20"


def test_needs_no_advice(hall: Settings) -> None:
    assert review_hall(hall, hall.catalogue) == ()


def test_every_zone_has_a_counter_that_bears_its_name_or_is_done_at_one(hall: Settings) -> None:
    able = counters_by_work(hall, hall.catalogue)
    for service in hall.catalogue.service:
        assert len(able[service.code]) >= 3


def test_numbers_of_a_peak_day_fit_three_digits(hall: Settings) -> None:
    assert max(expected_numbers(hall).values()) == expected_numbers(hall)["A"] == 883 + 63


def test_someone_stays_at_lunch_for_each_group(hall: Settings) -> None:
    lunch = hall.calendar.lunch
    assert lunch is not None
    assert minutes_of_day(lunch.starts) == 720
    stays = frozenset(lunch.counters)
    assert all(group.counters & stays for group in groups(hall, hall.catalogue) if len(group.counters) > 2)


def test_has_the_devices_of_the_virtual_hall(hall: Settings) -> None:
    assert [kiosk.printer for kiosk in hall.kiosk] == ["printer1", "printer2"]
    assert [printer.link for printer in hall.printer] == [
        "serial:run/dev/printer1?baud=19200", "serial:run/dev/printer2?baud=19200",
    ]  # fmt: skip
    assert [(bus.protocol, [box.counter for box in bus.box]) for bus in hall.bus] == [
        ("ub485", [1, 2]), ("line", [1, 2]),
    ]  # fmt: skip
    assert [(panel.counter, panel.model) for panel in hall.panel] == [(1, "led485-4"), (2, "led485-4")]
    assert (hall.kiosk[0].scanner, hall.kiosk[0].card_reader) == ("scanner1", "reader1")
    assert [display.speaks for display in hall.display] == [True]


def test_tells_clients_where_the_server_is(hall: Settings) -> None:
    assert hall.server.ws_url == "ws://127.0.0.1:8765"
    assert hall.server.http_url == "http://127.0.0.1:8080"


def test_the_catalogue_finds_services_and_their_papers(hall: Settings) -> None:
    catalogue = hall.catalogue
    service = catalogue.find("ARC-01")
    assert service is not None
    assert catalogue.find("ARC-99") is None
    assert [material.zh for material in catalogue.materials_of(service)] == ["身份证", "本地户口簿", "调档材料"]
    assert {service.category for service in catalogue.in_category("CRD")} == {"CRD"}
    assert len(catalogue.in_category("CRD")) == 8
