"""Times, spans and lists as people read them; shared by the screens and the slip.

`local` turns milliseconds since 1970 into the hall's wall-clock time; it is handed in, because time zones are read from
files.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.services import Hall
from ticketserver.core.terms import VisitState
from ticketserver.shared.texts import Texts
from ticketserver.wire.minutes import Told, minutes_said, opens_at, told
from ticketserver.wire.views_visits import PlanView, StageView, TicketView

Local = Callable[[int], datetime]
MINUTE_MS = 60_000
SOON_MS = 3 * MINUTE_MS
"""A wait shorter than this, with nobody ahead, is said without minutes."""


@dataclass(frozen=True)
class Words:
    """One language's words for one hall."""

    texts: Texts
    hall: Hall
    local: Local

    @property
    def language(self) -> str:
        return self.texts.language

    def clock(self, at_ms: int) -> str:
        """`8:30`."""
        at = self.local(at_ms)
        return f"{at.hour}:{at.minute:02d}"

    def moment(self, at_ms: int) -> str:
        """`2026-11-23 09:41`."""
        return self.local(at_ms).strftime("%Y-%m-%d %H:%M")

    def day_and_clock(self, at_ms: int, now_ms: int) -> str:
        """`明天 8:00`; another day by its date."""
        at, now = self.local(at_ms), self.local(now_ms)
        if at.date() == now.date():
            return self.texts("kiosk.closed.today", time=self.clock(at_ms))
        if at.date() == now.date() + timedelta(days=1):
            return self.texts("kiosk.closed.tomorrow", time=self.clock(at_ms))
        return self.texts("kiosk.closed.day", month=at.month, day=at.day, time=self.clock(at_ms))

    def minutes(self, p50_ms: int, p90_ms: int) -> str:
        """`20–35`: always a range."""
        low, high = minutes_said(p50_ms, p90_ms)
        return self.texts("kiosk.confirm.minutes_range", low=low, high=high)

    def at_once(self, view: PlanView | TicketView) -> bool:
        """Nobody is before them and they can be called: a figure would say less than a word."""
        return told(view) is Told.MINUTES and view.ahead == 0 and view.wait_p90_ms < SOON_MS

    def no_minutes(self, view: PlanView | TicketView) -> str:
        """Why no minutes are told, and how many are ahead; nothing where they are told."""
        why = told(view)
        if why is Told.MINUTES:
            return ""
        if why is Told.STRANDED:
            return self.texts("kiosk.no_minutes.stranded")
        texts = self.texts
        ahead = texts("kiosk.no_minutes.ahead", ahead=view.ahead) if view.ahead else texts("kiosk.no_minutes.nobody")
        if why is Told.OPENS:
            return self.texts("kiosk.no_minutes.opens", time=self.clock(opens_at(view)), ahead=ahead)
        return self.texts(f"kiosk.no_minutes.{why.name.lower()}", ahead=ahead)

    def wait(self, view: PlanView | TicketView) -> str:
        """How long, in one sentence for the screen."""
        silent = self.no_minutes(view)
        if silent:
            return silent
        if self.at_once(view):
            return self.texts("kiosk.confirm.wait_next")
        minutes = self.minutes(view.wait_p50_ms, view.wait_p90_ms)
        return self.texts("kiosk.confirm.wait", ahead=view.ahead, minutes=minutes)

    def not_queued(self, ticket: TicketView) -> str:
        """What to do with a number that nobody calls by itself; nothing where it is called in its turn."""
        texts, left, counter = self.texts, ticket.returns_left, ticket.counter
        if ticket.state is VisitState.HELD:
            return texts("kiosk.ticket.held", counter=counter) if counter else texts("kiosk.ticket.held_desk")
        if ticket.state is VisitState.NO_SHOW:
            others = self.hall.comeback_after
            return texts("slip.missed", others=others, left=left) if left else texts("slip.missed_none")
        return ""

    def names(self, codes: Sequence[str]) -> str:
        """Everyday names in one line."""
        return self.join(self.hall.name_of(code, self.language) for code in codes)

    def join(self, parts: Iterable[str]) -> str:
        return self.texts("catalogue.papers.joiner").join(parts)

    def stop(self, stage: StageView) -> str:
        """A stage's window, and from when, where it is not open yet."""
        zone = self.hall.window_of(stage.zone, self.language)
        if stage.open_from_ms:
            return self.texts("kiosk.confirm.stop_opens", zone=zone, time=self.clock(stage.open_from_ms))
        return zone

    def stops(self, stages: Sequence[StageView]) -> str:
        """`第 1 站:…;第 2 站:…`."""
        said = [self.texts("kiosk.confirm.stop", no=no, zone=self.stop(stage)) for no, stage in enumerate(stages, 1)]
        return self.texts("kiosk.confirm.stop_joiner").join(said)

    def where(self, stages: Sequence[StageView], services: int) -> str:
        """One window or several stops, in one sentence; without services nobody knows what can be done there."""
        stranded = [stage for stage in stages if stage.stranded]
        if stranded:
            zone = self.hall.window_of(stranded[0].zone, self.language)
            return self.texts("kiosk.confirm.stranded", zone=zone)
        if len(stages) > 1:
            return self.texts("kiosk.confirm.stages", count=len(stages), stops=self.stops(stages))
        if services > 1:
            return self.texts("kiosk.confirm.one_counter", count=services)
        return self.texts("kiosk.confirm.one" if services else "kiosk.confirm.called")

    def problem(self, code: str) -> str:
        """What a refusal (or `lost`: no answer) means, and what to do."""
        for key in (f"errors.{code}", f"kiosk.problem.{code}"):
            if key in self.texts:
                return self.texts(key)
        return self.texts("kiosk.problem.other")

