"""What a box shows for its counter's state (hall-rules, keys), and when it calls for its clerk.

| counter | light | text |
|---|---|---|
| CLOSED | off | |
| IDLE | green, green_blink when someone waits | |
| READY | green_slow | |
| CALLING | red_blink | the number |
| SERVING | red | the number |
| PAUSED | off | --- |

Without a server: red_fast, no text. A display that is too short shows the number's end.
"""

from collections.abc import Mapping
from typing import Final

from hardware.devices.call_box_parts import Led, Look
from ticketserver.core.terms import CounterState
from ticketserver.wire.views_counters import CounterView

__all__ = ["NO_SERVER", "Led", "Look", "calls_for_the_clerk", "look_of"]

NO_SERVER: Final = Look(Led.RED_FAST)
PAUSED_TEXT: Final = "---"

LEDS: Mapping[CounterState, Led] = {
    CounterState.CLOSED: Led.OFF,
    CounterState.IDLE: Led.GREEN,
    CounterState.READY: Led.GREEN_SLOW,
    CounterState.CALLING: Led.RED_BLINK,
    CounterState.SERVING: Led.RED,
    CounterState.PAUSED: Led.OFF,
}


def look_of(view: CounterView | None) -> Look:
    """The look of a counter's boxes; a counter that the server does not know looks closed."""
    if view is None:
        return Look()
    if view.state is CounterState.IDLE and view.waiting:
        return Look(Led.GREEN_BLINK)
    if view.state is CounterState.PAUSED:
        return Look(LEDS[view.state], PAUSED_TEXT)
    in_hand = view.state in (CounterState.CALLING, CounterState.SERVING)
    return Look(LEDS[view.state], view.number if in_hand else "")


def calls_for_the_clerk(before: CounterView | None, now: CounterView) -> bool:
    """Something came up at the counter that its clerk did not do: a visit for a READY counter, an offered no-show."""
    if before is None:
        return False
    was_given_a_visit = before.state is CounterState.READY and now.state is CounterState.CALLING
    return was_given_a_visit or (now.no_show_offered and not before.no_show_offered)
