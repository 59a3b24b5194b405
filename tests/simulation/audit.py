"""The journal read by somebody who knows the rules of the hall, and nothing of how the core keeps them.

Every durable record is judged by what stood in the journal before it: numbers are unique, a person is at one counter,
nobody is missed unheard, a second press within moments is no second call, who came back lets others go first, and a
restart starts every clock anew. `shadow` is the state that the journal leads to; the live one must equal it.
"""

from dataclasses import dataclass

from tests.simulation.world import World
from ticketserver.core import events as e
from ticketserver.core.deadlines import phase_at
from ticketserver.core.events import Record
from ticketserver.core.evolve import evolve
from ticketserver.core.ids import CounterNo, RequestId, VisitId
from ticketserver.core.invariants import check_all
from ticketserver.core.model import QueueRules
from ticketserver.core.state import HallState, new_state
from ticketserver.core.terms import CallReason, Phase, StartedBy

ALL_EVERY = 8


@dataclass
class NaiveCall:
    """A call as the audit sees it; `base` is its time or the last restart's."""

    visit: VisitId
    number: int
    at: int
    base: int
    spoken: int = 0
    by_key: bool = False
    touched: bool = False


class Audit:
    """`press_of`: press_key requests that boxes really pressed, and which finger's press each one came from."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.shadow: HallState = new_state()
        self.day = ""
        self.day_of: dict[RequestId, str] = {}
        self.press_of: dict[str, int] = {}
        self.must_resume = False
        self.issued = 0
        self._calls: dict[CounterNo, NaiveCall] = {}
        self._numbers: set[str] = set()
        self._tokens: set[str] = set()
        self._comebacks: dict[VisitId, int] = {}
        self._since: dict[CounterNo, int] = {}
        self._ended_at: dict[VisitId, CounterNo] = {}
        self._called_by: dict[int, str] = {}
        self._records = 0

    @property
    def rules(self) -> QueueRules:
        return self.shadow.rules.queue

    def feed(self, record: Record) -> None:
        """A record has become durable. Raises Violation."""
        self._restart(record)
        for event in record.events:
            self._judge(record, event)
            evolve(self.shadow, event, record.at_ms)
            self._follow(record, event)
        if record.request_id:
            self.day_of[record.request_id] = self.day
        self._records += 1
        if self._records % ALL_EVERY == 0:
            check_all(self.shadow)
            self._world.checked("invariants")

    def _restart(self, record: Record) -> None:
        """The first thing a server that is back on the same day decides is that it is back."""
        if self.must_resume and record.events:
            self.must_resume = False
            fine = any(isinstance(each, e.HallResumed | e.DayOpened) for each in record.events)
            self._world.check("clocks start anew", fine, f"after a restart comes {record.events}")

    def _judge(self, record: Record, event: e.Event) -> None:
        match event:
            case e.TicketIssued():
                self._issued(event)
            case e.VisitCalled():
                self._called(record, event)
            case e.VisitRecalled():
                self._recalled(record, event)
            case e.VisitMissed() | e.NoShowOffered():
                self._missed(record, event)
            case e.ServiceStarted() if event.by is StartedBy.IMPLIED:
                call = self._calls[event.counter]
                due = self._clock(call) + self.rules.implied_start_ms
                self._world.check("not before its time", record.at_ms >= due, f"{event} at {record.at_ms}, due {due}")
            case e.ReadyLapsed() | e.NamedReleased():
                ready = isinstance(event, e.ReadyLapsed)
                rest = self.rules.ready_lapse_ms if ready else self.rules.named_fallback_ms
                due = self._since[event.counter] + rest
                self._world.check("not before its time", record.at_ms >= due, f"{event} at {record.at_ms}, due {due}")
            case e.VisitReopened() if not event.calling:
                where = self._ended_at.get(event.visit_id)
                self._world.check("taken back where it ended", where == event.counter, f"{event}, it ended at {where}")
            case e.PhaseChanged():
                plan = self.shadow.plan
                fine = event.phase is Phase.ENDED or (plan is not None and phase_at(plan, record.at_ms) is event.phase)
                self._world.check("phases", fine, f"{event} at {record.at_ms}")

    def _issued(self, event: e.TicketIssued) -> None:
        fresh = event.number not in self._numbers and event.token not in self._tokens
        self._world.check("unique numbers", fresh, f"{event.number} {event.token} a second time on {self.day}")
        self._numbers.add(event.number)
        self._tokens.add(event.token)
        self.issued += 1

    def _called(self, record: Record, event: e.VisitCalled) -> None:
        world = self._world
        busy = [each for each, call in self._calls.items() if call.visit == event.visit_id]
        world.check("one counter a visit", not busy, f"{event} while at {busy}")
        if record.method == "press_key":
            self._pressed(record, event)
        passed = self._comebacks.get(event.visit_id)
        if passed is not None and event.reason is not CallReason.CHOSEN:
            early = passed < self.rules.comeback_after
            others = self._others(event) if early else []
            world.check("comebacks let others pass", not others, f"{event} after {passed} calls, {others} wait")
        if event.counts:
            for visit in self._comebacks:
                self._comebacks[visit] += 1

    def _others(self, event: e.VisitCalled) -> list[str]:
        """Who waits, has not just come back, and could have been called by this counter."""
        state = self.shadow
        bit, lunch = state.counters[event.counter].bit, state.phase is Phase.LUNCH
        keys = {each: queue.key for each, queue in state.place.items() if each not in self._comebacks}
        able = [each for each, key in keys.items() if key.primary & bit and not (lunch and key.not_at_lunch)]
        return [state.visits[each].number for each in able]

    def _pressed(self, record: Record, event: e.VisitCalled) -> None:
        """One finger's press calls one person at most, and not two presses of an impatient one."""
        world = self._world
        press = self.press_of.get(record.request_id)
        if press is not None:
            other = self._called_by.setdefault(press, record.request_id)
            world.check("one press, one call", other == record.request_id, f"{event}: press {press} also made {other}")
        call = self._calls.get(event.counter)
        if call is not None and not call.touched:
            rest = record.at_ms - call.at
            world.check("one press, one call", rest >= self.rules.same_call_ms, f"{event} {rest} ms after another call")

    def _recalled(self, record: Record, event: e.VisitRecalled) -> None:
        call = self._calls[event.counter]
        rest = record.at_ms - call.at
        self._world.check("one press, one call", rest >= self.rules.same_call_ms, f"{event} {rest} ms after the last")
        self._world.check("one press, one call", event.visit_id == call.visit, f"{event}, at the counter: {call}")

    def _clock(self, call: NaiveCall) -> int:
        return call.spoken or call.base + self.rules.unspoken_ms

    def _missed(self, record: Record, event: e.VisitMissed | e.NoShowOffered) -> None:
        call, visit = self._calls[event.counter], self.shadow.visits[event.visit_id]
        gap = self.rules.gap_priority_ms if visit.priority else self.rules.gap_ms
        due = self._clock(call) + gap
        fine = call.number >= self.rules.calls and record.at_ms >= due
        self._world.check("nobody missed unheard", fine, f"{event} at {record.at_ms}, {call}, due {due}")

    def _follow(self, record: Record, event: e.Event) -> None:
        """What the audit itself remembers, after the event."""
        at, number = record.at_ms, getattr(event, "counter", None)
        match event:
            case e.DayOpened():
                if any(isinstance(each, e.DayEnded) for each in record.events):
                    self._world.hurt("day turned", f"over an open one, to {event.plan.day}")
                self.day = event.plan.day
                self._numbers.clear()
                self._forget_hands()
            case e.DayEnded():
                self._forget_hands()
            case e.HallResumed():
                for call in self._calls.values():
                    self._rearm(call, at)
                self._since = dict.fromkeys(self._since, at)
            case e.VisitCalled():
                self._comebacks.pop(event.visit_id, None)
                by_key = record.method == "press_key"
                self._calls[event.counter] = NaiveCall(event.visit_id, 1, at, at, by_key=by_key)
            case e.VisitRecalled():
                self._calls[event.counter] = NaiveCall(event.visit_id, event.call_no, at, at)
            case e.CallSpoken():
                self._calls[event.counter].spoken = at
            case e.VisitCheckedIn():
                self._comebacks[event.visit_id] = 0
            case e.VisitReopened() if event.calling and event.counter in self._calls:
                self._rearm(self._calls[event.counter], at)
            case e.CounterReady() | e.CounterPaused():
                self._since[event.counter] = at
            case e.StageFinished() | e.VisitHeld() | e.VisitTransferred() | e.VisitRequeued() | e.VisitMissed():
                self._calls.pop(event.counter, None)
                self._since[event.counter] = at
                if isinstance(event, e.StageFinished | e.VisitMissed):
                    self._ended_at[event.visit_id] = event.counter
            case e.VisitCancelled() | e.VisitReopened():
                self._comebacks.pop(event.visit_id, None)
        if number in self._calls and not isinstance(event, e.VisitCalled | e.CallSpoken):
            self._calls[number].touched = True

    @staticmethod
    def _rearm(call: NaiveCall, at: int) -> None:
        call.base, call.spoken = at, at if call.spoken else 0

    def _forget_hands(self) -> None:
        self._calls.clear()
        self._comebacks.clear()
        self._since.clear()
