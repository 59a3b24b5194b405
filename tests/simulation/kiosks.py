"""A kiosk: the real flow with a shell in virtual time, a small disk, a printer that fails, and a person before it.

The person looks at the step that stands there and taps what people tap. Power may go at any moment: then the flow and
its line are gone, the disk stays as far as it was synced, and a new flow starts with what it left.
Checked: a request stands on the disk before it leaves, and is sent by the run that made it only; of each number at most
one slip without the mark 补打 goes to a printer; in a quiet hour nothing is left unresolved.
"""

from typing import Any

from hardware.codecs.slip import SlipText
from kiosk import events as e
from kiosk.flow import Flow
from kiosk.io.hall import hall_of
from kiosk.printer_look import PrinterLook
from kiosk.slip_look import NUMBER_SIZE
from kiosk.state import Step
from tests.simulation.client import Client
from tests.simulation.displays import Pictures
from tests.simulation.hall import Hall
from tests.simulation.process import Process
from ticketserver.client.session import ClientEvent, Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.core.terms import PrintOutcome, Role
from ticketserver.server import views
from ticketserver.shared.local import local_time
from ticketserver.shared.texts import load_texts
from ticketserver.wire.notes import DeviceChanged, QueueChanged
from ticketserver.wire.params import IssueTicket

TEXTS = {language: load_texts(language) for language in ("zh", "en")}
TICK_MS = 1_000
ROLL_MS = (10_000, 60_000)


class Printer:
    """Slips in turn. `paper` runs out in the middle of a slip when a fault says so; somebody brings a new roll."""

    def __init__(self, kiosk: "Kiosk") -> None:
        self._kiosk = kiosk
        self._world = kiosk.world
        self.paper = True
        self.runs_out = False
        self.free_at = 0

    def print(self, job: e.Print, run: int) -> None:
        self._note(job)
        self.free_at = max(self.free_at, self._world.now) + self._world.random.randint(800, 2_500)
        self._world.after(self.free_at - self._world.now, self._out, job, run)

    def _note(self, job: e.Print) -> None:
        """Of each number one slip at most goes without a mark."""
        numbers = [item.text for item in job.document.items if isinstance(item, SlipText) and item.size == NUMBER_SIZE]
        if numbers and not job.document.mark:
            slip = (self._kiosk.hall.ledger.audit.day, numbers[0])
            fresh = slip not in self._kiosk.hall.unmarked
            self._world.check("one slip without a mark", fresh, f"{slip} goes to {self._kiosk.name} without 补打 again")
            self._kiosk.hall.unmarked.add(slip)

    def _out(self, job: e.Print, run: int) -> None:
        world = self._world
        if not self.paper:
            self._tell(run, e.Printed(job.job, PrintOutcome.FAILED, PrinterLook.PAPER_OUT))
        elif self.runs_out:
            self.paper = self.runs_out = False
            world.hurt("paper out in a slip", self._kiosk.name)
            self._tell(run, e.Printed(job.job, PrintOutcome.FAILED, PrinterLook.PAPER_OUT))
            self._tell(run, e.PrinterSeen(PrinterLook.PAPER_OUT))
            world.after(world.random.randint(*ROLL_MS), self._new_roll)
        elif world.chance(0.06) and not self._kiosk.hall.calm:
            world.hurt("printer silent", self._kiosk.name)
            self._tell(run, e.Printed(job.job, PrintOutcome.UNKNOWN, PrinterLook.OK))
        else:
            outcome = world.random.choice((PrintOutcome.CONFIRMED, PrintOutcome.FENCED, PrintOutcome.ASSUMED))
            self._tell(run, e.Printed(job.job, outcome))

    def _new_roll(self) -> None:
        self.paper = True
        self._tell(self._kiosk.run, e.PrinterSeen(PrinterLook.OK))

    def _tell(self, run: int, event: e.Event) -> None:
        if run == self._kiosk.run and self._kiosk.on:
            self._kiosk.feed(event)


