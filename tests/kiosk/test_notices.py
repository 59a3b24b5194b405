"""Notices of the hall on the kiosk's first screen: in turn, in the person's language, until their time."""

from kiosk import events as e
from kiosk.present_notices import TURN_MS
from tests.kiosk.kiosks import HOUR, MINUTE, NOON, Kiosk, hours, link_up
from ticketserver.core.terms import Phase, Role
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views_board import NoticeView
from ticketserver.wire.views_hall import QueueView

CLOSED = NoticeView(notice_id=1, text_zh="三号窗口下午停办", text_en="Counter 3 is closed", by=Role.GUIDE, at_ms=NOON)
WATER = NoticeView(notice_id=2, text_zh="饮水机在东门", by=Role.SUPERVISOR, at_ms=NOON, until_ms=NOON + HOUR)


def turns(kiosk: Kiosk) -> set[str]:
    """What the first screen says one turn after the other."""
    said = set()
    for _ in range(3):
        said.add(kiosk.flow.frame().screen.notice)
        kiosk.tick(TURN_MS)
    return said


def told(*notices: NoticeView, phase: Phase = Phase.CALLING, **other: object) -> Kiosk:
    return Kiosk().up().see(e.HoursSeen(hours(phase, **other), notices))


def test_without_one_nothing_is_said() -> None:
    assert turns(told()) == {""}


def test_several_take_turns() -> None:
    assert turns(told(CLOSED, WATER)) == {"三号窗口下午停办", "饮水机在东门"}


def test_they_take_turns_with_the_hour() -> None:
    said = turns(told(CLOSED, phase=Phase.LUNCH))
    assert len(said) == 2
    assert "三号窗口下午停办" in said


def test_a_pause_is_said_alone() -> None:
    assert len(turns(told(CLOSED, calling_paused=True)) - {"三号窗口下午停办"}) == 1
    assert "三号窗口下午停办" not in turns(told(CLOSED, calling_paused=True))


def test_in_english_or_else_in_chinese() -> None:
    assert turns(told(CLOSED, WATER).tap("language")) == {"Counter 3 is closed", "饮水机在东门"}


def test_it_goes_at_its_time_without_being_told() -> None:
    kiosk = told(CLOSED, WATER)
    kiosk.tick(HOUR - 4 * TURN_MS)
    assert "饮水机在东门" in turns(kiosk)
    kiosk.tick(MINUTE)
    assert turns(kiosk) == {"三号窗口下午停办"}


def test_one_that_was_taken_down_goes_and_a_greeting_brings_them() -> None:
    kiosk = told(CLOSED).see(e.HoursSeen(hours(), ()))
    assert turns(kiosk) == {""}
    up = link_up()
    kiosk.see(e.LinkUp(up.hello, Snapshot(seq=2, server_time_ms=NOON, queue=QueueView(
        zones=[], hours=hours(), notices=[WATER]))))  # fmt: skip
    assert turns(kiosk) == {"饮水机在东门"}
