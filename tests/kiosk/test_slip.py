"""What a slip says, line by line."""

import dataclasses

import pytest

from hardware.codecs.slip import SlipColumns, SlipPicture, SlipQr, SlipText
from hardware.codecs.slip_bytes import encode, to_be_drawn
from hardware.codecs.slip_layout import lay_out
from kiosk.printing import ticket_code
from kiosk.services import Names
from kiosk.slip import RollFacts, roll_slip, slip
from kiosk.slip_look import PaperUnit, SlipLook
from kiosk.words import Words
from tests.kiosk.kiosks import HALL, MINUTE, NOON, TEXTS, TOKEN, local, service, stage, ticket
from ticketserver.core.terms import AheadReason, VisitState
from ticketserver.wire.views_visits import VisitService

MANY = {f"OWN-{no:02}": service(f"OWN-{no:02}", f"第{no}件", f"第{no}件") for no in range(1, 8)}
WORDS = {
    language: Words(TEXTS[language], dataclasses.replace(HALL, services=HALL.services | MANY), local)
    for language in ("zh", "en")
}


def lines(document):
    said = []
    for item in document.items:
        if isinstance(item, SlipText):
            said.append(item.text)
        elif isinstance(item, SlipColumns):
            said += [item.left, item.right]
        elif isinstance(item, SlipQr):
            said.append(f"QR {item.data}")
    return said


def said(language="zh", code=TOKEN, public=False, **other):
    return lines(slip(ticket(**other), [WORDS[language]], code, public))


def test_a_plain_slip():
    assert said() == [
        "示例大厅", "A012", "综合窗口", "办理:存档案、自己交社保", "前面约 12 人,约等 20–35 分钟(仅供参考)",
        "2025-11-25 12:00 取号", "校验码 4821",
        "各窗口可办业务不同,叫号不一定按号码顺序。过号请到导办台或取号机报到,不用重新取号。当日有效",
        f"QR {TOKEN}", "凭此码报到、加办、补打",
    ]  # fmt: skip


def test_a_plain_slip_in_english():
    assert said("en")[:7] == [
        "Sample hall", "A012", "Comprehensive counters", "For: ARC-01 plain, PAY-02 plain",
        "About 12 ahead, 20–35 min (estimate)", "Taken 2025-11-25 12:00", "Check code 4821",
    ]  # fmt: skip


def test_nobody_ahead_is_said_without_a_figure():
    assert "现在人少,很快就能叫到您" in said(ahead=0, wait_p50_ms=0, wait_p90_ms=60_000)
    assert "前面约 0 人,约等 5–15 分钟(仅供参考)" in said(ahead=0, wait_p50_ms=300_000, wait_p90_ms=900_000)


@pytest.mark.parametrize(
    ("language", "why"),
    [("zh", "过号的人回来报到了,前面人数多了"), ("en", "More people ahead: somebody who missed a call is back")],
)
def test_a_slip_printed_anew_says_why_more_are_ahead(language, why):
    body = said(language, more_ahead=AheadReason.CHECKED_IN)
    assert body[5] == why
    assert body[:5] + body[6:] == said(language)


NOT_QUEUED = [
    (VisitState.NO_SHOW, {"returns_left": 2}, "已过号。请到导办台或取号机报到,报到后隔 3 位再叫您,今天可报到 2 次"),
    (VisitState.NO_SHOW, {"returns_left": 0}, "已过号,今天的报到次数已用完。请到导办台"),
    (VisitState.HELD, {"counter": 3}, "号码给您保留,材料补齐后请到 3 号窗口或导办台,不用重新取号"),
    (VisitState.HELD, {}, "号码给您保留,材料补齐后请到导办台,不用重新取号"),
]


@pytest.mark.parametrize(("state", "other", "line"), NOT_QUEUED)
def test_a_number_that_is_in_no_queue_is_promised_no_call(state, other, line):
    lines_said = said(state=state, ahead=0, wait_p50_ms=0, wait_p90_ms=0, **other)
    assert lines_said[4] == line
    assert lines_said[5:7] == ["2025-11-25 12:00 取号", "校验码 4821"]


