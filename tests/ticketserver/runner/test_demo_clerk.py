"""What a clerk of the demonstration does next, state by state of the counter; time is a number here."""

from itertools import count

import pytest

from ticketserver.core.terms import CounterState
from ticketserver.runner.demo_clerk import AGAIN_S, HELD_S, KINDS, LOOK_S, STRANGER_WALK_S, Clerk, Person, Step
from ticketserver.runner.demo_day import SECONDS_A_MINUTE, Citizen, Duty, Fate, Work
from ticketserver.wire import params as p
from ticketserver.wire.views_counters import CounterView, CounterVisit
from ticketserver.wire.views_visits import VisitService

NOW = 1_000_000.0
HERE = Duty(True)
PAUSE, LEAVE = Duty(False, True, NOW + 90), Duty(False, False, NOW + 90)
WORK = {"ARC-01": Work("ARC-01", 10, 20, 1), "PAY-02": Work("PAY-02", 4, 8, 1)}


class Place:
    """A counter, its clerk and the people it may get."""

    def __init__(self, **citizen):
        self.person = Person(Citizen(0, (("ARC-01", 1),), walk_s=3.0, **citizen), "t" * 22)
        numbers = count(1)
        people = {"A001": self.person}
        self.clerk = Clerk(7, WORK, people.get, lambda: f"request-{next(numbers)}", 3)

    def step(self, view, duty=HERE, at_s=NOW):
        return self.clerk.next(view, duty, at_s)


def view(state, **more):
    return CounterView(counter=7, state=state, zone="z", profile="p", **more)


def calling(called_ago_s, number="A001", made=1, offered=False):
    called_at_ms = round((NOW - called_ago_s) * 1000)
    return view(
        CounterState.CALLING, number=number, calls_made=made, called_at_ms=called_at_ms, no_show_offered=offered
    )


def serving(number="A001", visit_id=5, services=("ARC-01",)):
    visit = CounterVisit(
        visit_id=visit_id, number=number, here=list(services), elsewhere=[], issued_at_ms=0,
        services=[VisitService(service=each, quantity=1, status="open") for each in services],
    )  # fmt: skip
    return view(CounterState.SERVING, number=number, visit=visit)


@pytest.mark.parametrize(
    ("state", "method", "params"),
    [
        (CounterState.CLOSED, "open_counter", p.OpenCounter),
        (CounterState.PAUSED, "resume_counter", p.ResumeCounter),
        (CounterState.IDLE, "call_next", p.CallNext),
    ],
)
def test_who_is_here_opens_resumes_and_calls(state, method, params):
    assert Place().step(view(state)) == Step(0, method, params(request_id="request-1", counter=7))


def test_who_is_ready_waits():
    assert Place().step(view(CounterState.READY)) == Step(LOOK_S)


@pytest.mark.parametrize("state", [CounterState.IDLE, CounterState.READY])
def test_who_goes_pauses_or_closes_and_says_until_when(state):
    assert Place().step(view(state), PAUSE).method == "pause_counter"
    closed = p.CloseCounter(request_id="request-1", counter=7, returns_at_ms=round((NOW + 90) * 1000))
    assert Place().step(view(state), LEAVE) == Step(0, "close_counter", closed)


def test_who_is_away_stays_away():
    assert Place().step(view(CounterState.CLOSED), PAUSE) == Step(LOOK_S)
    assert Place().step(view(CounterState.CLOSED), LEAVE) == Step(LOOK_S)
    assert Place().step(view(CounterState.PAUSED), PAUSE) == Step(LOOK_S)
    assert Place().step(view(CounterState.PAUSED), LEAVE).method == "close_counter"


@pytest.mark.parametrize("duty", [HERE, PAUSE, LEAVE])
def test_who_was_called_is_served_when_they_have_walked_also_before_a_break(duty):
    assert Place().step(calling(1.0), duty) == Step(
        pytest.approx(2.0), "start_service", p.StartService(request_id="request-1", counter=7)
    )
    assert Place().step(calling(8.0), duty).wait_s == 0


def test_a_stranger_gets_time_to_find_the_counter():
    assert Place().step(calling(0, number="A999")).wait_s == pytest.approx(STRANGER_WALK_S)


def test_who_does_not_come_is_called_again_and_missed_when_the_hall_offers_it():
    place = Place(misses=1)
    assert place.step(calling(1.0)) == Step(pytest.approx(AGAIN_S - 1))
    assert place.step(calling(AGAIN_S)).method == "recall"
    assert place.step(calling(AGAIN_S, made=3)) == Step(LOOK_S)
    assert place.step(calling(40, made=3, offered=True)).method == "mark_no_show"
    place.person.missed = 1
    assert place.step(calling(1.0)).method == "start_service"


def test_a_service_takes_its_time_and_is_finished():
    place = Place(pace=2.0)
    step = place.step(serving())
    assert step.method == "finish_service"
    assert step.wait_s == pytest.approx(2 * 10 * SECONDS_A_MINUTE)
    assert place.step(serving(), at_s=NOW + 5).wait_s == pytest.approx(step.wait_s - 5)
    assert place.step(serving(), at_s=NOW + 500).wait_s == 0


def test_a_stranger_is_served_in_the_usual_time_and_unknown_work_at_once():
    assert Place().step(serving("A999", services=("ARC-01", "PAY-02"))).wait_s == pytest.approx(14 * SECONDS_A_MINUTE)
    assert Place().step(serving("A999", services=("NEW-99",))).wait_s == 0


def test_the_next_visit_has_a_clock_of_its_own():
    place = Place()
    place.step(serving("A998", visit_id=4))
    assert place.step(serving("A999", visit_id=5), at_s=NOW + 100).wait_s == pytest.approx(10 * SECONDS_A_MINUTE)


def at_the_end(place, shown=None):
    """The step when the services are over."""
    shown = shown or serving()
    waits = place.step(shown)
    assert waits.params is None
    return place.step(shown, at_s=NOW + waits.wait_s)


def test_a_visit_is_held_once_and_taken_up_again_later():
    place = Place(fate=Fate.HELD)
    held = at_the_end(place)
    assert held.method == "hold_visit"
    assert held.params.kind in KINDS
    over_s = NOW + 15
    assert place.step(view(CounterState.IDLE), at_s=over_s).method == "call_next"
    again = place.step(view(CounterState.IDLE), at_s=over_s + HELD_S)
    assert again.method == "resume_visit"
    assert again.params.number == "A001"
    assert place.step(view(CounterState.IDLE), at_s=over_s + HELD_S).method == "call_next"
    assert place.step(serving()).method == "finish_service"


def test_a_visit_is_sent_on_to_another_service():
    sent = at_the_end(Place(fate=Fate.SENT_ON, fate_service="PAY-02"))
    assert sent == Step(0, "transfer_visit", p.TransferVisit(request_id="request-1", counter=7, service="PAY-02"))


def test_a_service_is_added_at_the_counter_and_then_done():
    place = Place(fate=Fate.ADDED, fate_service="PAY-02")
    added = at_the_end(place)
    assert added.method == "add_services"
    assert added.params == p.AddServices(request_id="request-1", number="A001", services=[p.ServiceItem("PAY-02")])
    assert place.step(serving(services=("ARC-01", "PAY-02"))).method == "finish_service"


@pytest.mark.parametrize("fate", [Fate.SENT_ON, Fate.ADDED])
@pytest.mark.parametrize("service", ["", "ARC-01"])
def test_nothing_new_comes_up_where_there_is_nothing_new(fate, service):
    assert at_the_end(Place(fate=fate, fate_service=service)).method == "finish_service"
