"""A person who wants somebody to come: the call for help, from any screen, until somebody accepts it.

| `visit.helped` | the button at the window's head says |
|---|---|
| nothing | 请人帮忙 |
| `told` | that the staff know |
| `come` | that somebody comes |

What can go wrong: the call is not heard (the button comes back), it is accepted while the line is gone (the next
snapshot has it), the person leaves meanwhile (the staff see the call all the same). Who waits for somebody is given
time (timeouts.py).
"""

from kiosk.buttons import Button, Look
from kiosk.desk import Desk
from kiosk.events import Event, LinkUp, Tap
from kiosk.help_events import HelpSeen
from kiosk.state import Reply
from ticketserver.core.ids import DeviceId, TicketNumber
from ticketserver.wire.params import RequestHelp
from ticketserver.wire.views_hall import HelpView

TOLD, COMES = "told", "come"


class Helping:
    """`handle` every event that the flow gets, before the flow does; `help` and `write_for_me` are taps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handle(self, event: Event) -> bool:
        """Whether the event is all for this part."""
        match event:
            case HelpSeen(called):
                self._seen(called)
                return True
            case LinkUp():
                for called in event.snapshot.help:
                    self._seen(called)
        return False

    def help(self, _: str) -> None:
        """Call somebody, once; with the number, where the person has one."""
        desk, visit = self._desk, self._desk.visit
        if visit.helped:
            return
        visit.helped, visit.help_id = TOLD, 0
        request_id, _token = desk.mint()
        number = visit.ticket.number if visit.ticket else TicketNumber("")
        asked = RequestHelp(request_id=request_id, device=DeviceId(desk.hall.kiosk), number=number)
        desk.ask_for_visit("request_help", asked, self._asked)

    def write_for_me(self, _: str) -> None:
        """Call somebody who writes the number down."""
        self.help("")

    def _asked(self, reply: Reply) -> None:
        """Who was not heard may call again."""
        visit = self._desk.visit
        if isinstance(reply, HelpView):
            visit.help_id = reply.help_id
        else:
            visit.helped = ""

    def _seen(self, called: HelpView) -> None:
        """Somebody accepted a call for help; where it is this person's, they hear that somebody comes."""
        visit = self._desk.visit
        own = (called.device, called.help_id) == (self._desk.hall.kiosk, visit.help_id)
        if visit.helped and own and called.accepted:
            visit.helped = COMES


def help_button(desk: Desk) -> tuple[Button, ...]:
    """Stands on every screen of citizens while somebody can be reached."""
    if desk.away or desk.machine.duty.page:
        return ()
    helped = desk.visit.helped
    look = Look.CHOSEN if helped else Look.QUIET
    return (Button(desk.words.texts(f"kiosk.help.{helped or 'ask'}"), Tap("help"), look),)
