"""Right place first: the questions before a number, where to go instead, and the days of a service."""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.precheck_slip import where_slip
from kiosk.printer_look import PrinterLook
from kiosk.rulebook import Answer, Outcome, Precheck, Question
from kiosk.services import Names
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, Kiosk, hours, plan
from ticketserver.core.terms import Phase, PrintOutcome


def names(text: str) -> Names:
    return Names(text, f"{text} in English")


def asked(**other) -> Precheck:
    values = {
        "id": "own", "services": ("PAY-02",), "year": 2025, "source": names("公告"),
        "opens": "2025-11-01", "closes": "2025-11-30",
        "questions": (
            Question("where", names("户口在哪里?"), (
                Answer(names("本区"), "office"), Answer(names("本市"), "which"), Answer(names("外市"), "look"),
            )),
            Question("which", names("哪一种?"), (Answer(names("都有"), "full"), Answer(names("都没有"), "none"))),
        ),
        "outcomes": (
            Outcome("office", "elsewhere", names("街道保障所"), (names("身份证"), names("社保卡"))),
            Outcome("full", "go_on", names("窗口审核"), (), 5000), Outcome("look", "go_on", names("窗口看一看")),
            Outcome("none", "cannot", names("要有一样")),
        ),
    }  # fmt: skip
    return Precheck(**(values | other))


def dates(**other) -> Precheck:
    """A precheck without questions."""
    return asked(id="dates", services=("REG-06",), questions=(), outcomes=(), **other)


def kiosk(*checks: Precheck) -> Kiosk:
    return Kiosk(replace(HALL, prechecks=checks or (asked(),))).up()


def chosen(*checks: Precheck) -> Kiosk:
    return kiosk(*checks).choose().tap("done")


def printed_text(made: Kiosk) -> str:
    return "\n".join(getattr(item, "text", "") for item in made.last(e.Print).document.items)


# ---- asking


def test_the_first_question_comes_before_the_plan_and_before_a_number() -> None:
    made = chosen()
    assert made.step is Step.CHECK
    assert made.screen.title == "户口在哪里?"
    assert made.screen.hint == "自己交社保(2025 年的规定):请点您的情况"
    assert [row.label for row in made.screen.rows] == ["本区", "本市", "外市"]
    assert made.labels() == ["返回", "说不清,取咨询号"]
    assert "plan_visit" not in made.methods()


def test_answers_that_fit_lead_to_the_number() -> None:
    made = chosen().tap("answer:1", "answer:0")
    assert made.step is Step.CHECKED
    assert made.screen.title == "按您的回答,自己交社保可以在这里办"
    assert made.screen.text.split("\n") == [
        "窗口审核", "标准:每人每年 5000 元(2025 年)", "2025 年的规定,来源:公告。以本局现行通知为准"
    ]  # fmt: skip
    made.tap("check_on").answer("plan_visit", plan()).tap("take")
    assert [item.service for item in made.asked("issue_ticket").params.services] == ["PAY-02"]


def test_an_outcome_without_an_amount_names_none() -> None:
    assert "元" not in chosen().tap("answer:2").screen.text


def test_what_was_cleared_is_not_asked_again() -> None:
    made = chosen().tap("answer:2", "check_on").answer("plan_visit", plan())
    made.tap("back")
    assert made.step is Step.LISTING
    made.tap("toggle:REG-06", "done")
    assert made.step is Step.CONFIRM


def test_two_prechecks_come_one_after_the_other() -> None:
    made = kiosk(asked(), asked(id="other", services=("REG-06",))).tap("group:own", "toggle:PAY-02", "toggle:REG-06")
    made.tap("done", "answer:2", "check_on")
    assert (made.step, made.flow.desk.visit.check.precheck) == (Step.CHECK, "other")
    made.tap("answer:2", "check_on")
    assert made.step is Step.CONFIRM


@pytest.mark.parametrize("place", ["3", "-1", "x", ""])
def test_an_answer_that_is_not_there_does_nothing(place: str) -> None:
    made = chosen()
    before = made.frame
    assert made.tap(f"answer:{place}").frame == before


