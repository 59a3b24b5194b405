"""What a roster says, line by line: heading, warnings, and for each zone a row a visit.

Headings are in Chinese and English, services in the hall's first language. What it never holds: names, tokens, check
codes, or anything of an identity card.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ticketserver.core.ids import Ms
from ticketserver.core.model import Visit
from ticketserver.core.terms import VisitState
from ticketserver.server.hallday import HallDays
from ticketserver.server.roster import Group, Roster
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import LANGUAGES, load_texts

COLUMNS = ("tick", "number", "stage", "services", "taken", "priority", "state")


class Row(NamedTuple):
    """What a line says, in the order of COLUMNS. The box to tick is empty."""

    tick: str
    number: str
    stage: str
    services: str
    taken: str
    priority: str
    state: str


class RosterWords:
    """One roster in words, as of `now`."""

    def __init__(self, settings: Settings, roster: Roster, now: Ms) -> None:
        self._settings, self._roster = settings, roster
        self.groups = roster.groups
        self._days = HallDays(settings.calendar, settings.hall.timezone)
        self._today = self._days.business_day(now).isoformat()
        self._now = self._days.said(now)
        own = settings.hall.languages[0]
        self._texts = load_texts(own)
        self._services: dict[str, str] = {
            each.code: getattr(each, f"plain_{own}") for each in settings.catalogue.service
        }
        self._services |= {each.id: getattr(each, f"name_{own}") for each in settings.purpose}
        self._zones = {zone.id: zone for zone in settings.zone}
        self._priorities = {each.id: getattr(each, f"name_{own}") for each in settings.queue.priority}

    def head(self) -> list[str]:
        """Title, as of when, how to use it."""
        hall, roster = self._settings.hall, self._roster
        title = both("roster.title")
        if not roster.day:
            return [f"{hall.name_zh} {title}", both("roster.never", now=self._now)]
        last = self._days.said(roster.last_ms)
        said = both("roster.as_of", day=roster.day, last=last, seq=roster.seq, now=self._now)
        return [f"{hall.name_zh} {title}", *said.split("\n"), *both("roster.how").split("\n")]

    def warnings(self) -> list[str]:
        """What makes it less than it seems."""
        roster = self._roster
        found = []
        if roster.damage is not None:
            details, last = roster.damage.details, self._days.said(roster.last_ms)
            seq, detail = details.get("seq", "?"), details["detail"]
            found.append(both("roster.damaged", seq=seq, detail=detail, last=last))
        if roster.day and roster.day != self._today:
            found.append(both("roster.other_day", day=roster.day, today=self._today))
        if roster.day and roster.ended:
            found.append(both("roster.ended", day=roster.day))
        return [line for each in found for line in each.split("\n")]

    def nobody(self) -> list[str]:
        """The closing line of an empty one."""
        return [] if self.groups else ["", *both("roster.nobody").split("\n")]

    def headings(self) -> Row:
        """Of the columns."""
        return Row(*(both(f"roster.{column}", joined=" ") for column in COLUMNS))

    def title(self, group: Group) -> str:
        """The zone and how many wait there."""
        zone = self._zones.get(group.zone)
        names = f"{zone.name_zh} {zone.name_en}" if zone else group.zone
        return f"{names}: {both('roster.waiting', joined=' ', count=len(group.waiting))}"

    def rows(self, group: Group) -> Iterator[Row]:
        """Who waits, in the order of calling, then the others."""
        for visit in (*group.waiting, *group.others):
            services = "、".join(self._service(visit, code) for code in visit.stages[0].services)
            taken = self._days.said(visit.issued_at_ms)[-5:]
            yield Row("", visit.number, self._stage(visit), services, taken, self._priority(visit), self._state(visit))

    def _service(self, visit: Visit, code: str) -> str:
        quantity = next((item.quantity for item in visit.services if item.service == code), 1)
        return self._services.get(code, code) + (f" ×{quantity}" if quantity > 1 else "")

    def _stage(self, visit: Visit) -> str:
        count = visit.stage_no + len(visit.stages) - 1
        return f"{visit.stage_no}/{count}" if count > 1 else ""

    def _priority(self, visit: Visit) -> str:
        if not visit.priority:
            return ""
        name = self._priorities.get(visit.priority, visit.priority)
        return name if visit.weight > 1 else self._texts("roster.unconfirmed", name=name)

    def _state(self, visit: Visit) -> str:
        said = self._texts(f"terms.visit_state.{visit.state.value}")
        counters = {
            VisitState.CALLED: (visit.counter,),
            VisitState.SERVING: (visit.counter,),
            VisitState.HELD: (visit.held_for,),
            VisitState.NO_SHOW: (visit.missed_counter,),
        }.get(visit.state, visit.stages[0].targets)
        named = [str(counter) for counter in counters if counter]
        return self._texts("roster.at_counter", state=said, counters="、".join(named)) if named else said


def both(key: str, joined: str = "\n", **values: object) -> str:
    """In Chinese and English, once where they are the same."""
    return joined.join(dict.fromkeys(load_texts(language)(key, **values) for language in LANGUAGES))
