"""Records to put into a journal."""

from collections.abc import Iterable

from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.model import DayPlan
from ticketserver.core.state import NO_RULES

HALL = "sample"


def record(seq: int, *events: e.Event, request_id: str = "") -> Record:
    return Record(seq=seq, at_ms=1_000 * seq, events=events or (e.CounterOpened(counter=seq),), request_id=request_id)


def records(first: int, last: int) -> list[Record]:
    return [record(seq) for seq in range(first, last + 1)]


def opening(seq: int, day: str = "2026-11-24") -> Record:
    plan = DayPlan(day, 1, 2, 3, 4)
    return record(seq, e.DayOpened(rules=NO_RULES, plan=plan, next_visit=1, next_call=1))


def seqs(read: Iterable[Record]) -> list[int]:
    return [each.seq for each in read]