def test_back_goes_question_by_question_to_where_one_came_from() -> None:
    made = chosen().tap("answer:1", "answer:1")
    assert made.step is Step.CHECKED
    made.tap("check_back")
    assert made.screen.title == "哪一种?"
    made.tap("check_back")
    assert made.screen.title == "户口在哪里?"
    made.tap("check_back")
    assert made.step is Step.LISTING


def test_a_double_touch_answers_one_question() -> None:
    made = chosen().tap("answer:1")
    made.see(e.Tapped(e.Tap("answer", "0")))
    assert made.screen.title == "哪一种?"


def test_who_leaves_takes_the_answers_along() -> None:
    made = chosen().tap("answer:1").tick(45_000)
    assert made.frame.warning is not None
    made.tick(30_000)
    assert made.step is Step.HOME
    made.choose().tap("done")
    assert made.screen.title == "户口在哪里?"


def test_a_break_of_the_line_does_not_lose_the_place() -> None:
    made = chosen().tap("answer:1").see(e.LinkLost()).tick(3_000)
    made.tap("answer:0")
    assert made.flow.desk.shut == "away"
    made.up()
    assert made.screen.title == "哪一种?"


def test_the_hall_closes_while_one_answers() -> None:
    made = chosen().see(e.HoursSeen(hours(Phase.CUT_OFF)))
    assert "已停止取号" in made.screen.text


# ---- not here


def test_the_wrong_place_says_where_to_go_and_what_to_bring() -> None:
    made = chosen().tap("answer:0")
    assert made.screen.title == "自己交社保不在本大厅办"
    assert made.screen.text.split("\n") == [
        "请到:街道保障所", "带:身份证、社保卡", "申报时间:2025 年 11 月 1 日到 2025 年 11 月 30 日",
        "2025 年的规定,来源:公告。以本局现行通知为准",
    ]  # fmt: skip
    assert made.labels() == ["打印去哪里办", "说不清,取咨询号", "返回", "回到首页"]
    made.tap("check_on")
    assert made.step is Step.CHECKED


def test_where_to_go_is_printed_without_a_number() -> None:
    made = chosen().tap("answer:0", "check_print")
    document = made.last(e.Print).document
    assert document.mark == "不是号票"
    assert "街道保障所\n带:身份证、社保卡\n" in printed_text(made)
    assert made.labels()[0] == "正在打印"
    made.tap("check_print")
    assert len(made.all(e.Print)) == 1
    made.see(e.Printed(99, PrintOutcome.CONFIRMED)).printed(PrintOutcome.CONFIRMED)
    assert made.labels()[0] == "打好了,再打一张"
    assert made.step is Step.CHECKED
    assert "issue_ticket" not in made.methods()
    assert "report_print" not in made.methods()


def test_paper_that_did_not_come_is_said() -> None:
    made = chosen().tap("answer:0", "check_print").printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    assert made.screen.title == "没有打印出来,请记住或拍照"
    assert made.labels()[0] == "再打印一次"
    made.see(e.PrinterSeen(PrinterLook.PAPER_OUT))
    assert "再打印一次" not in made.labels()


def test_paper_for_who_has_gone_is_nobodys() -> None:
    made = chosen().tap("answer:0", "check_print", "home").choose().tap("done", "answer:0")
    made.printed(PrintOutcome.CONFIRMED)
    assert made.labels()[0] == "打印去哪里办"


@pytest.mark.parametrize("taps", [["answer:2"], ["answer:1", "answer:1"]])
def test_nothing_is_printed_where_there_is_nowhere_to_go(taps: list[str]) -> None:
    assert chosen().tap(*taps, "check_print").all(e.Print) == []


def test_nothing_is_printed_before_an_answer() -> None:
    assert chosen(replace(asked(), questions=(), closes="2025-11-02")).tap("check_print").all(e.Print) == []


def test_an_enquiry_number_is_still_offered_and_leads_back() -> None:
    made = chosen().tap("answer:0", "enquiry").answer("plan_visit", plan())
    made.tap("back")
    assert made.step is Step.CHECKED
    made.tap("enquiry").answer("plan_visit", plan()).tap("take")
    params = made.asked("issue_ticket").params
    assert (params.purpose, params.services) == ("enquiry", [])


