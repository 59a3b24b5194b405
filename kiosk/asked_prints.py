"""Slips that staff ask this kiosk for: printed between two visits, or given back soon.

```
asked ─▶ waits while somebody is here ─┬ nobody ─▶ Print ─▶ report_print, end_print(outcome)
                                       ├ the printer cannot ─▶ end_print(paper_out, …)
                                       └ WAIT_MS over ───────▶ end_print(busy)
```
Whoever stands at the kiosk gets no strange paper. What waits is dropped when the line is lost: the one who asked has
been told that the kiosk is gone, and no slip comes out later.
"""

from kiosk.asked_events import PrintAsked
from kiosk.desk import Desk
from kiosk.events import Event, LinkLost, Print, Printed, Ticked
from kiosk.printing import REPORT_GIVE_UP_S, ticket_code
from kiosk.slip import slip
from kiosk.timeouts import at_rest
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire.params import ReportPrint
from ticketserver.wire.prints import EndPrint, PrintJob

WAIT_MS = 60_000
BUSY = "busy"


class AskedPrints:
    """`handle` every event that the flow gets, before the flow does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: list[tuple[int, PrintJob]] = []
        self._printing: dict[int, PrintJob] = {}

    def handle(self, event: Event) -> bool:
        """Whether the event is all for this part."""
        match event:
            case PrintAsked(job):
                # Every kiosk hears of it.
                if job.kiosk == DeviceId(self._desk.hall.kiosk):
                    self._waiting.append((self._desk.now_ms, job))
                    self._go_on()
                return True
            case Printed():
                self._printed(event)
            case Ticked():
                self._go_on()
            case LinkLost():
                self._waiting.clear()
            case _:
                pass
        return False

    def _go_on(self) -> None:
        desk = self._desk
        while self._waiting:
            asked_ms, job = self._waiting[0]
            if at_rest(desk):
                self._waiting.pop(0)
                self._print(job)
            elif desk.now_ms - asked_ms >= WAIT_MS:
                self._waiting.pop(0)
                self._end(job, None, BUSY)
            else:
                return

    def _print(self, job: PrintJob) -> None:
        desk = self._desk
        if not desk.machine.printer.can_print:
            self._end(job, None, desk.machine.printer.value)
            return
        number = desk.next_job()
        self._printing[number] = job
        public_url = desk.machine.public_url
        # Not in the language that somebody may just have switched this screen to.
        languages = desk.hall.slip.languages or desk.hall.languages[:1]
        if job.language in desk.hall.languages:
            languages = (job.language,)
        spoken = [desk.words_in(each) for each in languages]
        document = slip(job.ticket, spoken, ticket_code(public_url, job.token), bool(public_url), job.reprint)
        desk.effects.append(Print(number, document))

    def _printed(self, event: Printed) -> None:
        job = self._printing.pop(event.job, None)
        if job is None:
            return
        desk = self._desk
        request_id, _token = desk.mint()
        report = ReportPrint(
            request_id=request_id,
            visit_id=job.ticket.visit_id,
            outcome=event.outcome,
            detail=event.detail,
            reprint=job.reprint,
        )
        desk.ask("report_print", report, give_up_s=REPORT_GIVE_UP_S)
        self._end(job, event.outcome, event.cause.value)

    def _end(self, job: PrintJob, outcome: PrintOutcome | None, reason: str) -> None:
        told = EndPrint(print_id=job.print_id, outcome=outcome, reason=reason)
        self._desk.ask("end_print", told, give_up_s=REPORT_GIVE_UP_S)
