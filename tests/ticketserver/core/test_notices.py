"""Announcements and notices: who may say what, how long it counts, what is refused, and that a replay knows it too."""

import pytest

from tests.ticketserver.core.halls import HOUR, MINUTE, NINE, Hall, kinds
from tests.ticketserver.core.test_day import TUESDAY
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import replay, run
from ticketserver.core.events import Record
from ticketserver.core.ids import Ms, Seq
from ticketserver.core.notices import KEPT_MS, MOST_LIVE, MOST_NOTICES, live, standing
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import new_state
from ticketserver.core.terms import Role

LOST = "请 A012 号的同志到导办台"


def say(text: str = LOST, **more) -> c.Announce:
    return c.Announce(text_zh=text, by=Role.GUIDE, **more)


def notice(text: str = "三号窗口下午停办", **more) -> c.SetNotice:
    return c.SetNotice(text_zh=text, by=Role.SUPERVISOR, **more)


def said(hall: Hall) -> list[str]:
    return [each.text_zh for each in live(hall.state.announcements.values(), hall.now)]


def stand(hall: Hall) -> list[str]:
    return [each.text_zh for each in standing(hall.state.notices.values(), hall.now)]


def test_an_announcement_keeps_all_that_was_asked():
    hall = Hall()
    (event,) = hall.ok(say(text_en="A012 to the help desk", urgent=True, zones=("front", "injury"), repeat=3))
    assert event == e.Announced(
        announcement_id=1, text_zh=LOST, text_en="A012 to the help desk", urgent=True, zones=("front", "injury"),
        repeat=3, by=Role.GUIDE,
    )  # fmt: skip
    (kept,) = live(hall.state.announcements.values(), hall.now)
    assert (kept.zones, kept.repeat, kept.by, kept.at_ms, kept.urgent) == (
        ("front", "injury"), 3, Role.GUIDE, NINE, True,
    )  # fmt: skip


def test_it_is_over_after_three_minutes_and_forgotten_with_the_next():
    hall = Hall()
    hall.ok(say("一"))
    hall.later(KEPT_MS - 1, wake=False)
    assert said(hall) == ["一"]
    hall.later(1, wake=False)
    assert said(hall) == []
    hall.ok(say("二"))
    assert [each.text_zh for each in hall.state.announcements.values()] == ["二"]
    assert hall.state.next_announcement == 3


def test_it_is_stopped_once():
    hall = Hall()
    hall.ok(say())
    hall.ok(say("第二条"))
    assert kinds(hall.ok(c.StopAnnouncement(announcement_id=1))) == ["AnnouncementStopped"]
    assert said(hall) == ["第二条"]
    assert hall.refused(c.StopAnnouncement(announcement_id=1)) == "unknown_announcement"
    hall.later(KEPT_MS, wake=False)
    assert hall.refused(c.StopAnnouncement(announcement_id=2)) == "unknown_announcement"


def test_too_many_wait_but_an_urgent_one_is_always_taken():
    hall = Hall()
    for _ in range(MOST_LIVE):
        hall.ok(say())
    assert hall.refused(say()) == "too_many_announcements"
    hall.ok(say("请马上离开大厅", urgent=True))
    hall.later(KEPT_MS, wake=False)
    hall.ok(say())


def test_a_hall_without_a_day_can_still_be_told_to_leave():
    state = new_state()
    events = run(state, say("请马上离开大厅", urgent=True), NINE)
    assert not isinstance(events, Rejection)
    hall = Hall()
    hall.later(9 * HOUR)
    hall.ok(say("请尽快离场"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (say(zones=("front", "moon")), "unknown_zone"),
        (say("请 110101199003072316 到导办台"), "identity_in_text"),
        (say(text_en="id 11010119900307231X"), "identity_in_text"),
        (notice("身份证 110101900307231"), "identity_in_text"),
        (notice(until_ms=NINE), "notice_over"),
        (c.ClearNotice(notice_id=1), "unknown_notice"),
        (c.StopAnnouncement(announcement_id=1), "unknown_announcement"),
    ],
)
def test_refused(command, code):
    assert Hall().refused(command) == code


def test_a_telephone_number_may_be_told():
    Hall().ok(say("请拨 12333,或 0571-87654321 转 12"))


def test_a_notice_stands_until_its_time_or_the_days_end():
    hall = Hall()
    hall.ok(notice("到十点", until_ms=Ms(NINE + HOUR)))
    (event,) = hall.ok(notice("一整天", text_en="all day"))
    assert event == e.NoticeSet(notice_id=2, text_zh="一整天", text_en="all day", by=Role.SUPERVISOR)
    hall.later(HOUR - 1, wake=False)
    assert stand(hall) == ["到十点", "一整天"]
    hall.later(1, wake=False)
    assert stand(hall) == ["一整天"]
    assert hall.refused(c.ClearNotice(notice_id=1)) == "unknown_notice"
    hall.ok(notice("又一条"))
    assert list(hall.state.notices) == [2, 3], "what is over goes with the next one"
    hall.later(9 * HOUR)
    assert stand(hall) == []
    assert hall.refused(notice()) == "day_over"


def test_a_notice_is_taken_down_once():
    hall = Hall()
    hall.ok(notice())
    assert hall.ok(c.ClearNotice(notice_id=1)) == [e.NoticeCleared(notice_id=1)]
    assert stand(hall) == []
    assert hall.refused(c.ClearNotice(notice_id=1)) == "unknown_notice"


def test_nobody_reads_more_than_ten_notices():
    hall = Hall()
    for number in range(MOST_NOTICES):
        hall.ok(notice(str(number), until_ms=Ms(NINE + HOUR)))
    assert hall.refused(notice()) == "too_many_notices"
    hall.later(HOUR, wake=False)
    hall.ok(notice())


def test_the_next_day_begins_with_neither():
    hall = Hall()
    hall.ok(say())
    hall.ok(notice())
    hall.now = Ms(TUESDAY.numbers_from_ms - MINUTE)
    hall.ok(c.OpenDay(rules=hall.state.rules, plan=TUESDAY))
    state = hall.state
    assert (state.announcements, state.notices, state.next_announcement, state.next_notice) == ({}, {}, 1, 1)


def test_a_replay_tells_the_same():
    hall = Hall()
    for command in (say(), notice(), say("二"), c.StopAnnouncement(announcement_id=1), notice("二")):
        hall.ok(command)
    hall.ok(c.ClearNotice(notice_id=1))
    again = new_state()
    for seq, (at, events) in enumerate(hall.journal, 1):
        replay(again, Record(Seq(seq), at, tuple(events)))
    assert (again.announcements, again.notices) == (hall.state.announcements, hall.state.notices)
    assert [*again.announcements] == [2]
    assert [*again.notices] == [2]
