"""Appointments as codes that the hall signs: what was booked, in one line that fits a small QR code.

    YHA1:20261127:0930-0945:ARC-01.PAY-02:K7M2Q4XA:QG5ZT3…        only signs of a QR code's alphanumeric mode
    |    |        |         |             |        HMAC-SHA256 of the hall's id and all before, first 16 bytes, base 32
    |    |        |         |             serial, 40 random bits: no code is used twice
    |    |        |         services
    |    |        first and last minute to come
    |    business day
    the form and its version

Nothing of a person is in it, and nothing has to be stored until somebody comes. Whoever signs is whoever verifies, the
hall's own server, so one secret key is enough: HMAC is in the standard library, and a code stays half as long as with
a public signature. The key stands beside the role tokens and is made like one; with another key all codes are void.

What can go wrong: a code of another hall, changed, or of another day; one that was used. All are refused with a code.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from ticketserver.core.ids import BusinessDay, Ms, ServiceId
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import HallState
from ticketserver.core.terms import VisitState
from ticketserver.server.hallday import HallDays
from ticketserver.wire.errors import Refusal

KEY_FILE = "appointments.key"
FORM = "YHA1"
SERIAL_BYTES = 5
MAC_BYTES = 16
_CODE = re.compile(
    r"(YHA1:(\d{8}):((?:[01]\d|2[0-3])[0-5]\d)-((?:[01]\d|2[0-3])[0-5]\d):([A-Z]{3}-\d\d(?:\.[A-Z]{3}-\d\d){0,19})"
    r":([A-Z2-7]{8})):([A-Z2-7]{26})"
)
_TYPED = re.compile(r"YHA1(\d{8})(\d{4})(\d{4})((?:[A-Z]{3}\d\d){1,20})([A-Z0-9]{8})([A-Z0-9]{26})")
_LOOKS = str.maketrans("018", "OIB")
"""Digits that base 32 does not have, and the letters they were read for."""


class Booked(NamedTuple):
    """What a code says; times in ms. Who comes between `from_ms` and `to_ms` joins at `from_ms`."""

    serial: str
    day: BusinessDay
    from_ms: Ms
    to_ms: Ms
    services: tuple[ServiceId, ...]


class Appointments:
    """Makes and reads the codes of one hall."""

    def __init__(self, hall: str, days: HallDays, key: str) -> None:
        self._hall = hall
        self._days = days
        self._key = key.encode()

    def make(self, day: date, starts: str, ends: str, services: Iterable[str]) -> str:
        """`starts`, `ends` as `09:30`. Nothing is checked against the hall."""
        serial = base64.b32encode(secrets.token_bytes(SERIAL_BYTES)).decode()
        span = f"{starts}-{ends}".replace(":", "")
        said = f"{FORM}:{day:%Y%m%d}:{span}:{'.'.join(services)}:{serial}"
        return f"{said}:{self._mac(said)}"

    def read(self, code: str) -> Booked | None:
        """What the code says, or None where it is not of this hall or not whole."""
        found = _CODE.fullmatch(code)
        if found is None:
            return None
        said, day_text, starts, ends, services, serial, mac = found.groups()
        if not hmac.compare_digest(mac, self._mac(said)):
            return None
        day = datetime.strptime(day_text, "%Y%m%d").date()
        from_ms, to_ms = (self._days.moment(day, f"{clock[:2]}:{clock[2:]}") for clock in (starts, ends))
        names = tuple(map(ServiceId, services.split(".")))
        return Booked(serial, BusinessDay(day.isoformat()), from_ms, to_ms, names)

    def _mac(self, said: str) -> str:
        mac = hmac.digest(self._key, f"{self._hall}\n{said}".encode(), hashlib.sha256)[:MAC_BYTES]
        return base64.b32encode(mac).decode().rstrip("=")


def as_typed(text: str) -> str:
    """The code as the hall wrote it, of what a person typed: in any case, without signs between, 0 for O, 1 for I, 8
    for B. What is no code stays as it is."""
    found = _TYPED.fullmatch(re.sub(r"[^0-9A-Z]", "", text.upper()))
    if found is None:
        return text
    day, starts, ends, services, serial, mac = found.groups()
    names = ".".join(f"{services[at : at + 3]}-{services[at + 3 : at + 5]}" for at in range(0, len(services), 5))
    return f"{FORM}:{day}:{starts}-{ends}:{names}:{serial.translate(_LOOKS)}:{mac.translate(_LOOKS)}"


def usable(appointments: Appointments | None, state: HallState, code: str) -> Booked:
    """Raises RefusedError: `appointment_unknown`, `appointment_other_day`, `appointment_used`."""
    booked = appointments.read(as_typed(code)) if appointments is not None else None
    if booked is None:
        raise RefusedError(Refusal.APPOINTMENT_UNKNOWN)
    if state.plan is None or booked.day != state.plan.day:
        raise RefusedError(Refusal.APPOINTMENT_OTHER_DAY, detail=booked.day)
    if used(state, booked.serial):
        raise RefusedError(Refusal.APPOINTMENT_USED)
    return booked


def used(state: HallState, serial: str) -> bool:
    """Whether a number was taken with this code; one that was cancelled does not count."""
    visit_id = state.by_booking.get(serial)
    return visit_id is not None and state.visits[visit_id].state is not VisitState.CANCELLED
