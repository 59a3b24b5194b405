"""The picture: what each screen says, in both languages."""

import dataclasses

import pytest

from kiosk import events as e
from kiosk import model as m
from kiosk.buttons import Look
from kiosk.printer_look import PrinterLook
from tests.kiosk.kiosks import HALL, MINUTE, NOON, Kiosk, hours, plan, stage
from ticketserver.core.terms import Offer, Phase, PrintOutcome


@pytest.fixture
def kiosk():
    return Kiosk().up()


def facts(kiosk):
    return {fact.head: fact.text for fact in kiosk.screen.facts}


def test_the_first_screen(kiosk):
    screen = kiosk.screen
    assert screen.title == "您今天来办什么?几件事可以一起选,只取一个号"
    assert [tile.label for tile in screen.tiles] == ["自己交社保", "单位"]
    assert kiosk.labels() == ["搜一搜", "按遇到的事找", "说不清,取咨询号", "我已有号", "我有预约"]
    assert (screen.notice, screen.basket) == ("", m.Basket())


def test_the_first_screen_in_english(kiosk):
    kiosk.tap("language")
    assert kiosk.screen.title == "What do you need today? Choose several things; take one number"
    assert kiosk.frame.hall == "Sample hall"
    assert [each.label for each in kiosk.frame.controls] == ["中文", "Large text", "High contrast", "Ask\nstaff"]


NOTICES = [
    (hours(Phase.BEFORE_CALLING), "8:30 开始叫号"),
    (hours(Phase.LUNCH), "午间 12:00–13:30 窗口减少,等候会久一些"),
    (hours(calling_paused=True), "叫号暂停,号码保留,请在等候区稍等"),
]


@pytest.mark.parametrize(("when", "notice"), NOTICES)
def test_what_is_special_now_stands_on_the_first_screen(when, notice):
    assert Kiosk().up(hours_view=when).screen.notice == notice


def test_a_list_marks_what_is_chosen(kiosk):
    kiosk.choose()
    assert [(row.label, row.look) for row in kiosk.screen.rows] == [
        ("自己交社保", Look.CHOSEN), ("第一次自己参保", Look.SIDE),
    ]  # fmt: skip
    assert kiosk.screen.rows[0].detail == "灵活就业人员缴纳社会保险费"
    assert kiosk.screen.basket.text == "已选 1 件:自己交社保"


def test_a_name_is_not_said_twice(kiosk):
    kiosk.tap("search", "group:INJ")
    assert kiosk.screen.rows[0].detail == ""


def test_the_search_shows_subjects_first_then_what_was_found(kiosk):
    kiosk.tap("search")
    assert [row.label for row in kiosk.screen.rows] == ["大家常办", "档案", "工伤", "取结果"]
    assert kiosk.screen.wide
    kiosk.tap("key:L", "key:H", "key:J", "key:Y")
    assert kiosk.screen.heading == "“灵活就业”有几种,您要办哪一种?"
    assert [row.label for row in kiosk.screen.rows] == ["自己交社保", "第一次自己参保"]
    kiosk.tap("clear", "key:C", "key:D", "key:A")
    assert kiosk.screen.heading == "找到 1 件"
    kiosk.tap("key:X")
    assert (kiosk.screen.heading, kiosk.screen.rows) == ("没有找到。换个说法试试,或取咨询号", ())


def test_the_confirm_screen_promises_one_window_only_once_the_plan_says_so(kiosk):
    kiosk.choose().tap("done")
    assert facts(kiosk)["等候"] == "正在看要等多久……"
    assert "窗口" not in facts(kiosk)
    kiosk.answer("plan_visit", plan())
    assert facts(kiosk) == {
        "窗口": "在一个窗口就能办完。叫到几号窗口,就去几号窗口",
        "等候": "前面约 12 人,大约等 20–35 分钟",
        "材料": "请带好:身份证、社保卡。替别人办,请带两个人的身份证(以窗口要求为准)",
    }


def test_several_services_at_one_window_and_each_paper_once(kiosk):
    kiosk.tap("search", "toggle:ARC-01", "toggle:PAY-02", "done").answer("plan_visit", plan())
    assert facts(kiosk)["窗口"] == "这 2 件事在一个窗口就能办完。叫到几号窗口,就去几号窗口"
    assert facts(kiosk)["材料"].startswith("请带好:身份证、社保卡。")


def test_several_stops_are_said_with_their_windows(kiosk):
    kiosk.confirm(stage(), stage("pension", open_from_ms=NOON + 90 * MINUTE))
    assert facts(kiosk)["窗口"] == (
        "这次要到 2 处办理,号码不变,不用重新取号。第 1 站:综合窗口;第 2 站:养老审核窗口(13:30 开始)"
    )


def test_a_stop_without_a_window_today_is_said(kiosk):
    kiosk.confirm(stage("pension", stranded=True))
    assert facts(kiosk)["窗口"] == "养老审核窗口今天没有窗口,请到导办台问一问"
    assert "等候" not in facts(kiosk)


