"""Clerks at their consoles, a guide and a supervisor: every command of the staff, sensible and not so sensible.

A busy clerk does what the counter's state suggests, and now and then something else; refusals are part of the day. A
calm one (the hall serves out) opens, calls, starts and finishes until nobody is left.
"""

from collections.abc import Callable
from typing import Any

from tests.simulation.client import Client, Then
from tests.simulation.displays import Pictures
from tests.simulation.hall import Hall
from tests.simulation.process import Process
from ticketserver.client.session import ClientEvent, Refused
from ticketserver.core.ids import CounterNo, ProfileId, RequestId, ServiceId, TicketNumber, Token, ZoneId
from ticketserver.core.terms import Basis, CounterState, HoldKind, Role
from ticketserver.wire import params as p
from ticketserver.wire.views_counters import CounterView, WaitingView
from ticketserver.wire.views_hall import VisitsView

PURPOSES = ("enquiry", "papers", "collect")
SUGGESTED: dict[CounterState, tuple[tuple[str, int], ...]] = {
    CounterState.CLOSED: (("open_counter", 10),),
    CounterState.PAUSED: (("resume_counter", 10), ("close_counter", 1)),
    CounterState.IDLE: (("call_next", 20), ("call_visit", 2), ("resume_visit", 3), ("serve_walk_in", 2),
                        ("pause_counter", 1), ("close_counter", 1), ("reopen_visit", 4)),
    CounterState.READY: (("call_next", 1), ("serve_walk_in", 1), ("resume_visit", 1), ("pause_counter", 1)),
    CounterState.CALLING: (("start_service", 8), ("recall", 8), ("mark_no_show", 8), ("call_next", 4),
                           ("requeue_visit", 1), ("transfer_visit", 1), ("pause_counter", 1)),
    CounterState.SERVING: (("finish_service", 12), ("call_next", 4), ("hold_visit", 2), ("transfer_visit", 2),
                           ("requeue_visit", 1), ("add_services", 1), ("recall", 1), ("reopen_visit", 1),
                           ("pause_counter", 1)),
}  # fmt: skip
ANYTHING = tuple(sorted({name for acts in SUGGESTED.values() for name, _ in acts}))


class Staff:
    """Somebody with a client of a staff role."""

    def __init__(self, hall: Hall, name: str, client: Client) -> None:
        self.hall = hall
        self.name = name
        self.client = client
        self.random = hall.world.random

    def change(self, make: Callable[..., p.Params], method: str, then: Then | None = None, **more: Any) -> None:
        request_id = RequestId(self.hall.request_id(self.name))
        self.client.ask(method, make(request_id=request_id, **more), then)

    def at_rest(self) -> bool:
        return True

    def items(self, most: int = 2) -> list[p.ServiceItem]:
        codes = [each.code for each in self.hall.settings.catalogue.service]
        chosen = self.random.sample(codes, self.random.randint(1, most))
        return [p.ServiceItem(ServiceId(code), 1 if self.random.random() < 0.9 else 5) for code in chosen]

    def some_number(self) -> str:
        tickets = self.hall.ledger.of_today(self.hall.ledger.audit.shadow)
        return self.random.choice(tickets)[0].number if tickets else "A001"


