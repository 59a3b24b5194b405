"""我已有号: a number and its check code, or the slip's own code, find the ticket; then reprint, check in, cancel."""

from kiosk.desk import Desk
from kiosk.recovering import ABANDON_MS
from kiosk.state import Refusal, Reply, Step
from ticketserver.core.ids import TicketNumber
from ticketserver.core.terms import VisitState
from ticketserver.wire.params import CancelTicket, CheckIn, FindTicket, ListVisits
from ticketserver.wire.views_hall import VisitsView
from ticketserver.wire.views_visits import TicketView

NUMBER_SIGNS = 6
CODE_SIGNS = 4
MISSING_AT_MOST = 6
REPRINTABLE = frozenset({VisitState.WAITING, VisitState.CALLED, VisitState.NO_SHOW, VisitState.HELD})
CANCELLABLE = frozenset({VisitState.WAITING, VisitState.NO_SHOW})


class Finding:
    """Taps on the screens for people who have a number. While the server is asked, they do nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def have_number(self, _: str) -> None:
        desk = self._desk
        self._forget()
        desk.visit.adding = False
        desk.go(Step.FIND)
        desk.ask_for_visit("list_visits", ListVisits(states=[VisitState.WAITING.value]), self._listed)

    def find_back(self, _: str) -> None:
        """Without a number to find: what was chosen before stays, and so do language and print."""
        self._forget()
        self._desk.go(Step.HOME)

    def _forget(self) -> None:
        visit = self._desk.visit
        visit.number = visit.code = visit.problem = visit.token = ""
        visit.in_code, visit.missing = False, ()

    def _listed(self, reply: Reply) -> None:
        """Numbers whose paper did not come out in the last minutes."""
        if isinstance(reply, VisitsView) and self._desk.visit.step is Step.FIND:
            recent = [each for each in reply.visits if not each.printed and self._desk.age_ms(each) < ABANDON_MS]
            self._desk.visit.missing = tuple(each.number for each in recent[:MISSING_AT_MOST])

    def missing(self, number: str) -> None:
        """A number of that list; its check code is still asked for."""
        self._desk.visit.number, self._desk.visit.code = number, ""
        self._desk.visit.in_code = True

    def field(self, name: str) -> None:
        self._desk.visit.in_code = name == "code"

    def sign(self, sign: str) -> None:
        visit = self._desk.visit
        visit.problem = ""
        if not visit.in_code:
            # Who began with the digits adds the letter later.
            late = sign.isalpha() and self._letter_is_missing()
            visit.number = (sign + visit.number if late else visit.number + sign)[:NUMBER_SIGNS]
        elif sign.isdigit():
            visit.code = (visit.code + sign)[:CODE_SIGNS]

    def rub(self, _: str) -> None:
        visit = self._desk.visit
        if visit.in_code and visit.code:
            visit.code = visit.code[:-1]
        else:
            visit.in_code = False
            visit.number = visit.number[:-1]

    def find(self, _: str) -> None:
        """The next field, or the ticket."""
        visit = self._desk.visit
        if self._letter_is_missing():
            visit.problem, visit.in_code = "no_letter", False
            return
        if not visit.number or len(visit.code) < CODE_SIGNS:
            visit.in_code = bool(visit.number)
            return
        asked = FindTicket(number=TicketNumber(visit.number), check_code=visit.code)
        self._busy_with("find_ticket", asked, "")

    def _letter_is_missing(self) -> bool:
        """Digits only, in a hall whose numbers all begin with a letter."""
        return self._desk.visit.number.isdigit() and self._desk.hall.prefixes.isalpha()

    def find_by(self, token: str) -> None:
        """The ticket of a scanned slip, straight from where the person is; what goes wrong stands with the fields."""
        visit = self._desk.visit
        visit.busy = True
        asked = FindTicket(token=token)
        self._desk.ask_for_visit("find_ticket", asked, lambda reply: self._found_by(token, reply))

    def _found_by(self, token: str, reply: Reply) -> None:
        if isinstance(reply, TicketView):
            self._desk.visit.token = token
        else:
            self.have_number("")
        self._answered(reply, "")

    def check_in(self, _: str) -> None:
        visit = self._desk.visit
        request_id, _token = self._desk.mint()
        number = TicketNumber(visit.number)
        self._busy_with(
            "check_in", CheckIn(request_id=request_id, number=number, check_code=visit.code), "checked_in"
        )

    def cancel(self, _: str) -> None:
        self._ask_cancel(True)

    def cancel_no(self, _: str) -> None:
        self._ask_cancel(False)

    def _ask_cancel(self, asking: bool) -> None:
        """Other buttons stand where the finger is: as another screen, it takes no touch at first."""
        self._desk.visit.asking_cancel = asking
        self._desk.go(Step.TICKET)

    def cancel_yes(self, _: str) -> None:
        visit = self._desk.visit
        request_id, _token = self._desk.mint()
        number = TicketNumber(visit.number)
        self._busy_with(
            "cancel_ticket", CancelTicket(request_id=request_id, number=number, check_code=visit.code), "cancelled_now"
        )

    def _busy_with(self, method: str, params: FindTicket | CheckIn | CancelTicket, note: str) -> None:
        self._desk.visit.busy = True
        self._desk.ask_for_visit(method, params, lambda reply: self._answered(reply, note))

    def _answered(self, reply: Reply, note: str) -> None:
        visit = self._desk.visit
        visit.busy = visit.asking_cancel = False
        if isinstance(reply, TicketView):
            visit.adding = False
            visit.ticket, visit.note, visit.problem = reply, note, ""
            visit.number, visit.code = reply.number, reply.check_code
            self._desk.go(Step.TICKET)
        else:
            visit.problem = reply.code if isinstance(reply, Refusal) else "lost"
