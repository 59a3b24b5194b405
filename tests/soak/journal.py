"""Is what stood on the screen what the server's journal says? A plain reading of the journal beside a screen's record.

The model is one list: a call is put in front; who has come is no longer called; who was missed leaves; of those that
are over the newest `ROWS` places stay (the five minutes of a row do not pass here). Then, for each life of a screen:

- told a whole board or a snapshot, the screen has the calls of the model at that position and no others, each once,
  at its counter, and called as long as it is;
- told a call, it has what it had, and that call, which was not there before, or came with the snapshot;
- every picture it draws shows what it had been told by then, all of it;
- as long as its line is up it is told every call of the journal, once, in their order;
- no more than `PLACES` calls are new at once, and none becomes new a second time;
- what can be seen in its window is part of what stands on it, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ticketserver.core import events as e
from ticketserver.core.events import Record

ROWS, PLACES = 60, 6
Shown = dict[str, tuple[int, bool]]
"""Number → its counter, and whether it is still called."""
Call = tuple[int, str, int]
"""Position, number, counter."""


class Hall:
    """The calls as the journal has them, up to a position."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._done = 0
        self._numbers: dict[int, str] = {}
        self._calls: dict[int, tuple[int, bool]] = {}

    def at(self, seq: int) -> Shown:
        """What a screen of the whole hall shows; positions may only grow."""
        while self._done < len(self._records) and self._records[self._done].seq <= seq:
            for event in self._records[self._done].events:
                self._apply(event)
            self._done += 1
        newest = reversed(self._calls.items())
        return {self._numbers[visit]: call for place, (visit, call) in enumerate(newest) if place < ROWS or call[1]}

    def _apply(self, event: e.Event) -> None:
        match event:
            case e.TicketIssued(visit_id=visit, number=number):
                self._numbers[visit] = number
            case e.VisitCalled(visit_id=visit, counter=counter):
                assert visit not in self._calls, "in a soak everybody is called once"
                self._calls[visit] = counter, True
            case e.ServiceStarted(visit_id=visit):
                self._calls[visit] = self._calls[visit][0], False
            case e.VisitMissed(visit_id=visit):
                del self._calls[visit]
            case _:
                pass


def calls_of(records: Iterable[Record]) -> list[Call]:
    """Every call, in order."""
    numbers: dict[int, str] = {}
    found = []
    for record in records:
        for event in record.events:
            if isinstance(event, e.TicketIssued):
                numbers[event.visit_id] = event.number
            elif isinstance(event, e.VisitCalled):
                found.append((int(record.seq), numbers[event.visit_id], int(event.counter)))
    return found


def spoken_of(records: Iterable[Record]) -> list[int]:
    """The calls that were reported as spoken, as often as they were."""
    return [event.call_id for record in records for event in record.events if isinstance(event, e.CallSpoken)]


@dataclass
class Found:
    """What one life of a screen, or all of them, came to. `as_made`: calls told at once; `returned`: first seen with a
    snapshot; `wrong` is in words, and empty where all is well."""

    as_made: list[str] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)
    boards: int = 0
    lost: int = 0
    pictures: int = 0
    at_once: int = 0
    late_ms: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def check_life(lines: Sequence[dict[str, Any]], records: Sequence[Record], found: Found) -> None:
    """One process of a screen, from its start to its end."""
    hall, news, shown = Hall(records), News(found), Shown()
    since = upto = 0
    heard: list[Call] = []
    for line in lines:
        if line["kind"] == "memory":
            continue
        if line["kind"] == "glass":
            found.late_ms += line["late_ms"]
            found.at_once += len(line["late_ms"])
            continue
        now = shown_by(line, found)
        if line["kind"] == "drawn":
            found.pictures += 1
            news.look(line, upto)
            if now != shown:
                found.wrong.append(f"drawn after {upto}: {differences(shown, now)}")
            continue
        if line["kind"] == "snapshot":
            told_all(records, since, upto, heard, found)
            since, heard = line["seq"], []
            found.returned |= now.keys() - set(found.as_made)
        if line["kind"] == "called" and line["seq"] <= since:
            if now != shown:
                found.wrong.append(f"the snapshot had {line['call']}: {differences(shown, now)}")
            continue
        if line["kind"] == "called":
            called(line, shown, now, found)
            heard.append((line["seq"], line["call"], now.get(line["call"], (0, True))[0]))
        elif line["kind"] == "lost":
            found.lost += 1
            if not line["stale"] or now != shown:
                found.wrong.append(f"a lost line: {differences(shown, now)}, marked {line['stale']}")
        else:
            found.boards += 1
            if now != (true := hall.at(line["seq"])):
                found.wrong.append(f"{line['kind']} at {line['seq']}: {differences(true, now)}")
        shown, upto = now, line["seq"] or upto
    told_all(records, since, upto, heard, found)


def shown_by(line: dict[str, Any], found: Found) -> Shown:
    shown = {number: (counter, called) for number, counter, called, _ in line["cards"]}
    seen = line.get("seen", [])
    if len(shown) < len(line["cards"]) or len(set(seen)) < len(seen):
        found.wrong.append(f"twice on the screen: {line['cards']}, seen {seen}")
    if not shown.keys() >= set(seen):
        found.wrong.append(f"seen and not there: {set(seen) - shown.keys()}")
    return shown


def called(line: dict[str, Any], before: Shown, now: Shown, found: Found) -> None:
    number = line["call"]
    found.as_made.append(number)
    if number in before or now != before | {number: (now.get(number, (0, True))[0], True)}:
        found.wrong.append(f"the call of {number} at {line['seq']}: {differences(before, now)}")


def told_all(records: Sequence[Record], since: int, upto: int, heard: list[Call], found: Found) -> None:
    """Of the calls after `since`, every one up to what was told last was heard."""
    made = [call for call in calls_of(records) if since < call[0] <= upto] if since else []
    if heard != made:
        found.wrong.append(f"from {since} to {upto} called {len(made)}, told {len(heard)}: {set(made) ^ set(heard)}")


def differences(true: Shown, shown: Shown) -> str:
    missing = {number: call for number, call in true.items() if shown.get(number) != call}
    more = {number: call for number, call in shown.items() if true.get(number) != call}
    return f"missing {missing}, instead {more}"


class News:
    """Which calls are new on a screen: not too many, and none again."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._new: set[str] = set()
        self._over: set[str] = set()

    def look(self, line: dict[str, Any], seq: int) -> None:
        fresh = {number for number, _, _, new in line["cards"] if new}
        self._over |= self._new - fresh
        self._new = fresh
        if len(fresh) > PLACES or fresh & self._over:
            self._found.wrong.append(f"new at {seq}: {sorted(fresh)}, again {sorted(fresh & self._over)}")
