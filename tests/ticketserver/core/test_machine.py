"""Any order of commands: invariants hold, the naive model agrees on every call, a replay ends in the same state."""

from random import Random

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
from ticketserver.core.ids import AnnouncementId, Ms, NoticeId, Seq
from ticketserver.core.invariants import check_all
from ticketserver.core.projections import board, waiting
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import new_state
from ticketserver.core.terms import Basis, CancelReason, CounterState, HoldKind, Key, PrintOutcome, Role, VisitState
from ticketserver.core.transitions import BUSY, FREE, KEYS

PICKS = st.integers(0, 12)
NAMES = [rule.service for rule in RULES.services]
CARES = ["", "", "", "age", "veteran"]
SERVICES = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
MORE = st.sampled_from(["ARC", "PAY", "CARD", "PEN", "INJ"])
PEOPLE = st.tuples(SERVICES, st.sampled_from(CARES), st.integers(1, 6))
TARGETS = st.one_of(
    st.builds(lambda service: {"service": service}, MORE),
    st.sampled_from([{"zone": zone} for zone in ("front", "pension", "injury")]),
    st.builds(lambda number: {"to_counter": number}, st.integers(1, 5)),
)
OUTSIDE = (VisitState.WAITING, VisitState.HELD, VisitState.NO_SHOW)
AT_COUNTER = (VisitState.CALLED, VisitState.SERVING)
BIG = 10**9


def services(r: Random) -> list[str]:
    return r.sample(NAMES, r.choice([1, 1, 2, 3]))


class HallMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(
            rules=replace(RULES, queue=replace(RULES.queue, cap=2, batch_counters=(1,), batch_cases=4)),
            at=PLAN.calling_from_ms,
        )
        self.naive = Naive(self.hall.state.rules, frozenset(PLAN.not_at_lunch))
        self.board, self.waiting = board.Board(), waiting.Waiting()
        self.seen = 0
        self.hall.open(1, 2, 4, 5)
        for name in [*NAMES, *NAMES]:
            self.hall.take(name)
        self.follow()

    def follow(self) -> None:
        """Every call by the rules must be the one the naive model expects, at that point of the journal. The read
        models are fed what they watch for and nothing else."""
        for at, events in self.hall.journal[self.seen :]:
            kinds = frozenset(map(type, events))
            if kinds & board.WATCHED:
                self.board.apply(self.hall.state, events, at)
            if kinds & waiting.WATCHED:
                self.waiting.apply(self.hall.state, events)
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

    # ---- whom a rule is about: mostly somebody to whom it can happen, at times anybody

    def counter(self, pick: int, *states: CounterState) -> int:
        """A counter in one of these states; any where there is none, or where the pick is 0."""
        fit = [number for number, counter in self.hall.state.counters.items() if counter.state in states]
        return fit[pick % len(fit)] if fit and pick else pick % 5 + 1

    def visit(self, pick: int, *states: VisitState) -> int:
        """A visit in one of these states, counted from the oldest; any where there is none, or where the pick is 0."""
        fit = [number for number, visit in self.hall.state.visits.items() if visit.state in states]
        return fit[pick % len(fit)] if fit and pick else pick

    def issue(self, services: list[str], priority: str = "", **more) -> None:
        self.ask(self.hall.issue_command(*services, priority=priority, **more))

    # ---- numbers

    @rule(crowd=st.lists(PEOPLE, min_size=1, max_size=6), gap=st.sampled_from([0, 1, 7_000, MINUTE]))
    def come(self, crowd: list[tuple[list[str], str, int]], gap: int) -> None:
        for services, priority, quantity in crowd:
            self.hall.now = Ms(self.hall.now + gap)
            self.issue(services, priority, quantity=quantity)

    @rule(services=SERVICES, basis=st.sampled_from(list(Basis)), booked=st.integers(-20, 20))
    def come_with_a_claim_or_by_appointment(self, services: list[str], basis: Basis, booked: int) -> None:
        self.issue(services, "age", basis=basis, appointment_ms=Ms(self.hall.now + booked * MINUTE))

    @rule(pick=PICKS, services=SERVICES)
    def walk_in(self, pick: int, services: list[str]) -> None:
        items = tuple(c.Item(name) for name in services)
        number = self.counter(pick, *FREE)
        self.ask(c.ServeWalkIn(counter=number, token=self.hall.token(), items=items, reason="carried in"))

    @rule(pick=PICKS, service=MORE)
    def add(self, pick: int, service: str) -> None:
        self.ask(c.AddServices(visit_id=self.visit(pick, *OUTSIDE, *AT_COUNTER), items=(c.Item(service),)))

    @rule(pick=PICKS)
    def check_in(self, pick: int) -> None:
        self.ask(c.CheckIn(visit_id=self.visit(pick, VisitState.NO_SHOW)))

    @rule(pick=PICKS)
    def cancel(self, pick: int) -> None:
        self.ask(c.CancelTicket(visit_id=self.visit(pick, *OUTSIDE), reason=CancelReason.CITIZEN))

    @rule(pick=PICKS, yes=st.booleans())
    def see_proof(self, pick: int, yes: bool) -> None:
        claims = [n for n, visit in self.hall.state.visits.items() if visit.priority and not visit.confirmed]
        self.ask(c.ConfirmPriority(visit_id=claims[pick % len(claims)] if claims else pick, confirmed=yes))

    @rule(pick=PICKS, outcome=st.sampled_from(list(PrintOutcome)))
    def tell(self, pick: int, outcome: PrintOutcome) -> None:
        self.ask(c.ReportPrint(visit_id=self.visit(pick, VisitState.WAITING), outcome=outcome))
        self.ask(c.RateVisit(visit_id=self.visit(pick, VisitState.FINISHED), level=4))

    # ---- counters

    @rule(pick=PICKS, key=st.sampled_from(list(Key)))
    def press(self, pick: int, key: Key) -> None:
        fit = [state for state in CounterState if key in KEYS[state]]
        self.ask(c.PressKey(counter=self.counter(pick, *fit), key=key))

    @rule(counters=st.lists(PICKS, min_size=1, max_size=8), gap=st.sampled_from([0, 6_000, MINUTE]))
    def work(self, counters: list[int], gap: int) -> None:
        """A busy stretch: whoever is called is served."""
        for pick in counters:
            self.wait(gap)
            number = self.counter(pick, *FREE)
            self.ask(c.CallNext(counter=number))
            self.ask(c.StartService(counter=number))
            self.ask(c.FinishService(counter=number))

    @rule(pick=PICKS)
    def call_next(self, pick: int) -> None:
        self.ask(c.CallNext(counter=self.counter(pick, *FREE)))

    @rule(pick=PICKS, who=PICKS)
    def call_a_chosen_one(self, pick: int, who: int) -> None:
        self.ask(c.CallVisit(counter=self.counter(pick, *FREE), visit_id=self.visit(who, *OUTSIDE), reason="asked for"))

    @rule(pick=PICKS)
    def miss(self, pick: int) -> None:
        """Calls out three times and waits in vain."""
        number = self.counter(pick, *FREE)
        self.ask(c.CallNext(counter=number))
        for _ in range(2):
            self.wait(6_000)
            self.ask(c.PressKey(counter=number, key=Key.RECALL))
        self.wait(110_000)
        self.ask(c.MarkNoShow(counter=number))

    @rule(pick=PICKS, not_done=st.one_of(st.none(), MORE))
    def finish(self, pick: int, not_done: str | None) -> None:
        number = self.counter(pick, *BUSY)
        self.ask(c.StartService(counter=number))
        self.ask(c.FinishService(counter=number, not_done=(not_done,) if not_done else ()))

    @rule(pick=PICKS, named=st.booleans(), who=PICKS)
    def reopen(self, pick: int, named: bool, who: int) -> None:
        ended = [n for n, counter in self.hall.state.counters.items() if counter.endings]
        number = ended[pick % len(ended)] if ended else self.counter(pick)
        ending = self.hall.state.counters[number].endings
        visit_id = ending[who % len(ending)].visit_id if named and ending else 0
        self.ask(c.ReopenVisit(counter=number, visit_id=visit_id))

    @rule(pick=PICKS, kind=st.sampled_from(list(HoldKind)), same=st.booleans())
    def hold(self, pick: int, kind: HoldKind, same: bool) -> None:
        number = self.counter(pick, *BUSY)
        self.ask(c.StartService(counter=number))
        self.ask(c.HoldVisit(counter=number, kind=kind, same_counter=same))

    @rule(pick=PICKS, who=PICKS)
    def resume(self, pick: int, who: int) -> None:
        self.ask(c.ResumeVisit(counter=self.counter(pick, *FREE), visit_id=self.visit(who, VisitState.HELD)))

    @rule(pick=PICKS, to=TARGETS)
    def transfer(self, pick: int, to: dict) -> None:
        self.ask(c.TransferVisit(counter=self.counter(pick, *BUSY), **to))

    @rule(pick=PICKS)
    def requeue(self, pick: int) -> None:
        self.ask(c.RequeueVisit(counter=self.counter(pick, *BUSY)))

    @rule(pick=PICKS)
    def open(self, pick: int) -> None:
        self.ask(c.OpenCounter(counter=self.counter(pick, CounterState.CLOSED)))

    @rule(pick=PICKS, returns=st.booleans())
    def close(self, pick: int, returns: bool) -> None:
        back = Ms(self.hall.now + 30 * MINUTE) if returns else Ms(0)
        self.ask(c.CloseCounter(counter=self.counter(pick, *FREE, CounterState.PAUSED), returns_at_ms=back))

    @rule(pick=PICKS)
    def pause(self, pick: int) -> None:
        self.ask(c.PauseCounter(counter=self.counter(pick, *FREE, *BUSY)))

    @rule(pick=PICKS)
    def go_on(self, pick: int) -> None:
        self.ask(c.ResumeCounter(counter=self.counter(pick, CounterState.PAUSED)))

    @rule(back=st.integers(0, 6), shown=st.booleans())
    def speak(self, back: int, shown: bool) -> None:
        self.ask(c.ReportSpoken(call_id=self.hall.state.next_call - back, shown=shown))

    @rule(pick=PICKS, profile=st.sampled_from(["all", "pension", "injury"]), on=st.booleans())
    def staff(self, pick: int, profile: str, on: bool) -> None:
        self.ask(c.SetOverflow(profile="pension", on=on))
        self.ask(c.SetProfile(counter=pick % 5 + 1, profile=profile))

    # ---- the day

    @rule(gap=st.sampled_from([1, 4_000, 31_000, 61_000, 2 * MINUTE, 5 * MINUTE, 11 * MINUTE]))
    def wait(self, gap: int) -> None:
        self.hall.now = Ms(self.hall.now + gap)
        self.ask(c.Wake())

    @rule(urgent=st.booleans(), stop=st.integers(0, 3))
    def announce(self, urgent: bool, stop: int) -> None:
        """Something is announced, and one of the last is stopped, where it is still live."""
        self.ask(c.Announce(text_zh="请注意", by=Role.GUIDE, urgent=urgent))
        self.ask(c.StopAnnouncement(announcement_id=AnnouncementId(self.hall.state.next_announcement - 1 - stop)))

    @rule(span=st.sampled_from([0, 1, HOUR]), down=st.integers(0, 3))
    def hang_up(self, span: int, down: int) -> None:
        """A notice goes up, and one of the last comes down, where it still hangs."""
        until_ms = Ms(self.hall.now + span) if span else Ms(0)
        self.ask(c.SetNotice(text_zh="二楼关闭", by=Role.SUPERVISOR, until_ms=until_ms))
        self.ask(c.ClearNotice(notice_id=NoticeId(self.hall.state.next_notice - 1 - down)))

    @rule()
    def restart(self) -> None:
        self.ask(c.ResumeHall())

    @rule()
    def calling_stops_for_a_moment(self) -> None:
        self.ask(c.SetHours(calling_paused=True))
        self.issue(["ARC"])
        self.ask(c.SetHours(calling_paused=False))

    @rule(day=st.booleans())
    def time_goes_on(self, day: bool) -> None:
        """To noon, to the afternoon, to the end of the day, or over all of it to the next."""
        plan = self.hall.state.plan
        times = [plan.lunch_from_ms, plan.lunch_to_ms, plan.ends_ms]
        later = [time for time in times if time > self.hall.now]
        if later and not day:
            self.wait(later[0] - self.hall.now)
            return
        times = {n: getattr(plan, n) + 24 * HOUR for n in plan.__struct_fields__ if n.endswith("_ms")}
        self.hall.now = Ms(times["calling_from_ms"])
        tomorrow = replace(plan, day=f"{int(plan.day[:4]) + 1}{plan.day[4:]}", **times)
        self.ask(c.OpenDay(rules=self.hall.state.rules, plan=tomorrow))
        self.hall.open(1, 2, 4, 5)
        self.follow()

    @invariant()
    def everything_fits(self) -> None:
        state = self.hall.state
        check_all(state)
        waits = [visit for visit in state.visits.values() if visit.state is VisitState.WAITING]
        assert {p.visit_id for p in self.naive.waiting} == {visit.visit_id for visit in waits}
        for zone in RULES.zones:
            assert self.waiting.count(zone.zone) == sum(visit.stages[0].zone == zone.zone for visit in waits)

    @invariant()
    def the_screen_shows_who_is_called_and_who_missed(self) -> None:
        state = self.hall.state
        shown = {visit.visit_id for _, visit in self.board.rows(state, self.hall.now)}
        assert shown >= {visit.visit_id for visit in state.visits.values() if visit.state is VisitState.CALLED}
        missed = {visit.visit_id for visit in state.visits.values() if visit.state is VisitState.NO_SHOW}
        assert {visit.visit_id for visit in self.board.missed(state)} == missed

    @invariant()
    def an_ending_can_be_taken_back_at_one_counter_only(self) -> None:
        ended = [ending.visit_id for counter in self.hall.state.counters.values() for ending in counter.endings]
        assert len(ended) == len(set(ended))

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
    more = (state.samples, state.announcements, state.notices, state.next_announcement, state.next_notice)
    return repr((visits, counters, queues, list(state.ready.items()), state.open_mask, state.due_mask, more, day))


TestHall = HallMachine.TestCase
TestHall.settings = settings(max_examples=80, stateful_step_count=50, derandomize=True)
