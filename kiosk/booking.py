"""An appointment's code before the scanner: the server reads it, and what was booked stands ready for its number.

```
code ─ read_appointment ─▶ CONFIRM (what was booked, not to be changed) ─ 取号 ─▶ issue_ticket with the code
             └ refused: of another hall or day, used: MESSAGE says which
```
Who booked was asked before: no precheck comes between. The number is taken with the code alone, so that nothing that a
kiosk shows can change what the hall signed. What can go wrong: a service that this kiosk's catalogue does not have is
shown by its code.
"""

from kiosk.choosing import Choosing
from kiosk.desk import Desk
from kiosk.state import Refusal, Reply, Step
from ticketserver.wire.params import ReadAppointment
from ticketserver.wire.views import AppointmentView


class Booking:
    """A scanned code, and what the server says of it."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    def look(self, code: str) -> None:
        desk = self._desk
        if desk.shut:
            return
        desk.visit.busy = True
        params = ReadAppointment(appointment=code)
        desk.ask_for_visit("read_appointment", params, lambda reply: self._looked(code, reply))

    def _looked(self, code: str, reply: Reply) -> None:
        desk, visit = self._desk, self._desk.visit
        visit.busy = False
        if not isinstance(reply, AppointmentView):
            visit.problem = reply.code if isinstance(reply, Refusal) else "lost"
            desk.go(Step.MESSAGE)
            return
        visit.appointment, visit.booked = code, reply
        visit.basket = dict.fromkeys(reply.services, 1)
        visit.purpose, visit.adding, visit.own, visit.ticket = "", False, None, None
        desk.go(Step.CONFIRM)
        self._choosing.plan()
