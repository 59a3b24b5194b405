"""Every counter state has its light, and the clerk is called only for what the clerk did not do."""

import pytest

from hardware.bridge.looks import Led, Look, calls_for_the_clerk, look_of
from ticketserver.core.ids import CounterNo, ProfileId, TicketNumber, ZoneId
from ticketserver.core.terms import CounterState
from ticketserver.wire.views_counters import CounterView


def view(state: CounterState, number: str = "A012", waiting: int = 0, no_show_offered: bool = False) -> CounterView:
    return CounterView(
        counter=CounterNo(1),
        zone=ZoneId("z"),
        profile=ProfileId("p"),
        state=state,
        number=TicketNumber(number),
        waiting=waiting,
        no_show_offered=no_show_offered,
    )


@pytest.mark.parametrize(
    ("shown", "look"),
    [
        (None, Look(Led.OFF)),
        (view(CounterState.CLOSED), Look(Led.OFF)),
        (view(CounterState.IDLE), Look(Led.GREEN)),
        (view(CounterState.IDLE, waiting=1), Look(Led.GREEN_BLINK)),
        (view(CounterState.READY), Look(Led.GREEN_SLOW)),
        (view(CounterState.CALLING, waiting=3), Look(Led.RED_BLINK, "A012")),
        (view(CounterState.SERVING), Look(Led.RED, "A012")),
        (view(CounterState.PAUSED), Look(Led.OFF, "---")),
        (view(CounterState.IDLE, number="A011"), Look(Led.GREEN)),
    ],
)
def test_lights(shown: CounterView | None, look: Look) -> None:
    assert look_of(shown) == look


def test_a_ready_counter_that_gets_a_visit_calls_its_clerk() -> None:
    ready, calling = view(CounterState.READY), view(CounterState.CALLING)
    assert calls_for_the_clerk(ready, calling)
    assert not calls_for_the_clerk(None, calling)
    assert not calls_for_the_clerk(calling, calling)
    assert not calls_for_the_clerk(ready, view(CounterState.IDLE))
    assert not calls_for_the_clerk(view(CounterState.IDLE), calling)


def test_an_offered_no_show_calls_the_clerk_once() -> None:
    calling, offered = view(CounterState.CALLING), view(CounterState.CALLING, no_show_offered=True)
    assert calls_for_the_clerk(calling, offered)
    assert not calls_for_the_clerk(offered, offered)
    assert not calls_for_the_clerk(offered, calling)
