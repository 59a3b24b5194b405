"""Rating pads: when they ask, what a press becomes, and that silence is never a rating."""

import re

import pytest

from hardware.bridge.logic import BoxId, ShowBox
from hardware.bridge.looks import Led, Look
from hardware.bridge.ratings import PadEffect, RatingLogic, SendRating
from ticketserver.core.ids import CounterNo, Ms, ProfileId, ServiceId, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import CounterState
from ticketserver.wire.views_counters import CounterView, CounterVisit

PAD, TWIN, OTHER = BoxId(0, 0x20), BoxId(1, 0), BoxId(2, 0)
PADS = {PAD: 1, TWIN: 1, OTHER: 2}
ASKS, DARK = Look(Led.GREEN, "A012"), Look()


def view(counter: int = 1, state: CounterState = CounterState.IDLE, visit: int = 0, here: str = "ARC") -> CounterView:
    in_hand = CounterVisit(
        visit_id=VisitId(visit),
        number=TicketNumber(f"A{visit:03}"),
        services=[],
        here=[ServiceId(service) for service in here.split()],
        elsewhere=[],
        issued_at_ms=Ms(0),
    )
    return CounterView(
        counter=CounterNo(counter),
        state=state,
        zone=ZoneId("z"),
        profile=ProfileId("p"),
        number=in_hand.number if visit else TicketNumber(""),
        visit=in_hand if visit else None,
    )


def serving(visit: int = 12, **more: object) -> CounterView:
    return view(state=CounterState.SERVING, visit=visit, **more)  # type: ignore[arg-type]


def asking(here: str = "ARC") -> RatingLogic:
    """Visit 12 was served at counter 1 and ended at 1000."""
    logic = RatingLogic("boot0001", PADS)
    assert logic.connected([serving(here=here), view(2)], 0) == []
    assert logic.counter_changed(view(), 1000) == [ShowBox(PAD, ASKS), ShowBox(TWIN, ASKS)]
    return logic


def dark() -> list[PadEffect]:
    return [ShowBox(PAD, DARK), ShowBox(TWIN, DARK)]


def test_pads_start_dark_and_ask_nothing() -> None:
    logic = RatingLogic("boot0001", PADS)
    assert logic.start() == [ShowBox(PAD, DARK), ShowBox(TWIN, DARK), ShowBox(OTHER, DARK)]
    assert logic.next_deadline_ms() is None
    assert logic.pressed(PAD, "level_5", 1, 0) == [ShowBox(PAD, DARK, 2)]


@pytest.mark.parametrize(("key", "level"), [(f"level_{level}", level) for level in range(1, 6)])
def test_a_press_rates_the_visit_that_just_ended_and_the_pads_stop_asking(key: str, level: int) -> None:
    logic = asking()
    assert logic.pressed(PAD, key, 7, 2000) == [SendRating("boot0001-0-20-7-0", 1, 12, "ARC", level), *dark()]
    assert logic.answered("boot0001-0-20-7-0") == [ShowBox(PAD, DARK, 1)]
    assert logic.tick(61_000) == []
    assert logic.next_deadline_ms() is None


def test_each_service_done_here_is_rated_and_one_beep_says_so() -> None:
    logic = asking("ARC CARD")
    sent = [effect for effect in logic.pressed(TWIN, "level_2", 1, 2000) if isinstance(effect, SendRating)]
    assert [(rating.service, rating.level) for rating in sent] == [("ARC", 2), ("CARD", 2)]
    assert all(re.fullmatch(r"[A-Za-z0-9._:-]{8,64}", rating.request_id) for rating in sent)
    assert logic.refused(sent[0].request_id) == []
    assert logic.answered(sent[1].request_id) == [ShowBox(TWIN, DARK, 1)]
    assert logic.answered(sent[1].request_id) == []


def test_two_beeps_when_none_of_them_was_taken_and_no_more_than_one_beep_when_all_were() -> None:
    logic = asking("ARC CARD")
    first, second = (e.request_id for e in logic.pressed(PAD, "level_5", 1, 0) if isinstance(e, SendRating))
    assert logic.refused(first) == []
    assert logic.refused(second) == [ShowBox(PAD, DARK, 2)]
    logic = asking("ARC CARD")
    logic.pressed(PAD, "level_5", 1, 0)
    assert logic.answered(first) == [ShowBox(PAD, DARK, 1)]
    assert logic.answered(second) == []


def test_a_visit_whose_services_are_not_told_is_rated_as_a_whole() -> None:
    assert asking("").pressed(PAD, "level_4", 1, 2000)[0] == SendRating("boot0001-0-20-1-0", 1, 12, "", 4)


def test_the_first_press_counts() -> None:
    logic = asking()
    logic.pressed(PAD, "level_5", 1, 2000)
    assert logic.pressed(PAD, "level_5", 2, 2010) == []
    assert logic.pressed(TWIN, "level_5", 1, 2020) == []
    assert logic.pressed(PAD, "level_1", 3, 3000) == [ShowBox(PAD, DARK, 2)]


