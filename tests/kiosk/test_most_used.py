"""大家常办: learned from the hall's own days, expected from the catalogue until then."""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.most_used import AGAIN_MS, SHOWN
from tests.kiosk.kiosks import HALL, Kiosk, hours, service
from tests.kiosk.scenes import SAMPLE
from ticketserver.core.ids import ServiceId, ZoneId
from ticketserver.wire.views_catalogue import CatalogueView, ServiceView

EXPECTED = {"INJ-02": 9, "ARC-01": 5}


@pytest.fixture
def kiosk():
    services = {code: replace(each, daily_demand=EXPECTED.get(code, 0)) for code, each in HALL.services.items()}
    return Kiosk(replace(HALL, services=services)).up().tick(500)


def catalogue(**asked):
    services = [
        ServiceView(
            code=ServiceId(code.replace("_", "-")), name_zh="", name_en="", plain_zh="", plain_en="", zone=ZoneId("z"),
            minutes=1, asked=count,
        )
        for code, count in asked.items()
    ]  # fmt: skip
    return CatalogueView(services=services, zones=[], profiles=[], priority_classes=[])


def most_used(kiosk):
    kiosk.tap("search", "group:most-used")
    return [row.tap.value for row in kiosk.screen.rows]


def asks(kiosk):
    return kiosk.methods().count("get_catalogue")


def test_until_the_hall_has_days_of_its_own_the_catalogue_is_believed(kiosk):
    assert most_used(kiosk) == ["INJ-02", "ARC-01", "PAY-02", "REG-06", "REG-04"]
    assert kiosk.screen.title == "大家常办:请点要办的事"
    kiosk.tap("language")
    assert kiosk.screen.title == "Most used: what do you need?"
    kiosk.tap("back", "group:firm").answer("get_catalogue", catalogue(ARC_01=0)).tap("back")
    assert most_used(kiosk)[0] == "INJ-02"


def test_the_halls_own_days_go_before(kiosk):
    kiosk.answer("get_catalogue", catalogue(REG_06=40, ARC_01=40, PAY_02=70))
    assert most_used(kiosk) == ["PAY-02", "ARC-01", "REG-06", "INJ-02", "REG-04"]
    kiosk.tap("toggle:PAY-02", "done")
    assert [row.label for row in kiosk.screen.rows][:1] == ["自己交社保"]


def test_it_stands_first_where_nothing_is_typed(kiosk):
    kiosk.tap("search")
    assert (kiosk.screen.rows[0].label, kiosk.screen.rows[0].tap.value) == ("大家常办", "most-used")


def test_a_screenful_is_shown():
    assert len(most_used(Kiosk(SAMPLE).up())) == SHOWN


def test_asked_once_a_day_and_again_where_no_answer_came(kiosk):
    assert asks(kiosk) == 1
    kiosk.tick(500)
    assert asks(kiosk) == 1
    kiosk.lose("get_catalogue").tick(500)
    assert asks(kiosk) == 1
    kiosk.tick(AGAIN_MS).answer("get_catalogue", catalogue(REG_06=3)).tick(500)
    assert asks(kiosk) == 2
    kiosk.see(e.HoursSeen(hours(day="2025-11-26"))).tick(AGAIN_MS).refuse("get_catalogue", "rpc-32601").tick(AGAIN_MS)
    assert asks(kiosk) == 3
    assert most_used(kiosk)[0] == "REG-06"


def test_without_a_line_or_a_day_nothing_is_asked():
    assert asks(Kiosk().tick(500)) == 0
    assert asks(Kiosk().up(hours_view=hours(day="")).tick(500)) == 0


def test_the_search_puts_what_is_asked_for_more_first_where_all_else_is_equal():
    same = {code: service(code, f"社保{sign}", sign) for code, sign in (("AAA-01", "甲"), ("AAA-02", "乙"))}
    kiosk = Kiosk(replace(HALL, services=same)).up().tick(500).tap("search", "key:S", "key:B")
    assert [row.tap.value for row in kiosk.screen.rows] == ["AAA-01", "AAA-02"]
    kiosk.answer("get_catalogue", catalogue(AAA_02=1))
    assert [row.tap.value for row in kiosk.screen.rows] == ["AAA-02", "AAA-01"]
