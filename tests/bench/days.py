"""Days made without sockets: the core alone with many waiting, and whole journals written by the server's own desk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tests.bench.hall import write_hall
from ticketserver.core import commands as c
from ticketserver.core.engine import run
from ticketserver.core.ids import Ms, RequestId, Seq
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState, new_state
from ticketserver.core.terms import Basis, Role, Source
from ticketserver.server.boot import journal_path
from ticketserver.server.desk import HallDesk
from ticketserver.server.hallday import HallDays
from ticketserver.server.hallplan import hall_rules
from ticketserver.server.peers import OneAnswer
from ticketserver.server.sequencer import Asked, Sequencer
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.store.sqlite import SqliteJournal
from ticketserver.wire import params as p

SERVICES = (
    ("PAY-03",), ("REG-05",), ("QRY-03",), ("ARC-01", "PAY-02"), ("CRD-06",), ("EMP-02",), ("QRY-05",), ("PEN-10",),
)  # fmt: skip
PRIORITY = 4
"""Which of these has a priority by card."""
COUNTERS = range(1, 21)
BATCH = 64
DAY_MS = 8 * 3_600_000


def wall() -> Ms:
    return Ms(time.time_ns() // 1_000_000)


def make_settings(folder: Path) -> Settings:
    return load_settings(write_hall(folder)[0])


def open_day(settings: Settings, now: Ms) -> c.OpenDay:
    days = HallDays(settings.calendar, settings.hall.timezone)
    today = days.business_day(now)
    return c.OpenDay(rules=hall_rules(settings, days, today), plan=days.plan(today))


class CoreHall:
    """The core alone. Numbers wait for the comprehensive counters; counter 1 calls."""

    def __init__(self, settings: Settings, waiting: int) -> None:
        self.state: HallState = new_state()
        self.now = wall()
        self._tokens = count(1)
        self.do(open_day(settings, self.now))
        self.do(c.OpenCounter(counter=1))
        for _ in range(waiting):
            self.issue()
        self.do(c.CallNext(counter=1))

    def do(self, command: c.Command) -> None:
        self.now = Ms(self.now + 1)
        answer = run(self.state, command, self.now)
        if isinstance(answer, Rejection):
            raise RuntimeError(str(answer))

    def issue(self) -> None:
        assert self.state.plan is not None
        number = next(self._tokens)
        turn = number % len(SERVICES)
        self.do(
            c.IssueTicket(
                token=f"{number:022d}",
                day=self.state.plan.day,
                items=tuple(c.Item(service) for service in SERVICES[turn]),
                source=Source.KIOSK,
                priority="age" if turn == PRIORITY else "",
                basis=Basis.CARD if turn == PRIORITY else None,
            )
        )


def requests(day: str) -> Iterator[tuple[Role, str, p.Params]]:
    """One visit after the other, without end: number, slip, call, spoken, service, finish. 20 counters take turns."""
    for counter in COUNTERS:
        yield Role.CLERK, "open_counter", p.OpenCounter(request_id=f"journal-open-{counter}", counter=counter)
    for visit in count(1):
        name, turn, counter = f"journal-{visit:08d}", visit % len(SERVICES), COUNTERS[visit % len(COUNTERS)]
        priority = p.PriorityClaim("age", Basis.CARD) if turn == PRIORITY else None
        services = [p.ServiceItem(service) for service in SERVICES[turn]]
        issue = p.IssueTicket(
            request_id=name + "-i", token=f"{visit:022d}", day=day, services=services, priority=priority
        )
        yield Role.KIOSK, "issue_ticket", issue
        yield Role.KIOSK, "report_print", p.ReportPrint(request_id=name + "-p", visit_id=visit, outcome="confirmed")
        yield Role.CLERK, "call_next", p.CallNext(request_id=name + "-c", counter=counter)
        yield Role.DISPLAY, "report_spoken", p.ReportSpoken(call_id=visit)
        yield Role.CLERK, "start_service", p.StartService(request_id=name + "-s", counter=counter)
        yield Role.CLERK, "finish_service", p.FinishService(request_id=name + "-f", counter=counter)


def write_journal(settings: Settings, events: int) -> int:
    """A day of at least `events` events, spread over the hours up to now, in the journal of `settings`, with the real
    answers in it; → their number."""
    journal = SqliteJournal(journal_path(settings))
    desk = HallDesk(settings, HallDays(settings.calendar, settings.hall.timezone))
    first = Ms(wall() - DAY_MS)
    sequencer = Sequencer(new_state(), desk, run, lambda seq: next(journal.read(settings.hall.id, seq)))
    command = open_day(settings, first)
    sequencer.tell(command, first)
    written = 0
    for number, (role, method, params) in enumerate(requests(command.plan.day)):
        peer = OneAnswer(role, "", "zh", lambda answer: None)
        request = getattr(params, "request_id", RequestId(""))
        sequencer.ask(Asked(peer, number, method, params, request), Ms(first + DAY_MS * number // events))
        if number % BATCH == 0:
            records = sequencer.take()
            journal.append(settings.hall.id, records[0].seq, records)
            sequencer.committed(Seq(records[-1].seq))
            sequencer.release()
            written += sum(len(record.events) for record in records)
            if written >= events:
                break
    journal.close()
    return written
