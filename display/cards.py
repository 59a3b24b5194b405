"""One call of the board as it stands on the screen."""

from display.model import NOTHING, Card, Hall
from display.words import Words
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_board import BoardRow


def card_of(row: BoardRow, hall: Hall, words: Words, fresh: bool, lit: bool) -> Card:
    """`fresh` and `lit` as in Card. Of priority nothing is told but that there is one."""
    call, called = row.call, row.state is VisitState.CALLED
    return Card(
        call.number,
        words.say("display.call.window", counter=call.counter),
        hall.window_name(call.counter),
        fresh=fresh,
        lit=lit,
        last=words.say("display.call.last") if call.last and called else NOTHING,
        mark=words.say("display.call.priority") if call.priority else NOTHING,
        called=called,
        column=hall.column(call.zone, call.counter),
    )
