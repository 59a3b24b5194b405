"""What the hall's own days say of how much each service is asked for: a small file beside the journal.

    asked.json    {"2026-11-24": {"PAY-02": 88, …}, …}    the newest days, a sum for each service and no more

A day goes in when it ends. A start replays the last day, so one that ended just before a power cut goes in again, with
the same figures. A journal that is purged leaves the file alone. While there are fewer than `YOUNG` days nothing is
told: the catalogue's expectation is the better guide then. What can go wrong: the file cannot be read (what the hall
had learned is lost, it begins anew) or written (it is known until the next start only); both are logged, neither stops
the hall.
"""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import DecodeError, json

from ticketserver.core.events import Event
from ticketserver.core.ids import ServiceId
from ticketserver.core.projections.demand import Demand
from ticketserver.shared.settings import Settings
from ticketserver.shared.whole import write_whole

log = logging.getLogger("hall")

KEPT_DAYS = 30
YOUNG = 3


def asked_path(settings: Settings) -> Path:
    return Path(settings.server.data_dir) / "asked.json"


class AskedDays:
    """Fed each decision. `totals`: how many visits asked for each service on the days kept."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._demand = Demand()
        self._days = self._read()
        self.totals: Mapping[ServiceId, int] = self._added_up()

    def apply(self, events: Iterable[Event]) -> None:
        ended = self._demand.apply(events)
        if ended is None or not ended[1]:
            return
        day, asked = ended
        kept = sorted({**self._days, day: asked}.items())[-KEPT_DAYS:]
        if dict(kept) != self._days:
            self._days = dict(kept)
            self.totals = self._added_up()
            self._write()

    def _added_up(self) -> dict[ServiceId, int]:
        totals: dict[ServiceId, int] = {}
        for asked in self._days.values() if len(self._days) >= YOUNG else ():
            for service, count in asked.items():
                totals[service] = totals.get(service, 0) + count
        return totals

    def _read(self) -> dict[str, dict[ServiceId, int]]:
        try:
            return json.decode(self._file.read_bytes(), type=dict[str, dict[ServiceId, int]])
        except FileNotFoundError:
            return {}
        except (OSError, DecodeError, UnicodeDecodeError) as error:
            log.error("what earlier days asked for cannot be read from %s, it begins anew: %s", self._file, error)
            return {}

    def _write(self) -> None:
        try:
            write_whole(self._file, json.encode(self._days))
        except OSError as error:
            log.error("what the day asked for lasts until the next start only, %s: %s", self._file, error)
