"""What the server answers and tells: plain state at one journal position, never how it is drawn.

Results, snapshots, the parameters of notifications. Times are milliseconds since 1970, spans end in `_ms`. Here is the
base of them all and what everybody is told first; the rest lies by who reads it:

| module | read by |
|---|---|
| `views_catalogue` | whoever lets people choose: services, zones, priorities |
| `views_visits` | the citizen: a number, what one would mean, what became of a change |
| `views_board` | call screens and voices |
| `views_counters` | clerks, call boxes, panels |
| `views_hall` | staff who look after the whole hall: its visits, zones, devices, calls for help |
| `notes` | everybody who has subscribed |
"""

from msgspec import Struct

from ticketserver.core.ids import BusinessDay, Ms, Seq, ServiceId
from ticketserver.core.terms import Phase


class View(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all views."""


class HoursView(View, frozen=True, kw_only=True):
    """The hall's day. Times are 0 where no day is open."""

    phase: Phase
    day: BusinessDay = BusinessDay("")
    numbers_from_ms: Ms = Ms(0)
    calling_from_ms: Ms = Ms(0)
    last_number_ms: Ms = Ms(0)
    ends_ms: Ms = Ms(0)
    lunch_from_ms: Ms = Ms(0)
    lunch_to_ms: Ms = Ms(0)
    calling_paused: bool = False
    next_opening_ms: Ms = Ms(0)
    not_at_lunch: list[ServiceId] = []


class HelloResult(View, frozen=True, kw_only=True):
    """Whom one talks to; where its journal stands. `day_key` (hexadecimal): for who reads ID cards, in an open day."""

    protocol: int
    hall_id: str
    name_zh: str
    name_en: str
    server_time_ms: Ms
    seq: Seq
    hours: HoursView
    public_url: str = ""
    day_key: str = ""
