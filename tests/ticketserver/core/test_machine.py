"""Any order of commands: invariants hold, the naive model agrees on every call, a replay ends in the same state."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from tests.ticketserver.core.halls import HOUR, MINUTE, PLAN, RULES, Hall
from tests.ticketserver.core.naive import Naive
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import replay
from ticketserver.core.events import Record
from ticketserver.core.ids import Ms, Seq
from ticketserver.core.invariants import check_all
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import new_state
from ticketserver.core.terms import Basis, CancelReason, CounterState, HoldKind, Key, PrintOutcome, VisitState

COUNTERS = st.integers(1, 5)
SERVICES = st.lists(st.sampled_from([s.service for s in RULES.services]), min_size=1, max_size=3, unique=True)
MORE = st.sampled_from(["ARC", "PAY", "CARD", "PEN", "INJ"])
VISITS = st.integers(1, 12)
BIG = 10**9


class HallMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(
            rules=replace(RULES, queue=replace(RULES.queue, cap=2, batch_counters=(1,), batch_cases=4)),
            at=PLAN.calling_from_ms,
        )
        self.naive = Naive(self.hall.state.rules, frozenset(PLAN.not_at_lunch))
        self.seen = 0
        self.hall.open(1, 2, 4, 5)
        self.follow()

    def follow(self) -> None:
        """Every call by the rules must be the one the naive model expects, at that point of the journal."""
        for at, events in self.hall.journal[self.seen :]:
            for event in events:
                if isinstance(event, e.VisitCalled) and event.counts:
                    assert self.naive.expected(event.counter, at) == event.visit_id
                self.naive.apply(event)
        self.seen = len(self.hall.journal)

    def ask(self, command: c.Command) -> None:
        before = digest(self.hall.state)
        answer = self.hall.ask(command)
        if isinstance(answer, Rejection):
            assert digest(self.hall.state) == before
        self.follow()

    @rule(services=SERVICES, priority=st.sampled_from(["", "age", "veteran"]), quantity=st.integers(1, 6))
    def issue(self, services: list[str], priority: str, quantity: int) -> None:
        self.hall.now = Ms(self.hall.now + 1)
        self.ask(self.hall.issue_command(*services, priority=priority, quantity=quantity))

    @rule(
        services=SERVICES, basis=st.sampled_from(list(Basis)), booked=st.integers(-20, 20).map(lambda m: m * MINUTE)
    )
    def issue_claimed(self, services: list[str], basis: Basis, booked: int) -> None:
        at = self.hall.now + booked
        self.ask(self.hall.issue_command(*services, priority="age", basis=basis, appointment_ms=Ms(at)))

    @rule(crowd=st.lists(SERVICES, min_size=3, max_size=8), marked=st.integers(0, 3))
    def crowd(self, crowd: list[list[str]], marked: int) -> None:
        for place, services in enumerate(crowd):
            self.hall.now = Ms(self.hall.now + 7_000)
            self.ask(self.hall.issue_command(*services, priority="age" if place == marked else ""))

    @rule(counters=st.lists(COUNTERS, min_size=2, max_size=6))
    def rush(self, counters: list[int]) -> None:
        for counter in counters:
            self.hall.now = Ms(self.hall.now + 6_000)
            self.ask(c.Wake())
            self.serve(counter)

    @rule(counter=COUNTERS)
    def open(self, counter: int) -> None:
        self.ask(c.OpenCounter(counter=counter))

    @rule(counter=COUNTERS, key=st.sampled_from([Key.NEXT, Key.NEXT, Key.NEXT, *Key]))
    def press(self, counter: int, key: Key) -> None:
        self.ask(c.PressKey(counter=counter, key=key))

    @rule(counter=COUNTERS)
    def call_next(self, counter: int) -> None:
        self.ask(c.CallNext(counter=counter))

    @rule(counter=COUNTERS)
    def serve(self, counter: int) -> None:
        self.ask(c.CallNext(counter=counter))
        self.ask(c.StartService(counter=counter))
        self.ask(c.FinishService(counter=counter))

    @rule(counter=COUNTERS, visit=VISITS, what=st.sampled_from(["choose", "resume", "reopen"]))
    def chosen(self, counter: int, visit: int, what: str) -> None:
        if what == "choose":
            self.ask(c.CallVisit(counter=counter, visit_id=visit, reason="asked for"))
        elif what == "resume":
            self.ask(c.ResumeVisit(counter=counter, visit_id=visit))
        else:
            self.ask(c.ReopenVisit(counter=counter, visit_id=visit if visit % 2 else 0))

    @rule(counter=COUNTERS, kind=st.sampled_from(list(HoldKind)), same=st.booleans())
    def hold(self, counter: int, kind: HoldKind, same: bool) -> None:
        self.ask(c.StartService(counter=counter))
        self.ask(c.HoldVisit(counter=counter, kind=kind, same_counter=same))

    @rule(counter=COUNTERS, service=MORE, zone=st.sampled_from(["front", "pension", "injury"]), kind=st.integers(0, 2))
    def transfer(self, counter: int, service: str, zone: str, kind: int) -> None:
        target = [{"service": service}, {"zone": zone}, {"to_counter": counter % 5 + 1}][kind]
        self.ask(c.TransferVisit(counter=counter, **target))

    @rule(counter=COUNTERS)
    def requeue(self, counter: int) -> None:
        self.ask(c.RequeueVisit(counter=counter))

    @rule(counter=COUNTERS)
    def miss(self, counter: int) -> None:
        """Calls out three times and waits in vain."""
        for _ in range(3):
            self.wait(50_000)
            self.ask(c.PressKey(counter=counter, key=Key.NEXT))
        self.wait(110_000)
        self.ask(c.MarkNoShow(counter=counter))

    @rule(counter=COUNTERS, not_done=MORE)
    def finish(self, counter: int, not_done: str) -> None:
        self.ask(c.FinishService(counter=counter, not_done=(not_done,)))

    @rule(counter=COUNTERS, services=SERVICES)
    def walk_in(self, counter: int, services: list[str]) -> None:
        items = tuple(c.Item(name) for name in services)
        self.ask(c.ServeWalkIn(counter=counter, token=self.hall.token(), items=items, reason="carried in"))

    @rule(visit=VISITS, service=MORE)
    def add(self, visit: int, service: str) -> None:
        self.ask(c.AddServices(visit_id=visit, items=(c.Item(service),)))

    @rule(visit=VISITS)
    def check_in(self, visit: int) -> None:
        self.ask(c.CheckIn(visit_id=visit))

    @rule(visit=VISITS, kind=st.integers(0, 4), yes=st.booleans())
    def of_visit(self, visit: int, kind: int, yes: bool) -> None:
        commands = [
            c.CancelTicket(visit_id=visit, reason=CancelReason.CITIZEN),
            c.ConfirmPriority(visit_id=visit, confirmed=yes),
            c.ConfirmPriority(visit_id=visit, confirmed=True),
            c.RateVisit(visit_id=visit, level=4),
            c.ReportPrint(visit_id=visit, outcome=PrintOutcome.CONFIRMED if yes else PrintOutcome.FAILED),
        ]
        self.ask(commands[kind])

    @rule(counter=COUNTERS, returns=st.booleans())
    def close(self, counter: int, returns: bool) -> None:
        back = Ms(self.hall.now + 30 * MINUTE) if returns else Ms(0)
        self.ask(c.CloseCounter(counter=counter, returns_at_ms=back))

    @rule(counter=COUNTERS, pause=st.booleans())
    def pause(self, counter: int, pause: bool) -> None:
        self.ask(c.PauseCounter(counter=counter) if pause else c.ResumeCounter(counter=counter))

    @rule(call=st.integers(0, 15), shown=st.booleans())
    def spoken(self, call: int, shown: bool) -> None:
        self.ask(c.ReportSpoken(call_id=call, shown=shown))

    @rule(counter=COUNTERS, profile=st.sampled_from(["all", "pension", "injury"]), on=st.booleans())
    def staff(self, counter: int, profile: str, on: bool) -> None:
        self.ask(c.SetOverflow(profile="pension", on=on))
        self.ask(c.SetProfile(counter=counter, profile=profile))

    @rule()
    def calling_stops_for_a_moment(self) -> None:
        self.ask(c.SetHours(calling_paused=True))
        self.ask(self.hall.issue_command("ARC"))
        self.ask(c.SetHours(calling_paused=False))

    @rule(ms=st.sampled_from([1, 4_000, 31_000, 61_000, 2 * MINUTE, 5 * MINUTE, 11 * MINUTE, HOUR]))
    def wait(self, ms: int) -> None:
        self.hall.now = Ms(self.hall.now + ms)
        self.ask(c.Wake())

    @rule()
    def restart(self) -> None:
        self.ask(c.ResumeHall())

    @invariant()
    def everything_fits(self) -> None:
        state = self.hall.state
        check_all(state)
        waiting = {p.visit_id for p in self.naive.waiting}
        assert waiting == {v.visit_id for v in state.visits.values() if v.state is VisitState.WAITING}

    @invariant()
    def nobody_ready_while_somebody_waits_for_it(self) -> None:
        state = self.hall.state
        if state.calling_paused or state.plan is None or not state.plan.calling_from_ms <= self.hall.now:
            return
        for counter in state.counters.values():
            if counter.state is CounterState.READY:
                assert self.naive.expected(counter.counter, self.hall.now) is None

    def teardown(self) -> None:
        """The journal alone leads to the same state."""
        again = new_state()
        for seq, (at, events) in enumerate(self.hall.journal):
            replay(again, Record(Seq(seq), at, tuple(events)))
        assert digest(again) == digest(self.hall.state)


def digest(state) -> str:
    """Everything a decision may depend on."""
    visits = [repr(visit) for visit in state.visits.values()]
    counters = [repr(counter) for counter in state.counters.values()]
    queues = [
        (queue.key, queue.load_ms, [(entry, queue.claim(*entry)) for entry in queue.first(BIG)])
        for queue in state.queues.values()
    ]
    day = (state.now, state.phase, state.plan, state.next_visit, state.next_call, state.issued, state.calling_paused)
    return repr((visits, counters, queues, list(state.ready.items()), state.open_mask, state.due_mask, day))


TestHall = HallMachine.TestCase
TestHall.settings = settings(max_examples=120, stateful_step_count=50)
