"""From the hall's calendar and time zone to plain milliseconds: business days, hours, the next opening.

A business day turns at `calendar.turns_at` of the hall's time zone (04:00), not at midnight: a time of day before that
belongs to the date after. The core knows only the numbers worked out here; nothing else in the server knows time zones.
An hour that a clock change skips or repeats is taken as its first occurrence.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ticketserver.core.ids import BusinessDay, Ms, ServiceId
from ticketserver.core.model import DayPlan
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.rules import Calendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEARCHED_DAYS = 366
"""How far ahead a working day is looked for."""


class HallDays:
    """The hall's days. `open_now`: every day is open from turn to turn, whatever the calendar says."""

    def __init__(self, calendar: Calendar, timezone: str, open_now: bool = False) -> None:
        self._calendar = calendar
        self._zone = ZoneInfo(timezone)
        self.always_open = open_now or calendar.always_open
        self._turn_minutes = minutes_of_day(calendar.turns_at)

    def business_day(self, now: Ms) -> date:
        """The business day that `now` belongs to, open or not."""
        local = datetime.fromtimestamp(now / 1000, self._zone)
        before_turn = local.hour * 60 + local.minute < self._turn_minutes
        return local.date() - timedelta(days=before_turn)

    def moment(self, day: date, clock: str) -> Ms:
        """A time of day of a business day, in ms."""
        minutes = minutes_of_day(clock)
        if minutes < self._turn_minutes:
            day += timedelta(days=1)
        local = datetime.combine(day, time(minutes // 60, minutes % 60), self._zone)
        return Ms(round(local.astimezone(UTC).timestamp() * 1000))

    def begins(self, day: date) -> Ms:
        """When a business day begins: the turn."""
        return self.moment(day, self._calendar.turns_at)

    def works(self, day: date) -> bool:
        """Does the hall open on this day?"""
        if self.always_open or day in self._calendar.makeup_days:
            return True
        return WEEKDAYS[day.weekday()] in self._calendar.working_days and day not in self._calendar.holidays

    def plan(self, day: date) -> DayPlan:
        """The day in plain numbers."""
        name = BusinessDay(day.isoformat())
        if self.always_open:
            begins, ends = self.begins(day), self.begins(day + timedelta(days=1))
            return DayPlan(name, begins, begins, ends, ends)
        hours = self._calendar
        lunch = hours.lunch
        return DayPlan(
            day=name,
            numbers_from_ms=self.moment(day, hours.numbers_from),
            calling_from_ms=self.moment(day, hours.calling_from),
            last_number_ms=self.moment(day, hours.last_number),
            ends_ms=self.moment(day, hours.ends),
            lunch_from_ms=self.moment(day, lunch.starts) if lunch else Ms(0),
            lunch_to_ms=self.moment(day, lunch.ends) if lunch else Ms(0),
            not_at_lunch=tuple(map(ServiceId, lunch.services_not_done)) if lunch else (),
        )

    def next_opening(self, now: Ms) -> Ms:
        """When numbers are given out again after `now`; 0 = not within a year."""
        day = self.business_day(now)
        for ahead in range(SEARCHED_DAYS):
            candidate = day + timedelta(days=ahead)
            if self.works(candidate):
                opens = self.plan(candidate).numbers_from_ms
                if opens > now:
                    return opens
        return Ms(0)

    def said(self, moment: Ms) -> str:
        """A moment as people in the hall write it: `2026-11-24 08:00`."""
        return datetime.fromtimestamp(moment / 1000, self._zone).strftime("%Y-%m-%d %H:%M")
