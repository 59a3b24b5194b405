"""The kiosk's memory (state.py) with the few things that every part of the flow does with it: ask, save, go, reset."""

from collections.abc import Callable

from kiosk.ease import NORMAL
from kiosk.events import Ask, Effect, Forget, Pending, Save, Tap
from kiosk.printer_look import PrinterLook
from kiosk.services import Hall, Names
from kiosk.state import CHOOSING, CLOSED, NEEDS_SERVER, Machine, Reply, Step, Then, Visit
from kiosk.words import Local, Words
from ticketserver.core.ids import DeviceId, Ms, RequestId, Token
from ticketserver.core.terms import DeviceHealth, Phase
from ticketserver.shared.texts import Texts
from ticketserver.wire.params import Params, ReportHealth
from ticketserver.wire.views_visits import TicketView

AWAY_AFTER_MS = 2_000
"""A break shorter than this is not shown: the line comes back by itself."""


class Desk:
    """State, time and the list of effects of the event at hand."""

    def __init__(self, hall: Hall, texts: dict[str, Texts], local: Local, mint: Callable[[], tuple[str, str]]) -> None:
        """`mint` makes a fresh (request id, token): 16 random bytes each."""
        self.hall = hall
        self.visit = Visit()
        self.machine = Machine()
        self.language = hall.languages[0]
        self.ease = NORMAL
        self.now_ms = 0
        self.step_ms = 0
        self.touched_ms = 0
        self.last_tap: Tap | None = None
        self.last_tap_ms = 0
        self.effects: list[Effect] = []
        self._words = {language: Words(each, hall, local) for language, each in texts.items()}
        self._mint = mint
        self._asks = 0
        self._jobs = 0
        self._then: dict[int, Then] = {}
        self._after_save: dict[str, Callable[[], None]] = {}

    @property
    def words(self) -> Words:
        return self._words[self.language]

    @property
    def slip_words(self) -> list[Words]:
        """The languages of a slip: those that the hall wants on each, or the person's own."""
        return [self._words[language] for language in self.hall.slip.languages or (self.language,)]

    def words_in(self, language: str) -> Words:
        return self._words[language]

    @property
    def server_ms(self) -> int:
        """The server's clock now."""
        return self.now_ms + self.machine.server_ahead_ms

    @property
    def phase(self) -> Phase:
        return self.machine.hours.phase if self.machine.hours else Phase.NO_DAY

    @property
    def today(self) -> str:
        """The business day as `2019-10-15`; empty while none is known."""
        return self.machine.hours.day if self.machine.hours else ""

    @property
    def away(self) -> bool:
        """Without the server long enough to say so."""
        machine = self.machine
        if machine.connected:
            return False
        return not machine.ever_connected or self.now_ms - machine.lost_ms >= AWAY_AFTER_MS

    @property
    def shut(self) -> str:
        """Why the step cannot be gone on with: `away`, `closed` or nothing."""
        if self.visit.step in NEEDS_SERVER and self.away:
            return "away"
        return "closed" if self.visit.step in CHOOSING and self.phase in CLOSED else ""

    @property
    def claimable(self) -> dict[str, Names]:
        """The priority classes that this person may name; that of age by the card, where it has shown it."""
        age = self.hall.age_priority
        known = {each.id: each.name for each in self.hall.priorities}
        return known | {age.id: age.name} if age and self.visit.aged else known

    @property
    def priority_by_card(self) -> bool:
        """Whether the priority of this visit was shown by a card."""
        age = self.hall.age_priority
        return self.visit.aged and age is not None and self.visit.priority == age.id

    def works(self, device: str) -> bool:
        """Whether the kiosk has this scanner or card reader, and nothing is known against it."""
        seen = self.machine.inputs.get(device)
        return bool(device) and (seen is None or seen.health is not DeviceHealth.OFFLINE)

    def go(self, step: Step) -> None:
        self.visit.step, self.visit.choosing_language = step, False
        self.step_ms = self.touched_ms = self.now_ms

    def reset(self) -> None:
        """Back to the first screen as the next person should find it."""
        self.visit = Visit()
        self.language = self.hall.languages[0]
        self.ease = NORMAL
        self.go(Step.HOME)

    def mint(self) -> tuple[RequestId, Token]:
        request_id, token = self._mint()
        return RequestId(request_id), Token(token)

    def ask(self, method: str, params: Params, then: Then | None = None, give_up_s: float = 10.0) -> None:
        """Ask the server; `then` gets the reply. Without `then` nobody waits for it."""
        self._asks += 1
        if then is not None:
            self._then[self._asks] = then
        self.effects.append(Ask(self._asks, method, params, give_up_s))

    def ask_for_visit(self, method: str, params: Params, then: Then, give_up_s: float = 10.0) -> None:
        """Like `ask`, but the reply is dropped once the person has gone."""
        visit = self.visit
        self.ask(method, params, lambda reply: then(reply) if self.visit is visit else None, give_up_s)

    def reply(self, ask: int, reply: Reply) -> None:
        then = self._then.pop(ask, None)
        if then is not None:
            then(reply)

    def save(self, pending: Pending, then: Callable[[], None]) -> None:
        """Have it on the disk before going on."""
        self._after_save[pending.request_id] = then
        self.effects.append(Save(pending))

    def saved(self, request_id: str) -> None:
        then = self._after_save.pop(request_id, None)
        if then is not None:
            then()

    def forget(self, pending: Pending | None) -> None:
        if pending is not None:
            self.effects.append(Forget(pending.request_id))

    def next_job(self) -> int:
        self._jobs += 1
        return self._jobs

    def healthy_kiosk(self) -> int:
        """The number of another kiosk whose printer is known to work, 0 = none."""
        for other in self.hall.others:
            seen = self.machine.devices.get(other.printer)
            if seen is not None and seen.health is not DeviceHealth.OFFLINE:
                return other.number
        return 0

    def report_printer(self) -> None:
        look = self.machine.printer
        health = DeviceHealth.ONLINE
        if look is not PrinterLook.OK:
            health = DeviceHealth.DEGRADED if look.can_print else DeviceHealth.OFFLINE
        params = ReportHealth(device=DeviceId(self.hall.printer), kind="printer", health=health, reason=look.value)
        self.ask("report_health", params)

    def age_ms(self, ticket: TicketView) -> int:
        """How long ago a number was taken."""
        return self.server_ms - Ms(ticket.issued_at_ms)
