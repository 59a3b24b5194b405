"""What the sign over one counter shows: the words and the number that a window panel shows, on a small screen.

Follows the counter's state, as hardware/bridge/panel_looks.py does, in the hall's languages. While the line to the
server is down no number stays: it may be over, and people would go to a window that waits for somebody else.
"""

from collections.abc import Mapping
from typing import Final

from display.model import Hall, Pair, Sign
from display.words import Words
from ticketserver.core.terms import CounterState
from ticketserver.wire.views_counters import CounterView

SAYS: Final[Mapping[CounterState, str]] = {
    CounterState.CLOSED: "panel.look.closed",
    CounterState.IDLE: "panel.look.idle",
    CounterState.READY: "panel.look.idle",
    CounterState.CALLING: "panel.look.calling",
    CounterState.SERVING: "panel.look.serving",
    CounterState.PAUSED: "panel.look.paused",
}
"""The sentence for each state; for those in `NUMBERED` it names the number."""
NUMBERED: Final = (CounterState.CALLING, CounterState.SERVING)


def sign_of(hall: Hall, view: CounterView | None, words: Words, lit: bool) -> Sign | None:
    """The sign of the counter that this screen hangs over, None where it hangs over none. `view` None: the server is
    not there, or does not know the counter. `lit`: the other colour of a flash, for a call."""
    if not hall.sign:
        return None
    window = words.say("display.call.window", counter=hall.sign)
    place = hall.windows[hall.counters[hall.sign]]
    if view is None:
        return Sign(window, place)
    key = SAYS[view.state]
    if view.state in NUMBERED:
        calling = view.state is CounterState.CALLING
        return Sign(window, place, view.number, words.say(key, number=view.number), fresh=calling, lit=calling and lit)
    if view.state in (CounterState.IDLE, CounterState.READY):
        says = Pair(*(texts(key, place=name) for texts, name in zip(words.texts, place, strict=False)))
        return Sign(window, place, says=says)
    return Sign(window, place, says=words.say(key), closed=True)
