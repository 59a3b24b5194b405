"""What staff ask of a kiosk; the rest of what happens to one is in events.py."""

from dataclasses import dataclass

from ticketserver.wire.prints import PrintJob


@dataclass(frozen=True)
class PrintAsked:
    """Staff ask a kiosk for a slip; every kiosk of the hall hears of it."""

    job: PrintJob
