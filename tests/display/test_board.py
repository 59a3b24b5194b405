"""The board with a clock moved by hand: what stands large, for how long, and what stands beside it."""

import pytest
from msgspec.structs import replace

from display.board import TURN_MS
from display.fresh import FRESH_MS, LARGE_MS, PLACES, UNSPOKEN_MS
from display.io.hall import hall_of
from display.model import Item, Pair, Showing
from display.turns import PICTURE_MS
from tests.display.displays import (
    DISPLAY,
    HALL,
    HOUR,
    MINUTE,
    MISSED,
    NINE,
    SECOND,
    SETTINGS,
    SOON,
    WORDS,
    Screen,
    board,
    call,
    full,
    hours,
    row,
    zones,
)
from ticketserver.core.terms import Phase, VisitState


def large(screen):
    return [card.number for card in screen.frame.calls]


def small(screen):
    return [card.number for card in screen.frame.rows]


def test_a_call_says_number_window_and_zone():
    screen = Screen().see(board(row(call(1, "C006", 21, zone="pension-review")), row(call(2, "A001", 3))))
    first, second = screen.frame.calls
    assert (first.number, first.window) == ("A001", Pair("3 号窗口", "Window 3"))
    assert first.zone == Pair("")
    assert (second.number, second.zone) == ("C006", Pair("养老审核窗口", "Pension review counters"))
    assert first.fresh
    assert first.last == Pair("")


def test_a_last_call_is_marked_while_it_is_called():
    screen = Screen().see(board(row(call(1, last=True)), row(call(2, last=True), VisitState.SERVING)))
    assert screen.frame.calls[0].last == Pair("最后一次呼叫", "Last call")
    assert screen.frame.rows[0].last == Pair("")


def test_a_call_flashes_and_stays_large_for_eight_seconds_and_until_spoken():
    screen = Screen().see(board(row(call(1)), row(call(0, at=NINE - MINUTE))))
    assert [screen.wait(each and 500).frame.calls[0].lit for each in range(4)] == [True, False, True, False]
    screen.wait(LARGE_MS)
    assert (screen.frame.calls[0].fresh, screen.frame.calls[0].lit) == (True, False)
    screen.see(board(row(call(2, at=NINE + 9_000)), row(call(1, spoken=True))))
    assert large(screen) == ["A002"]
    assert small(screen) == ["A001"]


def test_a_spoken_call_keeps_its_eight_seconds():
    screen = Screen().see(board(row(call(1, spoken=True)), row(call(2, at=NINE - 1, spoken=True), VisitState.CALLED)))
    assert large(screen) == ["A001", "A002"]
    screen.wait(LARGE_MS - 1)
    assert large(screen) == ["A001", "A002"]
    screen.wait(1)
    assert large(screen) == ["A001"]
    assert not screen.frame.calls[0].fresh


def test_where_nobody_speaks_a_call_is_large_for_a_minute():
    screen = Screen().see(board(row(call(1)))).wait(UNSPOKEN_MS - 1)
    assert screen.frame.calls[0].fresh
    assert not screen.wait(1).frame.calls[0].fresh


def test_a_person_who_comes_at_once_is_still_shown_for_a_while():
    screen = Screen().see(board(row(call(1)), row(call(0, at=NINE - MINUTE), VisitState.SERVING)))
    screen.see(board(row(call(1), VisitState.SERVING), row(call(0, at=NINE - MINUTE), VisitState.SERVING)))
    assert screen.wait(LARGE_MS - 1).frame.calls[0].fresh
    assert not screen.wait(1).frame.calls[0].fresh


def test_twenty_calls_are_all_on_the_screen_and_each_is_large_in_turn():
    calls = [call(number, at=NINE + number) for number in range(1, 21)]
    screen = Screen()
    screen.see(board(*map(row, calls)))
    assert large(screen) == [f"A{number:03d}" for number in range(PLACES, 0, -1)]
    assert len(large(screen) + small(screen)) == 20
    seen = dict.fromkeys(large(screen), 0)
    for spoken in range(1, 21):
        calls[spoken - 1] = replace(calls[spoken - 1], spoken=True)
        before = large(screen)
        screen.see(board(*map(row, calls))).wait(4_600)
        for number in large(screen):
            seen[number] = seen.get(number, 0) + (number in before) * 4_600
        assert len(large(screen)) <= PLACES
    screen.wait(2 * LARGE_MS)
    assert sorted(seen) == [f"A{number:03d}" for number in range(1, 21)]


