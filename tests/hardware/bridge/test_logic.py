"""The bridge's decisions: one request per press, lights from state, beeps for what was refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.bridge.logic import TOO_OLD_MS, BoxId, BridgeLogic, SendPress, ShowBox
from hardware.bridge.looks import Led, Look
from ticketserver.core.ids import CounterNo, ProfileId, TicketNumber, ZoneId
from ticketserver.core.terms import CounterState, KeyOutcome
from ticketserver.wire.views_counters import CounterView

ONE, TWO, TWIN = BoxId(0, 0x20), BoxId(0, 0x21), BoxId(1, 0x20)
BOXES = {ONE: 1, TWO: 2, TWIN: 2}


def view(counter: int = 1, state: CounterState = CounterState.IDLE, **more: object) -> CounterView:
    number = TicketNumber("A012") if state in (CounterState.CALLING, CounterState.SERVING) else TicketNumber("")
    place = {"counter": CounterNo(counter), "zone": ZoneId("z"), "profile": ProfileId("p"), "number": number}
    return CounterView(state=state, **{**place, **more})  # type: ignore[arg-type]


def online() -> BridgeLogic:
    logic = BridgeLogic("boot0001", BOXES)
    logic.connected([view(1), view(2)])
    return logic


def test_a_press_is_one_request_whose_id_names_boot_box_and_count() -> None:
    logic = online()
    assert logic.pressed(ONE, "next", 1, 0) == [SendPress("boot0001-0-20-1", 1, "next")]
    assert logic.pressed(TWIN, "next", 1, 0) == [SendPress("boot0001-1-20-1", 2, "next")]
    assert logic.pressed(TWO, "start", 7, 0) == [SendPress("boot0001-0-21-7", 2, "start")]


def test_ids_of_different_presses_never_meet_and_fit_the_wire() -> None:
    logic = BridgeLogic("boot0001", {BoxId(bus, address): 1 for bus in range(12) for address in (1, 0x11, 0xFE)})
    ids = []
    for count in (1, 11, 111):
        for box in list(logic._counters):
            [sent] = logic.pressed(box, "next", count, 0)
            assert isinstance(sent, SendPress)
            ids.append(sent.request_id)
            logic.answered(sent.request_id, KeyOutcome.DONE)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9._:-]{8,64}", request_id) for request_id in ids)


def test_the_same_key_again_before_the_answer_is_the_same_press() -> None:
    logic = online()
    [sent] = logic.pressed(ONE, "next", 1, 0)
    assert logic.pressed(ONE, "next", 2, 10) == []
    assert isinstance(sent, SendPress)
    assert logic.answered(sent.request_id, KeyOutcome.DONE) == []
    assert logic.pressed(ONE, "next", 3, 1000) == [SendPress("boot0001-0-20-3", 1, "next")]


def test_another_key_before_the_answer_is_refused() -> None:
    logic = online()
    logic.pressed(ONE, "next", 1, 0)
    assert logic.pressed(ONE, "finish", 2, 10) == [ShowBox(ONE, Look(Led.GREEN), 2)]


@pytest.mark.parametrize(
    ("outcome", "beeps"), [(KeyOutcome.DONE, 0), (KeyOutcome.SAME, 0), (KeyOutcome.READY, 0), (KeyOutcome.BEEP, 2)]
)
def test_an_answer_beeps_only_when_the_hall_said_no(outcome: KeyOutcome, beeps: int) -> None:
    logic = online()
    logic.pressed(ONE, "next", 1, 0)
    shown = logic.answered("boot0001-0-20-1", outcome)
    assert shown == ([ShowBox(ONE, Look(Led.GREEN), beeps)] if beeps else [])
    assert logic.next_deadline_ms() is None


def test_a_refused_request_beeps_twice_at_its_own_box() -> None:
    logic = online()
    logic.pressed(ONE, "next", 1, 0)
    logic.pressed(TWIN, "redirect", 1, 0)
    assert logic.refused("boot0001-1-20-1") == [ShowBox(TWIN, Look(Led.GREEN), 2)]
    assert logic.refused("boot0001-1-20-1") == []
    assert logic.next_deadline_ms() == TOO_OLD_MS


def test_a_press_with_the_server_away_is_answered_after_the_reconnect_under_its_first_id() -> None:
    logic = online()
    logic.disconnected()
    [sent] = logic.pressed(ONE, "next", 1, 0)
    assert logic.pressed(ONE, "next", 2, 4000) == []
    logic.connected([view(1, CounterState.CALLING), view(2)])
    assert logic.pressed(ONE, "next", 3, 4100) == []
    assert isinstance(sent, SendPress)
    assert logic.answered(sent.request_id, KeyOutcome.DONE) == []


def test_a_press_too_old_is_given_up_with_two_beeps_and_its_late_answer_means_nothing() -> None:
    logic = online()
    logic.disconnected()
    logic.pressed(ONE, "next", 1, 1000)
    logic.pressed(TWO, "next", 1, 2000)
    assert logic.next_deadline_ms() == 1000 + TOO_OLD_MS
    assert logic.tick(1000 + TOO_OLD_MS - 1) == []
    assert logic.tick(1000 + TOO_OLD_MS) == [ShowBox(ONE, Look(Led.RED_FAST), 2)]
    assert logic.answered("boot0001-0-20-1", KeyOutcome.BEEP) == []
    assert logic.next_deadline_ms() == 2000 + TOO_OLD_MS


def test_a_press_after_one_too_old_is_a_new_request() -> None:
    logic = online()
    logic.pressed(ONE, "next", 1, 0)
    assert logic.pressed(ONE, "next", 2, TOO_OLD_MS) == [
        ShowBox(ONE, Look(Led.GREEN), 2),
        SendPress("boot0001-0-20-2", 1, "next"),
    ]


def test_lights_follow_the_server_and_its_absence() -> None:
    logic = BridgeLogic("boot0001", BOXES)
    dark = [ShowBox(box, Look(Led.RED_FAST)) for box in BOXES]
    assert logic.start() == dark
    assert logic.connected([view(1, CounterState.SERVING)]) == [
        ShowBox(ONE, Look(Led.RED, "A012")),
        ShowBox(TWO, Look(Led.OFF)),
        ShowBox(TWIN, Look(Led.OFF)),
    ]
    assert logic.counter_changed(view(2)) == [ShowBox(TWO, Look(Led.GREEN)), ShowBox(TWIN, Look(Led.GREEN))]
    assert logic.counter_changed(view(30)) == []
    assert logic.disconnected() == dark


def test_a_ready_counter_that_gets_a_visit_beeps_once() -> None:
    logic = online()
    logic.counter_changed(view(1, CounterState.READY))
    called = view(1, CounterState.CALLING)
    assert logic.counter_changed(called) == [ShowBox(ONE, Look(Led.RED_BLINK, "A012"), 1)]
    assert logic.counter_changed(called) == [ShowBox(ONE, Look(Led.RED_BLINK, "A012"))]


def test_an_offered_no_show_beeps_once() -> None:
    logic = online()
    logic.counter_changed(view(1, CounterState.CALLING))
    offered = view(1, CounterState.CALLING, no_show_offered=True)
    assert logic.counter_changed(offered) == [ShowBox(ONE, Look(Led.RED_BLINK, "A012"), 1)]
    assert logic.counter_changed(offered) == [ShowBox(ONE, Look(Led.RED_BLINK, "A012"))]


def test_a_resync_beeps_for_nothing_that_is_past() -> None:
    logic = online()
    logic.counter_changed(view(1, CounterState.READY))
    effects = logic.connected([view(1, CounterState.CALLING, no_show_offered=True), view(2)])
    assert all(isinstance(effect, ShowBox) and effect.beeps == 0 for effect in effects)


step = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(sorted(BOXES)), st.sampled_from(["next", "finish"])),
    st.tuples(st.just("answer"), st.integers(0, 20), st.sampled_from(KeyOutcome)),
    st.tuples(st.just("wait"), st.integers(1, 6000), st.none()),
    st.tuples(st.sampled_from(["connect", "disconnect"]), st.none(), st.none()),
)


@given(st.lists(step, max_size=60))
def test_never_two_requests_of_one_box_at_a_time_and_none_forgotten(steps: list[tuple[str, object, object]]) -> None:
    logic = BridgeLogic("boot0001", BOXES)
    now_ms, counts = 0, dict.fromkeys(BOXES, 0)
    waiting: dict[str, tuple[BoxId, int]] = {}
    sent: list[str] = []
    for kind, one, two in steps:
        effects = []
        if kind == "press":
            assert isinstance(one, BoxId)
            counts[one] += 1
            effects = logic.pressed(one, str(two), counts[one], now_ms)
        elif kind == "answer" and sent:
            request_id = sent[int(str(one)) % len(sent)]
            waiting.pop(request_id, None)
            effects = logic.answered(request_id, KeyOutcome(str(two)))
        elif kind == "wait":
            now_ms += int(str(one))
            effects = logic.tick(now_ms)
        elif kind == "connect":
            logic.connected([view(1), view(2)])
        elif kind == "disconnect":
            logic.disconnected()
        waiting = {r: (box, at) for r, (box, at) in waiting.items() if now_ms - at < TOO_OLD_MS}
        for effect in effects:
            if isinstance(effect, SendPress):
                assert effect.request_id not in sent
                assert isinstance(one, BoxId)
                assert one not in [box for box, _ in waiting.values()]
                sent.append(effect.request_id)
                waiting[effect.request_id] = (one, now_ms)
        assert logic.next_deadline_ms() == min((at + TOO_OLD_MS for _, at in waiting.values()), default=None)
