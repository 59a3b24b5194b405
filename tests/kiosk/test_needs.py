"""What to bring: in one sentence on the confirm screen, and service by service one touch away."""

from dataclasses import replace

import pytest

from kiosk.model import Fact
from kiosk.services import Names
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, Kiosk, plan, service

LICENCE = Names("营业执照", "Business licence")
SERVICES = {
    "REG-01": service("REG-01", "单位开户", "单位参保登记", papers=(Names("开户信息", "Bank"),), on_record=(LICENCE,)),
    "REG-09": service("REG-09", "改信息", "信息变更", on_record=(LICENCE,)),
    "NON-01": service("NON-01", "什么也不带", "无"),
}


@pytest.fixture
def kiosk():
    return Kiosk(replace(HALL, services=HALL.services | SERVICES)).up()


def papers(kiosk):
    return [fact for fact in kiosk.screen.facts if fact.head == "材料"]


def test_each_service_says_what_it_needs_and_what_records_may_replace(kiosk):
    kiosk.tap("search", "toggle:PAY-02", "toggle:REG-01", "toggle:NON-01", "done").answer("plan_visit", plan())
    (fact,) = papers(kiosk)
    assert fact.text.startswith("请带好:身份证、社保卡、开户信息、营业执照(能联网查到可不带)。")
    kiosk.tap("needs")
    assert kiosk.screen.rows == (
        Fact("自己交社保", "请带:身份证、社保卡"),
        Fact("单位开户", "请带:开户信息\n能联网查到就不用带:营业执照"),
    )
    kiosk.tap("language")
    assert kiosk.screen.rows[1].text == "Bring: Bank\nOnly if not found on record: Business licence"
    kiosk.tap("back")
    assert (kiosk.step, kiosk.screen.take.enabled) == (Step.CONFIRM, True)


def test_a_paper_of_two_services_stands_once_in_the_sentence(kiosk):
    kiosk.tap("search", "toggle:REG-01", "toggle:REG-09", "done").answer("plan_visit", plan())
    assert papers(kiosk)[0].text.count("营业执照") == 1
    assert [row.text for row in kiosk.tap("needs").screen.rows][1] == "能联网查到就不用带:营业执照"


def test_many_papers_are_counted_and_told_on_their_own_screen():
    many = tuple(Names(f"材料{no}", f"Paper {no}") for no in range(7))
    kiosk = Kiosk(replace(HALL, services=HALL.services | {"REG-01": service("REG-01", "甲", "甲", papers=many)})).up()
    kiosk.tap("search", "toggle:REG-01", "done").answer("plan_visit", plan())
    assert papers(kiosk)[0].text == "共 7 样材料。点“要带什么”,看每件事带哪些"
    assert "材料6" in kiosk.tap("needs").screen.rows[0].text


def test_nothing_is_said_of_papers_where_none_are_known(kiosk):
    kiosk.tap("search", "toggle:NON-01", "done").answer("plan_visit", plan())
    assert papers(kiosk) == []
    kiosk.tap("back", "back", "enquiry").answer("plan_visit", plan())
    assert papers(kiosk) == []