def test_a_place_is_given_once_and_told_once():
    screen = Screen()
    screen.board.call(call(1, at=NINE - HOUR))
    assert screen.board.place(NINE) == [call(1, at=NINE - HOUR)]
    assert screen.board.place(NINE) == []
    screen.board.see(board(row(call(1, at=NINE - HOUR))), NINE)
    assert screen.board.place(NINE + 1) == []
    assert screen.wait(LARGE_MS).board.place(screen.now) == []


@pytest.mark.parametrize("languages", [("zh",), ("zh", "en")])
def test_a_call_that_takes_longer_to_be_said_is_large_for_longer(languages):
    settings = replace(SETTINGS, voice=replace(SETTINGS.voice, languages=languages))
    screen = Screen(hall_of(settings, DISPLAY)).see(board(row(call(1))))
    screen.wait(len(languages) * UNSPOKEN_MS - 1)
    assert screen.frame.calls[0].fresh
    assert not screen.wait(1).frame.calls[0].fresh


def test_a_call_that_is_over_before_it_had_a_place_gets_none():
    calls = [call(number, at=NINE + number) for number in range(1, 8)]
    screen = Screen().see(board(*map(row, calls)))
    over = [row(made, VisitState.SERVING if made.call_id == 7 else VisitState.CALLED) for made in calls]
    screen.see(board(*over)).wait(UNSPOKEN_MS)
    assert screen.board.place(screen.now) == []
    assert large(screen) == ["A007"]
    assert not screen.frame.calls[0].fresh


def test_old_calls_do_not_flash_after_a_restart():
    screen = Screen().see(board(row(call(1, at=NINE - FRESH_MS)), row(call(2, at=NINE - 2 * FRESH_MS))))
    assert large(screen) == ["A001"]
    assert not screen.frame.calls[0].fresh


def test_a_call_told_at_once_is_new_whatever_the_clock_says():
    screen = Screen(now=NINE + HOUR)
    screen.board.call(call(1))
    screen.see(board(row(call(1))))
    assert screen.frame.calls[0].fresh


def test_a_recall_is_the_visits_only_row():
    screen = Screen().see(board(row(call(1, visit_id=5)), row(call(2))))
    screen.board.call(call(3, "A001", visit_id=5, call_no=2, at=NINE + SECOND))
    screen.wait(0)
    assert [card.number for card in screen.frame.calls + screen.frame.rows] == ["A001", "A002"]


def test_a_call_that_left_the_board_has_gone():
    screen = Screen().see(board(row(call(1)), row(call(2))))
    screen.see(board(row(call(2))))
    assert large(screen) == ["A002"]
    assert small(screen) == []


def zone_screen(*zones_shown):
    return Screen(hall_of(SETTINGS, replace(DISPLAY, zones=zones_shown)))


def test_a_zones_screen_shows_its_people_and_its_counters():
    rows = [
        row(call(1, "C001", 21, zone="pension-review")), row(call(2, "H002", 22, zone="labour")),
        row(call(3, "C003", 26, zone="pension-review")), row(call(4, "A004", 3)),
    ]  # fmt: skip
    screen = zone_screen("pension-review").see(full(*rows))
    assert sorted(large(screen)) == ["C001", "C003", "H002"]
    screen.board.call(call(5, "A005", 4))
    assert len(large(screen)) == 3
    frame = screen.frame
    assert frame.soon == ("C007",)
    assert frame.missed == ("C002",)
    assert [waiting.zone.main for waiting in frame.waiting] == ["养老审核"]


def test_the_whole_hall_shows_everybody():
    frame = Screen().see(full()).frame
    assert frame.soon == tuple(SOON)
    assert frame.missed == tuple(each.number for each in MISSED)
    assert len(frame.waiting) == len(SETTINGS.zone)
    assert (frame.waiting[0].people, frame.waiting[0].wait) == ("38 人", "约 75–120 分钟")
    assert (frame.waiting[3].people, frame.waiting[3].wait) == ("0 人", "")


def test_a_counter_the_file_does_not_know_is_a_plain_window():
    screen = Screen().see(board(row(call(1, counter=77))))
    assert screen.frame.calls[0].zone == Pair("")


def test_before_the_first_word_of_the_server():
    frame = Screen().frame
    assert frame.stale is not None
    assert frame.stale.main == "正在连接叫号系统,请听从工作人员安排"
    assert (frame.hall, frame.clock, frame.date) == (HALL.name, "9:00", Pair("11月25日 星期二", "Tue 25 Nov"))