def test_the_number_is_the_largest_thing_on_it():
    items = slip(ticket(), [WORDS["zh"]], "", False).items
    sizes = {item.text: item.size for item in items if isinstance(item, SlipText)}
    assert max(sizes, key=sizes.__getitem__) == "A012"


@pytest.mark.parametrize(("language", "line"), [
    ("zh", "办理:第1件、第2件、第3件、第4件、第5件等 7 项"),
    ("en", "For: OWN-01 plain, OWN-02 plain, OWN-03 plain, OWN-04 plain, OWN-05 plain and 2 more"),
])  # fmt: skip
def test_many_services_are_five_by_name_and_a_count(language, line):
    assert line in said(language, services=[VisitService(service=code) for code in MANY])


def test_an_enquiry_says_what_it_is_and_a_visit_without_services_nothing():
    assert "办理:咨询" in said(services=[VisitService(service="enquiry")])
    assert not any(line.startswith("办理") for line in said(services=[]))


def test_stops_stand_in_order_with_when_a_window_opens():
    stops = [stage(), stage("pension", open_from_ms=NOON + 90 * MINUTE)]
    assert {"第 1 站:综合窗口", "第 2 站:养老审核窗口(13:30 开始)"} <= set(said(stages=stops))


def test_a_number_that_a_free_window_called_at_once_says_where_to_go():
    lines_said = said(state=VisitState.CALLED, counter=3)
    assert "已经叫到,请到 3 号窗口" in lines_said
    assert not any("前面" in line for line in lines_said)


@pytest.mark.parametrize(("other", "line"), [
    ({"calling_from_ms": NOON + 30 * MINUTE}, "12:30 开始叫号,前面约 12 人"),
    ({"stages": [stage(open_from_ms=NOON + 90 * MINUTE)]}, "13:30 开始叫号,前面约 12 人"),
    ({"stages": [stage(unopened=True)], "ahead": 0}, "目前没有开放的窗口,开了就叫号。前面没有人"),
    ({"stages": [stage(stranded=True)]}, "今天没有窗口能办这件事,请到导办台问一问"),
    ({"calling_paused": True}, "叫号暂停,号码保留。前面约 12 人"),
])  # fmt: skip
def test_no_minutes_are_promised_while_nobody_can_be_called(other, line):
    lines_said = said(**other)
    assert line in lines_said
    assert not any("分钟" in each for each in lines_said)


def test_a_number_without_stages_says_no_opening():
    assert not any("开始叫号" in line for line in said(stages=[]))


def test_marks():
    services = [VisitService(service="REG-04", quantity=12)]
    marked = said(services=services, priority="age")
    assert marked[3:5] == ["优先(窗口核对证件)", "共 12 件"]
    assert slip(ticket(), [WORDS["zh"]], "", False, reprint=True).mark == "补打"
    assert slip(ticket(), [WORDS["en"]], "", False, reprint=True).mark == "Reprint"
    assert slip(ticket(), [WORDS["zh"]], "", False).mark == ""


def test_the_code_holds_the_address_where_phones_reach_it_and_else_the_token():
    assert ticket_code("https://hall.example/", TOKEN) == f"https://hall.example/t/{TOKEN}"
    assert ticket_code("", TOKEN) == TOKEN
    assert ticket_code("https://hall.example", "") == ""
    assert said(public=True)[-1] == "扫码看还要等多久"
    assert not any(line.startswith("QR") for line in said(code=""))


FULLEST = {
    "zh": ("示例市示例区人力资源和社会保障综合服务大厅", "单位招困难人员补贴补", 700),
    "en": ("Sample District HR and Social Security Hall", "Company insurance certificate", 900),
}


@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fullest_slip_is_short_on_the_wire(language, paper_mm):
    name, plain, most = FULLEST[language]
    services = {code: service(code, plain, plain) for code in MANY}
    services = {code: dataclasses.replace(each, plain=Names(plain, plain)) for code, each in services.items()}
    words = Words(TEXTS[language], dataclasses.replace(HALL, name=Names(name, name), services=services), local)
    stops = [stage(), stage("pension", open_from_ms=NOON + 90 * MINUTE)]
    full = ticket(services=[VisitService(service=code, quantity=9) for code in MANY], priority="age", stages=stops)
    code = ticket_code("https://fuwu.example.gov.cn/hall", TOKEN)
    layout = lay_out(slip(full, [words], code, True, reprint=True), {58: 384, 80: 576}[paper_mm])
    assert to_be_drawn(layout) == []
    assert len(encode(layout, {})) <= most


