"""A made-up slip of a hall, to see what `[slip]` of hall.toml comes to on a printer's paper before anybody queues.

Laid out and encoded by what prints the real ones, so the picture is the slip and the bytes are those that go out.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec

from hardware.codecs.slip import SlipDocument
from kiosk.printing import ticket_code
from kiosk.services import Hall
from kiosk.slip import RollFacts, roll_slip, slip
from kiosk.words import Words
from ticketserver.core.terms import VisitState
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.wire.views_visits import TicketView

KINDS = ("ticket", "reprint", "test")
TOKEN = "Sample0Sample0Sample0S"
SERVICES = 2
MINUTE_MS = 60_000
USED_MM = 48_000.0


def sample_slip(
    settings: Settings, hall: Hall, local: Callable[[int], datetime], kind: str, language: str, now_ms: int
) -> SlipDocument:
    """A slip of this kind as a person would get it who chose `language`."""

    more = {each.code: each.texts for each in settings.more}

    def words_in(code: str) -> Words:
        return Words(more.get(code) or load_texts(code), hall, local)

    if kind == "test":
        return roll_slip(words_in(hall.languages[0]), RollFacts(now_ms, USED_MM, "marker"))
    url = settings.hall.public_url
    spoken = [words_in(code) for code in hall.slip.languages or (language,)]
    ticket = _ticket(settings, local(now_ms).date().isoformat(), now_ms)
    return slip(ticket, spoken, ticket_code(url, TOKEN), bool(url), reprint=kind == "reprint")


def _ticket(settings: Settings, day: str, now_ms: int) -> TicketView:
    """A number of the hall's first zone, for the first services that are done there."""
    zone = settings.zone[0]
    services = [service.code for service in settings.catalogue.service if service.zone == zone.id][:SERVICES]
    values = {
        "visit_id": 1,
        "number": f"{zone.series}012",
        "check_code": "4821",
        "day": day,
        "state": VisitState.WAITING.value,
        "zone": zone.id,
        "services": [{"service": code} for code in services],
        "stages": [{"zone": zone.id, "services": services}],
        "issued_at_ms": now_ms,
        "ahead": 12,
        "wait_p50_ms": 22 * MINUTE_MS,
        "wait_p90_ms": 34 * MINUTE_MS,
        "returns_left": settings.queue.max_returns,
    }
    return msgspec.convert(values, TicketView)
