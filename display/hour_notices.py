"""Which notices the hall's hours lead to: opening, the coming cut-off, a pause. Each once, when this run saw the change
itself: a display that starts in the middle of the day, or slept over the moment, says nothing of it."""

from typing import Final

from display.voice import CUT_OFF, OPENING, PAUSED
from ticketserver.core.terms import Phase
from ticketserver.wire.views import HoursView

FRESH_MS: Final = 60_000
BEFORE_CALLING: Final = (Phase.NO_DAY, Phase.BEFORE_NUMBERS, Phase.BEFORE_CALLING)
TAKING_NUMBERS: Final = (Phase.CALLING, Phase.LUNCH)


class HourNotices:
    """`cut_off_ms`: how long before the last number its notice comes, 0 = never. `cut_off_at`: when it is due."""

    def __init__(self, cut_off_ms: int) -> None:
        self._cut_off_ms = cut_off_ms
        self._hours: HoursView | None = None
        self.cut_off_at: int | None = None

    def see(self, hours: HoursView, now: int) -> list[str]:
        """Notices for what has changed since the last look; at the first one nothing has."""
        before, self._hours = self._hours, hours
        due = hours.last_number_ms - self._cut_off_ms
        watched = self._cut_off_ms > 0 and hours.phase in TAKING_NUMBERS and now < due
        if watched or hours.phase not in TAKING_NUMBERS:
            self.cut_off_at = due if watched else None
        if before is None:
            return []
        opened = before.phase in BEFORE_CALLING and hours.phase is Phase.CALLING
        opening = opened and now - hours.calling_from_ms < FRESH_MS
        paused = hours.calling_paused and not before.calling_paused
        return [OPENING] * opening + [PAUSED] * paused

    def due(self, now: int) -> list[str]:
        """The cut-off's notice, at its time."""
        at = self.cut_off_at
        if at is None or now < at:
            return []
        self.cut_off_at = None
        return [CUT_OFF] * (now - at < FRESH_MS)