def test_a_lost_line_leaves_the_board_under_a_mark():
    screen = Screen().see(board(row(call(1))))
    screen.board.lost()
    assert screen.frame.stale == Pair("画面暂停更新,请听从工作人员安排", "Screen not updating. Please follow staff")
    assert large(screen) == ["A001"]
    assert screen.see(board()).frame.stale is None


def test_without_calls_the_screen_says_what_the_hour_means():
    assert Screen().see(board()).frame.says.main == "现在没有叫号,请在等候区稍等"
    before = Screen().see(board(when=hours(Phase.BEFORE_CALLING))).frame
    assert before.says.main == "8:30 开始叫号,请在等候区稍等"
    assert before.says.side == "Calling starts at 8:30. Please wait in the waiting area"
    assert before.bar == WORDS.say("display.foot.always")


def bars(screen, turns):
    return [screen.wait(TURN_MS if turn else 0).frame.bar.main for turn in range(turns)]


def test_the_line_at_the_foot_takes_turns():
    screen = Screen().see(board(row(call(1)), when=hours(Phase.LUNCH)))
    always = WORDS.say("display.foot.always").main
    lunch = "午间 12:00–13:30 窗口减少,等候会久一些"
    assert set(bars(screen, 3)) == {lunch, always}
    assert screen.frame.care is False


def test_the_halls_own_notices_stand_there_too():
    display = replace(DISPLAY, notices_zh=("请保管好随身物品",), notices_en=("Mind your belongings",))
    screen = Screen(hall_of(SETTINGS, display)).see(board())
    assert Pair("请保管好随身物品", "Mind your belongings") in [screen.wait(TURN_MS).frame.bar for _ in range(2)]


def test_a_pause_and_the_voices_notice_go_before_all_that():
    screen = Screen().see(board(row(call(1)), when=hours(calling_paused=True)))
    assert set(bars(screen, 3)) == {"叫号暂停,号码保留,请在等候区稍等"}
    assert screen.frame.care
    screen.board.notice(Pair("现在开始叫号,请听到号码再到窗口", ""))
    assert screen.frame.bar.main == "现在开始叫号,请听到号码再到窗口"
    screen.board.notice(None)
    assert screen.frame.bar.main == "叫号暂停,号码保留,请在等候区稍等"


HOURS = [
    (hours(Phase.NO_DAY), "今天不办业务,请于明天 8:00 后再来"),
    (hours(Phase.NO_DAY, next_opening_ms=0), "今天不办业务,请到导办台问一问"),
    (hours(Phase.BEFORE_NUMBERS), "8:00 开始取号,8:30 开始叫号"),
    (hours(Phase.CUT_OFF), "今天已停止取号,请于明天 8:00 后再来。已取号的请继续等候叫号"),
    (hours(Phase.ENDED, next_opening_ms=NINE + 71 * HOUR), "今天的业务已经结束,请于11月28日 8:00 后再来"),
    (hours(Phase.ENDED, next_opening_ms=NINE + HOUR), "今天的业务已经结束,请于今天 10:00 后再来"),
]


@pytest.mark.parametrize(("when", "says"), HOURS)
def test_every_phase_of_the_day_has_its_sentence(when, says):
    assert Screen().see(board(when=when)).frame.says.main == says


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (hours(Phase.NO_DAY), Pair("今天不叫号", "No calls today")),
        (hours(Phase.BEFORE_NUMBERS), Pair("未开始叫号,8:30 开始", "Calling starts at 8:30")),
        (hours(Phase.BEFORE_CALLING), Pair("未开始叫号,8:30 开始", "Calling starts at 8:30")),
        (hours(Phase.CALLING), Pair("正在叫号", "Now calling")),
        (hours(Phase.LUNCH), Pair("午间暂停叫号,13:30 继续", "Lunch break; calling resumes at 13:30")),
        (hours(Phase.CUT_OFF), Pair("正在叫号", "Now calling")),
        (hours(Phase.ENDED), Pair("今天叫号已结束", "Calling has ended for today")),
        (hours(Phase.CALLING, calling_paused=True), Pair("叫号暂停", "Calling paused")),
    ],
)
def test_over_the_calls_stands_what_is_true(when, says):
    """No counter is open here."""
    frame = Screen().see(full(zones=[], when=when)).frame
    assert frame.head == says
    assert bool(frame.order.main) is (says.main == "正在叫号")


