"""Slips that staff have a kiosk print: what is asked and told.

```
guide ── print_ticket ─▶ server ── print_requested (to the kiosks) ─▶ the one that is named, between two visits
guide ◀─ print_changed ─ server ◀─ end_print ─ the kiosk: an outcome, or why nothing was sent to its printer
```
What really went to a printer is reported by `report_print` besides, as for every slip. Jobs live in memory: a kiosk
that is gone ends them, and nothing is printed later than somebody waits for it.
"""

from typing import Annotated

from msgspec import Meta

from ticketserver.core.ids import DeviceId, Ms, TicketNumber, Token, VisitId
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire.notes import Note
from ticketserver.wire.params import Params, TicketChange
from ticketserver.wire.views import View
from ticketserver.wire.views_visits import TicketView

Language = Annotated[str, Meta(max_length=3)]


class PrintTicket(TicketChange, frozen=True, kw_only=True):
    """Have a kiosk print the slip of a number, between two visits there; `language` empty = as the hall prints."""

    kiosk: DeviceId
    language: Language = ""


class EndPrint(Params, frozen=True, kw_only=True):
    """What became of a slip. Without an outcome nothing was sent to the printer, and `reason` says why."""

    print_id: int
    outcome: PrintOutcome | None = None
    reason: Annotated[str, Meta(max_length=200)] = ""


class ListPrints(Params, frozen=True, kw_only=True):
    """The kiosks that can be asked for a slip, and what became of the last slips that were."""


class PrintView(View, frozen=True, kw_only=True):
    """A slip that a kiosk was asked for. `reason`: `busy` (somebody stands there), a printer's or a device's reason."""

    print_id: int
    kiosk: DeviceId
    visit_id: VisitId
    number: TicketNumber
    at_ms: Ms
    ended: bool = False
    outcome: PrintOutcome | None = None
    reason: str = ""


class PrintJob(View, frozen=True, kw_only=True):
    """All that a kiosk needs for the slip. `reprint`: a slip of this number may have come out before; without a
    `language` that it speaks it prints as the hall does."""

    print_id: int
    kiosk: DeviceId
    ticket: TicketView
    token: Token
    reprint: bool = False
    language: str = ""


class KioskView(View, frozen=True, kw_only=True):
    """A kiosk of the hall: the number painted on it, and its printer's device."""

    kiosk: DeviceId
    number: int
    printer: DeviceId


class PrintsView(View, frozen=True, kw_only=True):
    """Kiosks in the hall's order, slips newest last."""

    kiosks: list[KioskView]
    prints: list[PrintView]


class PrintRequested(Note, frozen=True, kw_only=True):
    """The kiosk named in it prints this slip; the others do nothing."""

    job: PrintJob


class PrintChanged(Note, frozen=True, kw_only=True):
    """A slip was asked for, or has come to its end."""

    print: PrintView