class Clerk(Staff):
    """The console of one counter."""

    def __init__(self, hall: Hall, counter: int, eager: bool) -> None:
        self.counter = CounterNo(counter)
        self.pictures = Pictures()
        self.eager = eager
        name = f"clerk{counter}"
        super().__init__(hall, name, Client(hall, name, Role.CLERK, ("counters",), (counter,), self.pictures.take))
        hall.screens.append(self)
        self._next()

    def differs(self, process: Process) -> str:
        wrong = self.pictures.differs(process, ("counters",))
        return wrong and f"{self.name} {wrong}"

    def _next(self) -> None:
        calm = self.hall.calm
        slow = (1_000, 4_000) if calm else (2_000, 25_000) if self.eager else (20_000, 120_000)
        self.hall.world.after(self.random.randint(*slow), self._act)

    def _act(self) -> None:
        if not self.client.on:
            return
        view = self.pictures.counters.get(self.counter)
        if not self.hall.busy or view is None:
            self._next()
            return
        name = self._calm_choice(view) if self.hall.calm else self._choice(view)
        if name:
            self._do(name)
        else:
            self._next()

    def _choice(self, view: CounterView) -> str:
        if self.random.random() < 0.06:
            return self.random.choice(ANYTHING)
        names, weights = zip(*SUGGESTED[view.state], strict=True)
        chosen: str = self.random.choices(names, weights)[0]
        return chosen

    def _calm_choice(self, view: CounterView) -> str:
        if view.pause_after:
            return "resume_counter"
        match view.state:
            case CounterState.CLOSED:
                return "open_counter"
            case CounterState.PAUSED:
                return "resume_counter"
            case CounterState.CALLING:
                return "start_service"
            case CounterState.SERVING:
                return "finish_service"
        return "resume_visit" if self.random.random() < 0.2 else "call_next"

    def _do(self, name: str) -> None:
        make = getattr(self, f"_{name}", None)
        if make is not None:
            make()
        else:
            self._plain(name)

    def _plain(self, name: str, **more: Any) -> None:
        struct = getattr(p, "".join(part.capitalize() for part in name.split("_")))
        self.change(struct, name, self._done, counter=self.counter, **more)

    def _done(self, outcome: Any) -> None:
        self._next()

    def _close_counter(self) -> None:
        returns = self.hall.world.wall + 120_000 if self.random.random() < 0.5 else 0
        self._plain("close_counter", returns_at_ms=returns)

    def _call_visit(self) -> None:
        def choose(outcome: Any) -> None:
            if isinstance(outcome, WaitingView) and outcome.rows:
                row = self.random.choice(outcome.rows)
                self._plain("call_visit", number=row.number, reason="asked for")
            else:
                self._next()

        self.client.ask("list_waiting", p.ListWaiting(counter=self.counter, limit=5), choose)

    def _resume_visit(self) -> None:
        def choose(outcome: Any) -> None:
            if isinstance(outcome, VisitsView) and outcome.visits:
                self._plain("resume_visit", number=self.random.choice(outcome.visits).number)
            else:
                self._next()

        self.client.ask("list_visits", p.ListVisits(states=["held"], limit=5), choose)

    def _serve_walk_in(self) -> None:
        token = Token(self.hall.token())
        if self.random.random() < 0.5:
            self._plain("serve_walk_in", token=token, purpose=self.random.choice(PURPOSES), reason="no number")
        else:
            self._plain("serve_walk_in", token=token, services=self.items(), reason="no number")

    def _reopen_visit(self) -> None:
        view = self.pictures.counters.get(self.counter)
        named = view.reopenable if view and view.reopenable else [TicketNumber(self.some_number())]
        number = self.random.choice(named) if self.random.random() < 0.6 else TicketNumber("")
        self._plain("reopen_visit", number=number)

    def _hold_visit(self) -> None:
        kind = self.random.choice(list(HoldKind))
        self._plain("hold_visit", kind=kind, same_counter=self.random.random() < 0.3)

    def _transfer_visit(self) -> None:
        where = self.random.randrange(3)
        if where == 0:
            self._plain("transfer_visit", service=self.items(1)[0].service, reason="elsewhere")
        elif where == 1:
            self._plain("transfer_visit", zone=ZoneId(self.random.choice(self.hall.settings.zone).id))
        else:
            self._plain("transfer_visit", to_counter=self.random.choice(self.hall.script.counters))

    def _finish_service(self) -> None:
        view = self.pictures.counters.get(self.counter)
        here = view.visit.here if view and view.visit else []
        not_done = [here[0]] if len(here) > 1 and self.random.random() < 0.2 else []
        self._plain("finish_service", not_done=not_done, ask_rating=self.random.random() < 0.3)

    def _add_services(self) -> None:
        number = TicketNumber(self.some_number())
        self.change(p.AddServices, "add_services", self._done, number=number, services=self.items(1))


