"""What requests mean and how answers are worded: the part of the server that the sequencer does not know.

It keeps the read models (call screen, waiting by zone) up to date with every decision, also during a replay, and tells
`told` of those made while the hall is live.
"""

from collections.abc import Callable, Sequence
from functools import cache

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.engine import replay
from ticketserver.core.events import Record
from ticketserver.core.ids import Ms, Seq
from ticketserver.core.projections import board, demand, waiting
from ticketserver.core.projections.board import Board
from ticketserver.core.projections.waiting import Waiting
from ticketserver.core.refusal import RefusedError, Rejection
from ticketserver.core.state import HallState
from ticketserver.core.terms import Role
from ticketserver.server import announced, risings
from ticketserver.server.announced import Announced
from ticketserver.server.appointments import Appointments
from ticketserver.server.asked_days import AskedDays
from ticketserver.server.asking import Context
from ticketserver.server.commands import COMMANDS
from ticketserver.server.daykey import DayKey
from ticketserver.server.hallday import HallDays
from ticketserver.server.peers import Peer
from ticketserver.server.replies import ANSWERS, Decided, done, key_refused
from ticketserver.server.risings import Risings
from ticketserver.server.sequencer import Asked
from ticketserver.server.views import hours_view
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import Texts, load_texts
from ticketserver.wire.codec import WireError, encode_view, refusal
from ticketserver.wire.errors import INTERNAL_ERROR, Refusal
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.views import HelloResult

Told = Callable[[HallState, Record], None]


def _nobody(state: HallState, record: Record) -> None:
    pass


@cache
def texts_of(locale: str, first: str) -> Texts:
    """The messages a peer asked for; of the hall's first language where there are none of that."""
    return load_texts(locale if locale in ("zh", "en") else first)


class HallDesk:
    """One hall's desk. `told` hears of every decision once the read models have it. Without `day_key` no reader of
    ID cards is told one; without `appointments` no code of one is known; without `asked_days` nothing is learned."""

    def __init__(
        self,
        settings: Settings,
        days: HallDays,
        day_key: DayKey | None = None,
        appointments: Appointments | None = None,
        asked_days: AskedDays | None = None,
    ) -> None:
        self.settings = settings
        self.days = days
        self._day_key = day_key
        self._appointments = appointments
        self._asked_days = asked_days
        self.board = Board()
        self.waiting = Waiting()
        self.announced = Announced()
        self.risings = Risings()
        self._models = self._read_models()
        self._looking: dict[frozenset[type[e.Base]], list[Told]] = {}
        self.told: Told = _nobody
        self.bases = {each.id: frozenset(each.bases) for each in settings.queue.priority}

    def context(self, peer: Peer, state: HallState) -> Context:
        by_phone = self.settings.queue.phone_check_in
        asked = self._asked_days.totals if self._asked_days else {}
        return Context(state, peer.role, peer.device, self.bases, by_phone, self._appointments, asked)

    def command(self, asked: Asked, state: HallState) -> c.Command | Rejection:
        try:
            return COMMANDS[asked.method](self.context(self._peer(asked), state), asked.params)
        except RefusedError as refused:
            return Rejection(refused.code, asked.method, refused.state, refused.detail)

    def reply(self, asked: Asked, command: c.Command, state: HallState, events: Sequence[e.Event], seq: Seq) -> bytes:
        opening = self.days.next_opening(state.now) if asked.method == "set_hours" else Ms(0)
        decided = Decided(state, command, events, state.now, seq, opening)
        return encode_view(ANSWERS.get(asked.method, done)(decided, asked.params))

    def refusal(self, asked: Asked, state: HallState, rejection: Rejection) -> WireError | bytes:
        """A press that is refused is answered with a beep, anything else with the sentence for the code."""
        if asked.method == "press_key" and rejection.code not in NO_BEEP:
            result = key_refused(state, asked.params.counter, rejection)  # type: ignore[attr-defined]
            if result is not None:
                return encode_view(result)
        return self.refuse(self._peer(asked), rejection.code)

    def refuse(self, peer: Peer, code: str) -> WireError:
        """A refusal in the peer's language."""
        error = refusal(code, texts_of(peer.locale, self.settings.hall.languages[0])(f"errors.{code}"), None)
        if code == Refusal.INTERNAL_ERROR:
            error.code = INTERNAL_ERROR
        return error

    def hello(self, state: HallState, now: Ms, seq: Seq, role: Role) -> HelloResult:
        """What a greeting in this role is answered with."""
        hall = self.settings.hall
        return HelloResult(
            protocol=PROTOCOL,
            hall_id=hall.id,
            name_zh=hall.name_zh,
            name_en=hall.name_en,
            server_time_ms=now,
            seq=seq,
            hours=hours_view(state, self.days.next_opening(now)),
            public_url=hall.public_url,
            day_key=self._day_key.told_to(role) if self._day_key else "",
        )

    def decided(self, state: HallState, record: Record) -> None:
        if self._day_key:
            self._day_key.decided(record.events)
        self._look(state, record)
        self.told(state, record)

    def replayed(self, state: HallState, record: Record) -> None:
        """One decision of the journal, at a start: nobody is told."""
        replay(state, record)
        self._look(state, record)

    def _look(self, state: HallState, record: Record) -> None:
        """One decision is taken in by the read models that watch for what it is made of: most concern one or two."""
        kinds = frozenset(map(type, record.events))
        looking = self._looking.get(kinds)
        if looking is None:
            looking = self._looking[kinds] = [look for watched, look in self._models if watched & kinds]
        for look in looking:
            look(state, record)

    def _read_models(self) -> list[tuple[frozenset[type[e.Base]], Told]]:
        """What each watches for, and how it is fed."""
        models: list[tuple[frozenset[type[e.Base]], Told]] = [
            (board.WATCHED, lambda state, record: self.board.apply(state, record.events, record.at_ms)),
            (waiting.WATCHED, lambda state, record: self.waiting.apply(state, record.events)),
            (announced.WATCHED, lambda state, record: self.announced.apply(record.events, record.at_ms)),
            (risings.WATCHED, lambda state, record: self.risings.apply(state, record.events)),
        ]
        if asked_days := self._asked_days:
            models.append((demand.WATCHED, lambda state, record: asked_days.apply(record.events)))
        return models

    @staticmethod
    def _peer(asked: Asked) -> Peer:
        peer: Peer = asked.sink  # type: ignore[assignment]
        return peer


NO_BEEP = frozenset({Refusal.REQUEST_ID_REUSED, Refusal.INTERNAL_ERROR})
"""Faults of the asking program; a beep would hide them."""
