"""The pension calculator: three numbers, an estimate with its year and source."""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.names import Names
from kiosk.pension import estimate
from kiosk.rulebook import PensionRule, PensionRules
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, Kiosk, plan

RULES = (
    PensionRule(2019, 180, 0, 180, Names("指南", "a guide")),
    PensionRule(2030, 186, 6, 240, Names("决定", "a decision")),
)
ONE = replace(HALL, pension=PensionRules(("PAY-02",), RULES))


def opened() -> Kiosk:
    return Kiosk(ONE).up().tap("group:own", "pension")


def typed(years: str, months: str, left: str) -> Kiosk:
    made = opened()
    for name, signs in (("years", years), ("months", months), ("left", left)):
        made.tap(f"pension_field:{name}", *(f"pension_sign:{sign}" for sign in signs))
    return made


NEEDED = [
    (0, 2025, 180), (49, 2029, 180), (50, 2030, 186), (61, 2030, 186), (62, 2031, 192), (50 + 9 * 12, 2039, 240),
    (50 + 20 * 12, 2050, 240),
]  # fmt: skip


@pytest.mark.parametrize(("left", "year", "need"), NEEDED)
def test_how_many_months_depends_on_the_year_of_retirement(left: int, year: int, need: int) -> None:
    found = estimate(RULES, "2025-11-25", 0, left)
    assert (found.year, found.need, found.rule) == (year, need, RULES[year >= 2030])


def test_before_the_first_rule_the_first_one_holds() -> None:
    assert estimate(RULES[1:], "2025-11-25", 0, 0).need == 186


@pytest.mark.parametrize(
    ("paid", "left", "kind", "missing"),
    [(180, 0, "enough", 0), (179, 0, "short", 1), (180, 12, "enough", 0), (168, 12, "go_on", 0), (167, 12, "short", 1)],
)
def test_enough_or_short(paid: int, left: int, kind: str, missing: int) -> None:
    found = estimate(RULES, "2025-11-25", paid, left)
    assert (found.kind, found.missing) == (kind, missing)


def test_it_stands_beside_its_services_only() -> None:
    made = Kiosk(ONE).up().tap("group:own")
    assert made.labels()[-1] == "算算养老年限"
    assert "算算养老年限" not in Kiosk(ONE).up().tap("group:firm").labels()
    without = Kiosk().up().tap("group:own")
    assert "算算养老年限" not in without.labels()
    assert without.tap("pension").step is Step.LISTING


def test_three_numbers_and_the_result() -> None:
    made = typed("12", "6", "5")
    assert [field.value for field in made.screen.fields] == ["12", "6", "5"]
    made.tap("pension_next")
    assert made.screen.title == "接着交到退休,就够了"
    assert made.screen.text.split("\n") == [
        "2030 年退休,要累计交 186 个月", "断过也算,可以累计。不够的,退休时可以接着交",
        "2030 年起的规定,来源:决定。这是估算,以窗口为准",
    ]  # fmt: skip
    assert typed("16", "", "0").tap("pension_next").screen.title == "够了"
    assert typed("9", "", "0").tap("pension_next").screen.title == "交到退休还差 72 个月"


def test_typing_corrects_and_goes_field_by_field() -> None:
    made = opened().tap("pension_sign:1", "pension_sign:2", "pension_sign:3", "pension_rub", "pension_sign:x")
    assert [field.value for field in made.screen.fields] == ["1", "", ""]
    made.tap("pension_next", "pension_rub", "pension_field:other")
    assert [field.active for field in made.screen.fields] == [False, True, False]
    made.tap("pension_next", "pension_next")
    assert made.screen.fields[0].active
    assert made.step is Step.PENSION


def test_back_and_on() -> None:
    made = typed("12", "6", "5").tap("pension_next", "pension_back")
    assert [field.value for field in made.screen.fields] == ["12", "6", "5"]
    assert made.tap("pension_back").step is Step.LISTING
    made.tap("pension")
    assert [field.value for field in made.screen.fields] == ["", "", ""]


def test_an_enquiry_number_can_be_taken_and_leads_back() -> None:
    made = opened().tap("enquiry").answer("plan_visit", plan())
    assert made.step is Step.CONFIRM
    assert made.tap("back").step is Step.PENSION


def test_a_double_touch_types_both_signs_but_works_out_once() -> None:
    made = typed("12", "", "5").tap("pension_next")
    made.see(e.Tapped(e.Tap("pension_back")))
    assert made.step is Step.PENSION_SAID


def test_nothing_stays_for_the_next_person() -> None:
    made = typed("12", "6", "5").tick(75_000)
    assert made.step is Step.HOME
    made.tap("group:own", "pension")
    assert [field.value for field in made.screen.fields] == ["", "", ""]


def test_a_break_of_the_line_keeps_what_was_typed() -> None:
    made = typed("12", "6", "5").see(e.LinkLost()).tick(3_000)
    assert made.flow.desk.shut == "away"
    assert [field.value for field in made.up().screen.fields] == ["12", "6", "5"]