def test_the_other_things_chosen_go_on_without_it() -> None:
    made = kiosk().tap("group:own", "toggle:PAY-02", "toggle:REG-06", "done", "answer:0")
    assert "办其余的事" in made.labels()
    made.tap("check_drop")
    assert made.step is Step.CONFIRM
    assert list(made.flow.desk.visit.basket) == ["REG-06"]


def test_without_other_things_there_is_nothing_left() -> None:
    made = chosen().tap("answer:0", "check_drop")
    assert (made.step, made.flow.desk.visit.basket) == (Step.HOME, {})


def test_not_for_this_person_says_which_answer_stands_against_it() -> None:
    made = chosen().tap("answer:1", "answer:1")
    assert made.screen.title == "按您的回答,不能办自己交社保"
    assert made.screen.text.startswith("您选的是:都没有\n要有一样\n")
    assert "打印去哪里办" not in made.labels()


# ---- the days


def test_before_and_after_its_days_no_number_is_given() -> None:
    later = chosen(asked(opens="2025-12-01", closes="2025-12-20")).tap("answer:1", "answer:0")
    assert later.screen.title == "现在不能办自己交社保"
    assert "2025 年 12 月 1 日到 2025 年 12 月 20 日,还没有开始。" in later.screen.text
    over = chosen(asked(closes="2025-11-24")).tap("answer:1", "answer:0")
    assert "已经过了" in over.screen.text
    assert "继续" not in over.labels()
    over.tap("check_on")
    assert over.step is Step.CHECKED


def test_the_wrong_place_is_told_on_any_day() -> None:
    assert "街道保障所" in chosen(asked(closes="2025-11-24")).tap("answer:0").screen.text


def test_days_of_an_earlier_year_are_said_at_once_and_nothing_is_asked_by_their_rules() -> None:
    made = chosen(asked(year=2024, opens="2024-11-01", closes="2024-11-30"))
    assert made.step is Step.CHECKED
    assert "这里只有 2024 年的规定" in made.screen.text
    assert "2024 年 11 月 1 日到 2024 年 11 月 30 日" in made.screen.text
    assert "今年的还不知道" in made.screen.text
    assert made.labels() == ["说不清,取咨询号", "返回", "回到首页"]
    assert made.tap("check_back").step is Step.LISTING


@pytest.mark.parametrize(
    ("opens", "closes", "text"),
    [
        ("2025-12-01", "", "申报时间:2025 年 12 月 1 日起,还没有开始"),
        ("", "2025-11-01", "申报时间:到 2025 年 11 月 1 日,已经过了"),
    ],
)
def test_days_without_questions(opens: str, closes: str, text: str) -> None:
    made = kiosk(dates(opens=opens, closes=closes)).tap("group:own", "toggle:REG-06", "done")
    assert made.step is Step.CHECKED
    assert text in made.screen.text
    made.tap("check_back")
    assert made.step is Step.LISTING


def test_within_its_days_nothing_is_asked() -> None:
    made = kiosk(dates(), dates(opens="", closes="")).tap("group:own", "toggle:REG-06", "done")
    assert made.step is Step.CONFIRM


def test_the_slip_says_it_in_the_languages_of_the_hall() -> None:
    made = kiosk(asked(opens="", closes=""))
    both = [made.flow.desk.words_in("zh"), made.flow.desk.words_in("en")]
    check = asked(opens="", closes="")
    document = where_slip(check, Outcome("x", "elsewhere", names("街道")), both)
    texts = [item.text for item in document.items if hasattr(item, "text")]
    assert document.mark == "不是号票 NOT A TICKET"
    assert texts == [
        "示例大厅", "自己交社保", "请到:", "街道", "2025 年的规定,来源:公告。以本局现行通知为准", "还有疑问,可取咨询号",
        "Sample hall", "PAY-02 plain", "Go to:", "街道 in English",
        "Rules of 2025, from 公告 in English. The bureau's current notice decides", "Questions? Take an enquiry number",
    ]  # fmt: skip
