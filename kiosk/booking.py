"""An appointment's code, scanned or typed: the server reads it, and what was booked stands ready for its number.

```
我有预约 ─▶ BOOKING ─ code ─┐
code before the scanner ────┴ read_appointment ─▶ CONFIRM (not to be changed) ─ 取号 ─▶ issue_ticket with the code
                                   └ refused: of another hall or day, used: MESSAGE, or BOOKING, says which
```
A code is typed without the signs between and without its first four, which are the same in all; the server reads it as
it was written.
Who booked was asked before: no precheck comes between. The number is taken with the code alone, so that nothing that a
kiosk shows can change what the hall signed. What can go wrong: a service that this kiosk's catalogue does not have is
shown by its code.
"""

from kiosk.choosing import Choosing
from kiosk.desk import Desk
from kiosk.state import Refusal, Reply, Step
from ticketserver.wire.params import ReadAppointment
from ticketserver.wire.views_visits import AppointmentView

FORM = "YHA1"
SHORTEST = 55
"""Letters and digits of a code for one service, after the form."""
LONGEST = SHORTEST + 19 * 5


class Booking:
    """A code, and what the server says of it. The names of the methods are those of the taps."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing

    def have_booking(self, _: str) -> None:
        self._desk.visit.typed_code = self._desk.visit.problem = ""
        self._desk.go(Step.BOOKING)

    def booking_key(self, sign: str) -> None:
        self._type((self._desk.visit.typed_code + sign)[: LONGEST + len(FORM)])

    def booking_delete(self, _: str) -> None:
        self._type(self._desk.visit.typed_code[:-1])

    def booking_clear(self, _: str) -> None:
        self._type("")

    def _type(self, typed: str) -> None:
        self._desk.visit.typed_code, self._desk.visit.problem = typed, ""

    def booking_find(self, _: str) -> None:
        typed = self._desk.visit.typed_code
        if len(typed) >= SHORTEST:
            self.look(FORM + typed.removeprefix(FORM))

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
            desk.go(Step.BOOKING if visit.step is Step.BOOKING else Step.MESSAGE)
            return
        visit.appointment, visit.booked = code, reply
        visit.basket = dict.fromkeys(reply.services, 1)
        visit.purpose, visit.adding, visit.own, visit.ticket = "", False, None, None
        desk.go(Step.CONFIRM)
        self._choosing.plan()