class Kiosk:
    """One kiosk; `run` counts its starts."""

    def __init__(self, hall: Hall, number: int, disk: dict[str, e.Pending]) -> None:
        self.hall = hall
        self.world = hall.world
        self.random = hall.world.random
        settings = hall.settings
        self._mine = hall_of(settings, settings.kiosk[number])
        self._local = local_time(settings)
        self.name = self._mine.kiosk
        self.disk = disk
        self.run = 0
        self.on = False
        self.printer = Printer(self)
        hall.screens.append(self)
        self._start()

    # ---- power

    def _start(self) -> None:
        if self.hall.off:
            return
        self.run += 1
        self.on = True
        self._minted: set[str] = set()
        self.flow = Flow(self._mine, TEXTS, self._local, self._mint)
        self.pictures = Pictures()
        self.client = Client(self.hall, self.name, Role.KIOSK, ("queue", "devices"), on_event=self._told)
        self.feed(e.Started(tuple(self.disk.values())))
        self.feed(e.PrinterSeen(PrinterLook.OK if self.printer.paper else PrinterLook.PAPER_OUT))
        self._tick(self.run)
        self._person(self.run)

    def power_cut(self) -> None:
        if self.on:
            self.world.hurt("kiosk power cut", f"{self.name} in {self.flow.desk.visit.step}, {len(self.disk)} on disk")
            self.on = False
            self.client.power_off()
            self.world.after(self.random.randint(2_000, 20_000), self._start)

    def power_off(self) -> None:
        self.hall.screens.remove(self)
        if self.on:
            self.on = False
            self.client.power_off()

    def _mint(self) -> tuple[str, str]:
        request_id = self.hall.request_id(self.name)
        self._minted.add(request_id)
        return request_id, self.hall.token()

    # ---- the shell

    def feed(self, event: e.Event) -> None:
        for effect in self.flow.handle(event, self.world.now):
            self._do(effect)

    def _tick(self, run: int) -> None:
        if self.on and run == self.run:
            self.feed(e.Ticked())
            self.world.after(TICK_MS, self._tick, run)

    def _told(self, event: ClientEvent) -> None:
        self.pictures.take(event)
        match event:
            case Connected(hello=hello, snapshot=snapshot):
                self.feed(e.LinkUp(hello, snapshot))
            case Disconnected():
                self.feed(e.LinkLost())
            case Notified(note=QueueChanged(queue=queue)):
                self.feed(e.HoursSeen(queue.hours, tuple(queue.notices)))
            case Notified(note=DeviceChanged(device=device)):
                self.feed(e.DeviceSeen(device))

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Ask():
                self._ask(effect)
            case e.Save(pending):
                self.world.after(self.random.randint(1, 40), self._saved, self.run, pending)
            case e.Forget(request_id):
                self.world.after(self.random.randint(1, 40), self._forgotten, self.run, request_id)
            case e.Print():
                self.printer.print(effect, self.run)

    def _saved(self, run: int, pending: e.Pending) -> None:
        if self.on and run == self.run:
            self.disk[pending.request_id] = pending
            self.feed(e.Saved(pending.request_id))

    def _forgotten(self, run: int, request_id: str) -> None:
        if self.on and run == self.run:
            self.disk.pop(request_id, None)

    def _ask(self, ask: e.Ask) -> None:
        if isinstance(ask.params, IssueTicket):
            request_id = ask.params.request_id
            told = f"{self.name} sends {request_id}"
            self.world.check("on the disk first", request_id in self.disk, told)
            self.world.check("never after a restart", request_id in self._minted, told)
        run = self.run

        def then(outcome: Any) -> None:
            if not self.on or run != self.run:
                return
            if isinstance(outcome, Refused):
                self.feed(e.AskRefused(ask.ask, outcome.code))
            elif isinstance(outcome, Unreachable):
                self.feed(e.AskLost(ask.ask))
            else:
                self.feed(e.Answered(ask.ask, outcome))

        self.client.ask(ask.method, ask.params, then, int(ask.give_up_s * 1000))

    # ---- the person

    def _person(self, run: int) -> None:
        """Looks, thinks, taps."""
        if not self.on or run != self.run:
            return
        step = self.flow.desk.visit.step
        rest = self.random.randint(400, 1_500)
        if step is Step.HOME and not self.flow.desk.visit.basket:
            rest = self.random.randint(5_000, 30_000)
            if not self.hall.busy or self.hall.calm:
                self.world.after(rest, self._person, run)
                return
        for tap in self._taps(step):
            self.feed(e.Tapped(tap))
        self.world.after(rest, self._person, run)

    def _taps(self, step: Step) -> list[e.Tap]:
        chance = self.random.random()
        match step:
            case Step.HOME:
                name = "search" if chance < 0.7 else "enquiry" if chance < 0.85 else "have_number"
                return [e.Tap(name)]
            case Step.SEARCH:
                basket = self.flow.desk.visit.basket
                if basket and chance < 0.6:
                    return [e.Tap("done")]
                return [e.Tap("toggle", self.random.choice(list(self._mine.services)))]
            case Step.CONFIRM:
                return [e.Tap("take" if chance < 0.9 else "back" if chance < 0.95 else "priority")]
            case Step.PRIORITY:
                return [e.Tap("claim", self.random.choice(self._mine.priorities).id)]
            case Step.NO_SLIP:
                return [e.Tap("take_without_slip" if chance < 0.5 else "back")]
            case Step.DONE | Step.MESSAGE:
                return [e.Tap("end")] if chance < 0.5 else []
            case Step.UNSURE:
                return [e.Tap("came_out" if chance < 0.5 else "not_out")]
            case Step.KEEP:
                return [e.Tap("print_again" if chance < 0.3 else "end")] if chance < 0.6 else []
            case Step.OFFER:
                return [e.Tap("print_offered" if chance < 0.6 else "end")]
            case Step.FIND:
                return self._find()
            case Step.TICKET:
                return [e.Tap(self.random.choice(("check_in", "print_again", "cancel", "cancel_yes", "end", "end")))]
        return []

    def _find(self) -> list[e.Tap]:
        """A number from a slip, typed with its check code."""
        tickets = self.hall.ledger.of_today(self.hall.ledger.audit.shadow)
        visit = self.flow.desk.visit
        if not tickets or visit.problem:
            return [e.Tap("back" if not visit.problem else "home"), e.Tap("home")]
        ticket = self.random.choice(tickets)[0]
        if visit.number or visit.code:
            return [e.Tap("find")] if len(visit.code) == 4 else [e.Tap("home")]
        signs = [e.Tap("sign", sign) for sign in ticket.number]
        code = [e.Tap("sign", sign) for sign in ticket.check_code]
        return [*signs, e.Tap("field", "code"), *code]

    # ---- quiet

    def at_rest(self) -> bool:
        return True

    def differs(self, process: Process) -> str:
        if not self.on:
            return ""
        wrong = self.pictures.differs(process, ("queue", "devices"))
        desk = self.flow.desk
        if desk.visit.step is Step.HOME and not desk.visit.basket and (self.disk or desk.machine.unresolved):
            wrong += f"\nleft unresolved: {self.disk} {desk.machine.unresolved}"
        hours = views.hours_view(process.state, process.desk.days.next_opening(process.line.now))
        if not desk.machine.connected or desk.machine.hours != hours:
            wrong += f"\nhours {desk.machine.hours}, server {hours}"
        return wrong and f"{self.name} {wrong}"