def test_a_key_that_means_no_level_rates_nothing() -> None:
    logic = asking()
    assert logic.pressed(PAD, "next", 1, 2000) == [ShowBox(PAD, ASKS, 2)]
    assert isinstance(logic.pressed(PAD, "level_3", 2, 2000)[0], SendRating)


def test_no_press_in_time_is_no_rating() -> None:
    logic = asking()
    assert logic.next_deadline_ms() == 61_000
    assert logic.tick(60_999) == []
    assert logic.tick(61_000) == dark()
    assert logic.pressed(PAD, "level_5", 1, 61_001) == [ShowBox(PAD, DARK, 2)]


def test_a_press_that_comes_with_the_end_of_the_time_is_too_late() -> None:
    assert asking().pressed(PAD, "level_5", 1, 61_000) == [*dark(), ShowBox(PAD, DARK, 2)]


def test_the_time_is_a_setting() -> None:
    logic = RatingLogic("boot0001", PADS, rating_ms=30_000)
    logic.connected([serving()], 0)
    logic.counter_changed(view(), 1000)
    assert logic.next_deadline_ms() == 31_000


def test_the_pad_stays_with_the_former_citizen_until_the_next_sits_down() -> None:
    logic = RatingLogic("boot0001", PADS)
    logic.connected([serving()], 0)
    called = view(state=CounterState.CALLING, visit=13)
    assert logic.counter_changed(called, 1000) == [ShowBox(PAD, ASKS), ShowBox(TWIN, ASKS)]
    assert logic.counter_changed(called, 2000) == []
    assert logic.counter_changed(serving(13), 3000) == dark()
    assert logic.pressed(PAD, "level_5", 1, 3001) == [ShowBox(PAD, DARK, 2)]
    assert logic.counter_changed(view(), 4000)[0] == ShowBox(PAD, Look(Led.GREEN, "A013"))
    assert logic.pressed(PAD, "level_5", 2, 4001)[0] == SendRating("boot0001-0-20-2-0", 1, 13, "ARC", 5)


def test_a_visit_taken_up_again_is_asked_about_at_its_real_end() -> None:
    logic = asking()
    assert logic.counter_changed(serving(), 2000) == dark()
    assert logic.counter_changed(serving(), 2500) == []
    assert logic.counter_changed(view(), 3000) == [ShowBox(PAD, ASKS), ShowBox(TWIN, ASKS)]
    assert logic.next_deadline_ms() == 63_000


def test_a_counter_that_only_called_asks_nothing() -> None:
    logic = RatingLogic("boot0001", PADS)
    logic.connected([view(state=CounterState.CALLING, visit=12)], 0)
    assert logic.counter_changed(view(), 1000) == []


def test_counters_ask_by_themselves_and_those_without_pads_never() -> None:
    logic = asking()
    logic.counter_changed(serving(5, counter=2), 1500)
    logic.counter_changed(serving(6, counter=3), 1500)
    assert logic.counter_changed(view(2), 2000) == [ShowBox(OTHER, Look(Led.GREEN, "A005"))]
    assert logic.counter_changed(view(3), 2000) == []
    assert logic.pressed(OTHER, "level_1", 1, 2100)[0] == SendRating("boot0001-2-00-1-0", 2, 5, "ARC", 1)
    assert logic.pressed(PAD, "level_5", 1, 2200)[0] == SendRating("boot0001-0-20-1-0", 1, 12, "ARC", 5)
    assert logic.answered("boot0001-0-20-1-0") == [ShowBox(PAD, DARK, 1)]


def test_an_answer_after_the_time_is_over_says_nothing_to_the_next_citizen() -> None:
    logic = asking()
    logic.pressed(PAD, "level_5", 1, 2000)
    assert logic.counter_changed(serving(13), 3000) == []
    assert logic.answered("boot0001-0-20-1-0") == []
    assert logic.refused("boot0001-0-20-1-0") == []


def test_a_visit_that_ended_while_the_server_was_away_is_asked_about_by_the_time_since() -> None:
    logic = RatingLogic("boot0001", PADS)
    logic.connected([serving()], 0)
    logic.disconnected(10_000)
    logic.disconnected(15_000)
    assert logic.connected([view()], 40_000) == [ShowBox(PAD, ASKS), ShowBox(TWIN, ASKS)]
    assert logic.next_deadline_ms() == 70_000
    logic.counter_changed(serving(13), 50_000)
    logic.disconnected(60_000)
    assert logic.connected([view()], 120_000)[2:] == dark()
    assert logic.pressed(PAD, "level_5", 1, 120_000) == [ShowBox(PAD, DARK, 2)]


def test_a_snapshot_without_a_loss_counts_from_its_own_time() -> None:
    logic = RatingLogic("boot0001", PADS)
    logic.connected([serving()], 0)
    logic.connected([view()], 5000)
    assert logic.next_deadline_ms() == 65_000