def of_the_hall(language, **other):
    return Words(TEXTS[language], dataclasses.replace(HALL, **other), local)


UNIT = PaperUnit({"zh": "80 毫米嵌入式", "en": "80 mm kiosk unit"}, 80, 50.0)


@pytest.mark.parametrize(("language", "mark", "expected"), [
    ("zh", "测试", ["示例大厅", "新纸卷,打印正常", "时间:2025-11-25 12:00", "纸卷:50 米", "上一卷已打印:48.3 米",
                    "打印机:80 毫米嵌入式,80 毫米", "出票确认:每张都能确认"]),
    ("en", "TEST", ["Sample hall", "New roll, prints well", "Time: 2025-11-25 12:00", "Roll: 50 m",
                    "Printed from the roll before: 48.3 m", "Printer: 80 mm kiosk unit, 80 mm",
                    "Finished slips: each confirmed"]),
])  # fmt: skip
def test_a_new_roll_proves_itself(language, mark, expected):
    document = roll_slip(of_the_hall(language, unit=UNIT), RollFacts(NOON, 48_320.0, "marker"))
    assert (document.mark, lines(document)) == (mark, expected)


@pytest.mark.parametrize(("finish", "line"), [("fence", "每张都能核对"), ("none", "只能看有没有故障")])
def test_a_new_rolls_slip_says_how_sure_a_slip_is(finish, line):
    said_then = lines(roll_slip(WORDS["zh"], RollFacts(NOON, 0.0, finish)))
    assert said_then[-1] == f"出票确认:{line}"
    assert not any(text.startswith(("纸卷", "打印机")) for text in said_then)


def test_two_languages_stand_under_each_other_and_the_number_once():
    services = [VisitService(service="REG-04", quantity=12)]
    document = slip(ticket(priority="age", services=services), [WORDS["zh"], WORDS["en"]], TOKEN, False, reprint=True)
    assert document.mark == "补打 Reprint"
    assert lines(document) == [
        "示例大厅", "Sample hall", "A012", "综合窗口", "Comprehensive counters",
        "优先(窗口核对证件)", "Priority (proof checked at the window)", "共 12 件", "12 cases",
        "办理:公司加人参保", "前面约 12 人,约等 20–35 分钟(仅供参考)", "2025-11-25 12:00 取号", "校验码 4821",
        "For: REG-04 plain", "About 12 ahead, 20–35 min (estimate)", "Taken 2025-11-25 12:00", "Check code 4821",
        TEXTS["zh"]("slip.foot"), TEXTS["en"]("slip.foot"),
        f"QR {TOKEN}", "凭此码报到、加办、补打", "Use this code to check in, add or reprint",
    ]  # fmt: skip


def test_what_is_the_same_in_two_languages_stands_once():
    words = [of_the_hall(language, name=Names("12333", "12333")) for language in ("zh", "en")]
    assert lines(slip(ticket(), words, "", False)).count("12333") == 1


def test_a_halls_own_look():
    logo = SlipPicture(1, 1, b"\x80")
    look = SlipLook(logo=logo, notices={"zh": ("电话 12333",), "en": ()}, qr=False, number_size=6)
    document = slip(ticket(), [of_the_hall("zh", slip=look)], TOKEN, False)
    assert document.items[0] is logo
    assert [item.size for item in document.items if isinstance(item, SlipText) and item.text == "A012"] == [6]
    assert lines(document)[-1] == "电话 12333"
    assert lines(slip(ticket(), [of_the_hall("en", slip=look)], TOKEN, False))[-1] == TEXTS["en"]("slip.foot")


def test_the_slip_says_names_of_its_own_language():
    hall = dataclasses.replace(HALL, name=Names("甲", "One"))
    assert lines(slip(ticket(), [Words(TEXTS["en"], hall, local)], "", False))[0] == "One"