WAITS = [
    ({"ahead": 0, "wait_p50_ms": 0, "wait_p90_ms": MINUTE}, "现在人少,很快就能叫到您"),
    ({"ahead": 2, "wait_p50_ms": 0, "wait_p90_ms": 1}, "前面约 2 人,大约等 1–2 分钟"),
    ({"ahead": 2, "wait_p50_ms": 4 * MINUTE, "wait_p90_ms": 8 * MINUTE + 1}, "前面约 2 人,大约等 4–9 分钟"),
    ({"ahead": 30, "wait_p50_ms": 59 * MINUTE, "wait_p90_ms": 81 * MINUTE}, "前面约 30 人,大约等 55–85 分钟"),
    ({"calling_from_ms": NOON + 30 * MINUTE}, "12:30 开始叫号,前面约 12 人"),
    ({"calling_from_ms": NOON + 30 * MINUTE, "ahead": 0}, "12:30 开始叫号,前面没有人"),
    ({"calling_paused": True}, "叫号暂停,号码保留。前面约 12 人"),
    ({"offer": Offer.BATCH_COUNTER}, "前面约 12 人,大约等 20–35 分钟\n件数多,会安排到批量窗口"),
    ({"offer": Offer.LATER_SLOT}, "前面约 12 人,大约等 20–35 分钟\n件数多,也可以请导办台另约时间"),
]


@pytest.mark.parametrize(("values", "text"), WAITS)
def test_a_wait_is_a_range_and_not_more_exact_than_it_is(kiosk, values, text):
    assert facts(kiosk.confirm(**values))["等候"] == text


@pytest.mark.parametrize(("first", "ahead", "text"), [
    (stage(open_from_ms=NOON + 90 * MINUTE), 12, "13:30 开始叫号,前面约 12 人"),
    (stage(unopened=True), 12, "目前没有开放的窗口,开了就叫号。前面约 12 人"),
    (stage(unopened=True), 0, "目前没有开放的窗口,开了就叫号。前面没有人"),
])  # fmt: skip
def test_no_minutes_are_said_while_no_window_is_open(kiosk, first, ahead, text):
    assert facts(kiosk.confirm(first, ahead=ahead, wait_p50_ms=0, wait_p90_ms=0))["等候"] == text


def test_at_lunch_it_is_said_what_waits_longer_and_what_is_not_done():
    kiosk = Kiosk().up(hours_view=hours(Phase.LUNCH))
    assert facts(kiosk.confirm())["等候"].endswith("午间 12:00–13:30 窗口减少,等候会久一些")
    kiosk.tap("home", "search", "toggle:INJ-02", "done").answer("plan_visit", plan())
    assert facts(kiosk)["等候"].endswith("这件事午间不办,13:30 起叫号,可以先取号")
    assert "材料" not in facts(kiosk)


def test_an_enquiry_has_no_papers_and_nothing_to_add(kiosk):
    kiosk.tap("enquiry").answer("plan_visit", plan())
    assert (kiosk.screen.title, list(facts(kiosk))) == ("请核对", ["窗口", "等候"])
    assert kiosk.labels() == ["我可以优先", "返回修改"]


def test_priority_is_a_choice_with_proof_at_the_window(kiosk):
    kiosk.confirm().tap("priority")
    assert (kiosk.screen.title, [row.label for row in kiosk.screen.rows]) == (
        "以下情况可以优先,请出示证件", ["军人", "老人", "没有以上情况"],
    )  # fmt: skip
    kiosk.tap("claim:age").answer("plan_visit", plan())
    assert facts(kiosk)["优先"] == "老人。请带好证件,窗口核对"
    kiosk.tap("priority")
    assert [row.look for row in kiosk.screen.rows] == [Look.SIDE, Look.CHOSEN, Look.SIDE]


def test_a_hall_without_priority_does_not_offer_it():
    kiosk = Kiosk(dataclasses.replace(HALL, priorities=())).up().confirm()
    assert kiosk.labels() == ["再加一件", "返回修改"]


def test_a_refusal_takes_the_place_of_promises(kiosk):
    kiosk.choose().tap("done").refuse("plan_visit", "no_counter_today")
    assert kiosk.screen.facts == ()


def test_a_refusal_that_nobody_foresaw_has_a_sentence(kiosk):
    kiosk.confirm().tap("take").refuse("issue_ticket", "rpc-32603")
    assert kiosk.screen.text == "系统没能处理这一步,没有取到号。请再试一次,或到导办台。"


def test_without_another_kiosk_the_help_desk_reprints():
    kiosk = Kiosk(dataclasses.replace(HALL, others=())).up().take()
    kiosk.printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    assert kiosk.screen.head.endswith("也可以到导办台补打。")


def test_names_the_hall_does_not_know_are_said_as_they_are():
    hall = dataclasses.replace(HALL, zones={})
    assert hall.name_of("QQQ-01", "zh") == "QQQ-01"
    assert (hall.window_of("far", "zh"), hall.area_of("far", "en")) == ("far", "far")
    assert HALL.name_of("enquiry", "en") == "Enquiry"


def test_frames_of_one_state_are_equal_so_that_nothing_is_drawn_twice(kiosk):
    kiosk.take()
    assert kiosk.frame == kiosk.tick(1).frame
    assert e.Tap("x") == e.Tap("x", "")


def test_a_frame_is_fresh_where_nothing_of_a_visit_is_left(kiosk):
    assert kiosk.frame.fresh
    assert not kiosk.choose().frame.fresh
    assert kiosk.tap("home").frame.fresh
    assert kiosk.tap("large").frame.fresh
    assert not kiosk.tap("duty").frame.fresh
