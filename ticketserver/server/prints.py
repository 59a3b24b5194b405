"""Slips that staff have a kiosk print: who may be asked, and what became of each. In memory only.

```
ask ─▶ open ─┬ end(outcome)        the printer's word
             ├ end(reason)         nothing was sent to the printer: busy, paper_out, …
             └ the kiosk is gone   not_connected; a kiosk that returns knows nothing of it any more
```
What can go wrong: two papers of one number. A slip is marked as a second one wherever another may have come out.
"""

from collections.abc import Callable

from msgspec.structs import replace

from ticketserver.core.ids import DeviceId, Ms, RequestId, TicketNumber
from ticketserver.core.model import Visit
from ticketserver.core.refusal import RefusedError
from ticketserver.core.terms import DeviceHealth, Source, VisitState
from ticketserver.server import views
from ticketserver.server.asking import Context, find_visit
from ticketserver.server.registry import NOT_CONNECTED, Devices
from ticketserver.server.risings import Risings
from ticketserver.shared.devices import Kiosk
from ticketserver.wire import prints as w
from ticketserver.wire.codec import note_tail
from ticketserver.wire.errors import Refusal

KEPT = 50
PRINTABLE = frozenset({VisitState.WAITING, VisitState.CALLED, VisitState.NO_SHOW, VisitState.HELD})

Tell = Callable[[str, str, bytes], None]


class Prints:
    """Jobs by number, newest last. The same request is one job."""

    def __init__(self, devices: Devices, now: Callable[[], Ms], tell: Tell) -> None:
        self._devices = devices
        self._now = now
        self._tell = tell
        self._jobs: dict[int, w.PrintView] = {}
        self._by_request: dict[RequestId, int] = {}
        self._last = 0

    def list(self, kiosks: tuple[Kiosk, ...]) -> w.PrintsView:
        return w.PrintsView(
            kiosks=[
                w.KioskView(kiosk=DeviceId(each.id), number=each.number, printer=DeviceId(each.printer))
                for each in kiosks
            ],
            prints=list(self._jobs.values()),
        )

    def ask(
        self, context: Context, risings: Risings, kiosks: tuple[Kiosk, ...], asked: w.PrintTicket
    ) -> w.PrintView:
        """Raises RefusedError: `unknown_kiosk`, `kiosk_away`, `wrong_state`, and as `find_visit`."""
        known = self._by_request.get(asked.request_id)
        if known in self._jobs:
            return self._jobs[known]
        visit = find_visit(context, asked)
        self._check(visit, kiosks, asked.kiosk)
        self._last += 1
        now = self._now()
        view = w.PrintView(
            print_id=self._last, kiosk=asked.kiosk, visit_id=visit.visit_id, number=visit.number, at_ms=now
        )
        job = w.PrintJob(
            print_id=self._last,
            kiosk=asked.kiosk,
            ticket=risings.why(context.state, views.ticket_view(context.state, visit, now)),
            token=visit.token,
            reprint=self._may_be_second(visit),
            language=asked.language,
        )
        self._by_request[asked.request_id] = self._last
        self._change(view)
        self._tell("print_jobs", "print_requested", note_tail("job", job))
        return view

    def end(self, asked: w.EndPrint) -> w.PrintView:
        """A printer's word stands, and replaces a kiosk's being gone. Raises RefusedError(unknown_print)."""
        view = self._jobs.get(asked.print_id)
        if view is None:
            raise RefusedError(Refusal.UNKNOWN_PRINT)
        if view.outcome is None and not (view.ended and asked.outcome is None):
            view = replace(view, ended=True, outcome=asked.outcome, reason=asked.reason)
            self._change(view)
        return view

    def gone(self, kiosk: DeviceId) -> None:
        """A kiosk's connection has ended: nobody hears what becomes of its slips."""
        for view in [each for each in self._jobs.values() if each.kiosk == kiosk and not each.ended]:
            self._change(replace(view, ended=True, reason=NOT_CONNECTED))

    def _check(self, visit: Visit, kiosks: tuple[Kiosk, ...], kiosk: DeviceId) -> None:
        if kiosk not in {each.id for each in kiosks}:
            raise RefusedError(Refusal.UNKNOWN_KIOSK, detail=kiosk[:40])
        health = self._devices.views.get(kiosk)
        if health is None or health.health is DeviceHealth.OFFLINE:
            raise RefusedError(Refusal.KIOSK_AWAY, detail=kiosk)
        if visit.state not in PRINTABLE:
            raise RefusedError(Refusal.WRONG_STATE, visit.state)

    def _may_be_second(self, visit: Visit) -> bool:
        """A kiosk's own number has had its chance there; a job that ended without an outcome at a kiosk that is still
        there never reached a printer."""
        jobs = [each for each in self._jobs.values() if each.number == TicketNumber(visit.number)]
        sent = any(not each.ended or each.outcome or each.reason == NOT_CONNECTED for each in jobs)
        return visit.printed or sent or visit.source is Source.KIOSK

    def _change(self, view: w.PrintView) -> None:
        self._jobs[view.print_id] = view
        for old in list(self._jobs)[:-KEPT]:
            del self._jobs[old]
        self._by_request = {request: job for request, job in self._by_request.items() if job in self._jobs}
        self._tell("prints", "print_changed", note_tail("print", view))