class Guide(Staff):
    """Takes numbers for people, some with priority; adds, confirms, cancels. `poisons`: the next breaks the core."""

    def __init__(self, hall: Hall) -> None:
        self.poisons = False
        super().__init__(hall, "guide1", Client(hall, "guide1", Role.GUIDE, ("queue", "help", "devices")))
        self._next()

    def _next(self, _: Any = None) -> None:
        self.hall.world.after(self.random.randint(4_000, 40_000), self._act)

    def _act(self) -> None:
        if not self.client.on:
            return
        if not self.hall.busy or self.hall.calm:
            self._next()
            return
        chance, number = self.random.random(), TicketNumber(self.some_number())
        if chance < 0.6:
            self._issue()
        elif chance < 0.7:
            self.change(p.ConfirmPriority, "confirm_priority", self._next, number=number,
                        confirmed=self.random.random() < 0.7)  # fmt: skip
        elif chance < 0.8:
            self.change(p.AddServices, "add_services", self._next, number=number, services=self.items(1))
        elif chance < 0.9:
            self.change(p.CheckIn, "check_in", self._next, number=number)
        else:
            self.change(p.CancelTicket, "cancel_ticket", self._next, number=number)

    def _issue(self) -> None:
        hall = self.hall
        token = hall.token()
        claim = None
        if self.random.random() < 0.5:
            basis = self.random.choice((Basis.SEEN, Basis.DECLARED))
            claim = p.PriorityClaim(self.random.choice(hall.settings.queue.priority).id, basis)
        if self.poisons:
            self.poisons = False
            hall.poison.add(token)
        booked = hall.world.wall + 240_000 if self.random.random() < 0.1 else 0
        self.change(p.IssueTicket, "issue_ticket", self._issued, token=Token(token), day=hall.ledger.audit.day,
                    services=self.items(3), priority=claim, appointment_ms=booked)  # fmt: skip

    def _issued(self, outcome: Any) -> None:
        """Whoever hears that a request broke the hall takes another."""
        if isinstance(outcome, Refused) and outcome.code == "internal_error":
            self.hall.world.checked("quarantine")
        self._next()


class Supervisor(Staff):
    """Hours, profiles and overflow; sets the profiles right again before the hall serves out."""

    def __init__(self, hall: Hall) -> None:
        self.pictures = Pictures()
        topics = ("board", "counters", "queue", "devices")
        super().__init__(hall, "super1", Client(hall, "super1", Role.SUPERVISOR, topics, on_event=self._told))
        hall.screens.append(self)
        self._profiles = {each.number: each.profile for each in hall.settings.counter}
        self._next()

    def _told(self, event: ClientEvent) -> None:
        self.pictures.take(event)

    def differs(self, process: Process) -> str:
        wrong = self.pictures.differs(process, self.client.topics)
        return wrong and f"{self.name} {wrong}"

    def _next(self, _: Any = None) -> None:
        slow = (1_000, 3_000) if self.hall.calm else (15_000, 90_000)
        self.hall.world.after(self.random.randint(*slow), self._act)

    def _act(self) -> None:
        if not self.client.on:
            return
        if not self.hall.busy:
            self._next()
        elif self.hall.calm:
            self._set_right()
        else:
            self._meddle()

    def _meddle(self) -> None:
        number = self.random.choice(self.hall.script.counters)
        chance = self.random.random()
        if chance < 0.35:
            profile = ProfileId(self.random.choice(self.hall.settings.profile).id)
            self.change(p.SetProfile, "set_profile", self._next, counter=CounterNo(number), profile=profile)
        elif chance < 0.55:
            profile = ProfileId(self.random.choice(self.hall.settings.profile).id)
            self.change(p.SetOverflow, "set_overflow", self._next, profile=profile, on=self.random.random() < 0.6)
        elif chance < 0.75:
            self.change(p.SetHours, "set_hours", self._next, calling_paused=self.random.random() < 0.3)
        else:
            self._meddle_with_a_counter(CounterNo(number))

    def _meddle_with_a_counter(self, number: CounterNo) -> None:
        name, make = self.random.choice(
            (("pause_counter", p.PauseCounter), ("resume_counter", p.ResumeCounter), ("recall", p.Recall),
             ("start_service", p.StartService), ("requeue_visit", p.RequeueVisit))
        )  # fmt: skip
        self.change(make, name, self._next, counter=number)

    def _set_right(self) -> None:
        board = self.pictures.board
        if board is not None and board.hours.calling_paused:
            self.change(p.SetHours, "set_hours", self._next, calling_paused=False)
            return
        for number, view in self.pictures.counters.items():
            wanted = self._profiles[number]
            if view.profile != wanted:
                self.change(p.SetProfile, "set_profile", self._next, counter=number, profile=ProfileId(wanted))
                return
        self._next()