def test_while_somebody_is_to_come_or_a_counter_is_open_at_lunch_calling_goes_on():
    lunch, ended = hours(Phase.LUNCH), hours(Phase.ENDED)
    assert Screen().see(full(when=lunch)).frame.head.main == "正在叫号"
    assert Screen().see(full(row(call(1)), zones=[], when=lunch)).frame.head.main == "正在叫号"
    assert Screen().see(full(row(call(1)), when=ended)).frame.head.main == "正在叫号"
    come = row(call(1), VisitState.SERVING)
    assert Screen().see(full(come, when=ended)).frame.head.main == "今天叫号已结束"
    closed = [replace(each, counters_open=0) for each in zones() if each.zone == "comprehensive"]
    others = [each for each in zones() if each.zone != "comprehensive"]
    seen = zone_screen("comprehensive").see(full(when=lunch, zones=[*closed, *others]))
    assert seen.frame.head.main == seen.frame.says.main == "午间暂停叫号,13:30 继续"


def test_before_anything_was_told_nothing_is_said_of_calls():
    assert Screen().frame.head == Pair("")


@pytest.mark.parametrize(
    ("p50", "p90", "says"),
    [(0, 0, "约 1–2 分钟"), (2, 2, "约 2–3 分钟"), (9, 11, "约 9–15 分钟"), (12, 33, "约 10–35 分钟"),
     (80, 120, "约 80–120 分钟"), (95, 121, "约 1.5–2.5 小时"), (257, 335, "约 4–6 小时")],
)  # fmt: skip
def test_waits_are_not_more_exact_than_they_are(p50, p90, says):
    waiting = replace(zones()[0], wait_p50_ms=p50 * MINUTE, wait_p90_ms=p90 * MINUTE)
    assert WORDS.waiting(Pair("综合"), waiting).wait == says
    assert WORDS.waiting(Pair("综合"), replace(waiting, counters_open=0)).wait == ""


def test_nobody_knows_how_long_while_calling_is_paused():
    frame = Screen().see(full(when=hours(calling_paused=True))).frame
    assert (frame.waiting[0].people, frame.waiting[0].wait) == ("38 人", "")


def test_who_is_called_stands_before_who_has_come():
    rows = [row(call(number, at=NINE - number * MINUTE), state) for number, state in (
        (2, VisitState.SERVING), (3, VisitState.CALLED), (4, VisitState.SERVING), (5, VisitState.CALLED),
    )]  # fmt: skip
    screen = Screen().see(board(row(call(1)), *rows))
    assert large(screen) == ["A001"]
    assert small(screen) == ["A003", "A005", "A002", "A004"]
    assert [card.called for card in screen.frame.rows] == [True, True, False, False]


def test_priority_is_marked_and_nothing_more_is_told():
    screen = Screen().see(board(row(call(1, priority=True)), row(call(2))))
    assert [card.mark for card in screen.frame.calls] == [Pair(""), Pair("优先", "Priority")]


def test_a_call_stands_in_the_column_of_its_zone_or_of_its_counter():
    rows = [row(call(1, "C001", 21, zone="pension-review")), row(call(2, "H002", 21, zone="labour"))]
    assert {card.column for card in zone_screen("pension-review").see(full(*rows)).frame.calls} == {"pension-review"}
    assert [card.column for card in Screen().see(full(*rows)).frame.calls] == ["labour", "pension-review"]
    frame = Screen().see(full()).frame
    assert [(waiting.column, waiting.counters) for waiting in frame.waiting[:2]] == [
        ("comprehensive", 20), ("pension-review", sum(each.zone == "pension-review" for each in SETTINGS.counter)),
    ]  # fmt: skip


def test_what_stands_between_calls_takes_turns_while_nothing_is_new():
    screen = Screen()
    items = Item("a.png"), Item("b.mp4", film=True)
    screen.board.turns.take(items)
    assert screen.frame.media is None
    screen.see(board(row(call(1, spoken=True))))
    assert screen.frame.media is None
    screen.wait(LARGE_MS)
    assert screen.frame.media == Showing(items[0], 1)
    film = screen.wait(PICTURE_MS).frame.media
    assert film == screen.wait(PICTURE_MS).frame.media == Showing(items[1], 2)
    screen.board.call(call(2, at=screen.now))
    assert screen.wait(0).frame.media is None
    screen.see(board())
    assert screen.frame.media == film
    screen.board.turns.over(film.turn)
    assert screen.frame.media == Showing(items[0], 3)
    screen.board.lost()
    assert screen.frame.media is None
