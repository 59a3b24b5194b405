"""Announcements that wait to be said: which are taken in, in which order, and which are not to be said any more.

Theory. The server tells every announcement for some minutes or until it is stopped, so one that is missing sooner than
`TOLD_MS` after it was made was stopped. Taken in is one for our zones that is not known yet and under `FRESH_MS` old,
as for calls: never an old one after a restart. Urgent ones go first, then the oldest. One that could not be begun for
`LATEST_MS`, because others were said, is dropped: by then it stands on the screens no more.

What can go wrong: ids begin at 1 every day. Announcements are known by id and time.
"""

from collections.abc import Iterable
from typing import Final

from ticketserver.core.ids import AnnouncementId, ZoneId
from ticketserver.wire.views_board import AnnouncementView

FRESH_MS: Final = 60_000
LATEST_MS: Final = 180_000
TOLD_MS: Final = 170_000
"""A little less than the server's three minutes: clocks differ, and its age cuts off nothing that is being said."""
REMEMBERED_MS: Final = 3_600_000

Key = tuple[AnnouncementId, int]


def key_of(each: AnnouncementView) -> Key:
    return each.announcement_id, each.at_ms


def meant_for(each: AnnouncementView, zones: Iterable[ZoneId] | None) -> bool:
    """Whether people in these zones (None = all) are to hear and see it."""
    return zones is None or not each.zones or not set(each.zones).isdisjoint(zones)


class Announcements:
    """`zones` that this voice speaks for, None = all."""

    def __init__(self, zones: frozenset[ZoneId] | None) -> None:
        self._zones = zones
        self._known: dict[Key, int] = {}
        self._told: frozenset[Key] = frozenset()
        self._waiting: list[AnnouncementView] = []

    def see(self, told: Iterable[AnnouncementView], now: int) -> None:
        """All that the server tells now."""
        announcements = list(told)
        self._told = frozenset(map(key_of, announcements))
        for each in announcements:
            if key_of(each) not in self._known and now - each.at_ms < FRESH_MS and meant_for(each, self._zones):
                self._known[key_of(each)] = now
                self._waiting.append(each)
        self._waiting = [each for each in self._waiting if not self.stopped(each, now)]

    def stopped(self, each: AnnouncementView, now: int) -> bool:
        """Somebody has stopped it."""
        return key_of(each) not in self._told and now - each.at_ms < TOLD_MS

    def urgent(self, now: int) -> bool:
        """One that interrupts waits."""
        self._forget(now)
        return any(each.urgent for each in self._waiting)

    def take(self, now: int, only_urgent: bool = False) -> AnnouncementView | None:
        """The next one to say; it waits no more."""
        self._forget(now)
        first = min(self._waiting, key=lambda each: (not each.urgent, each.at_ms, each.announcement_id), default=None)
        if first is None or (only_urgent and not first.urgent):
            return None
        self._waiting.remove(first)
        return first

    def put_back(self, each: AnnouncementView) -> None:
        """It was interrupted and is to be said from its beginning."""
        self._waiting.append(each)

    def _forget(self, now: int) -> None:
        self._waiting = [each for each in self._waiting if now - self._known[key_of(each)] < LATEST_MS]
        self._known = {key: since for key, since in self._known.items() if now - since < REMEMBERED_MS}
