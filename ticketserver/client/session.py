"""One client's conversation with the server, without sockets and without a clock.

Theory. A shell (connection.py, or a simulation) feeds what happened together with `now` (integer milliseconds of any
steady clock) and carries out the effects it gets back. It asks `deadline()` when it wants to be woken and calls
`tick(now)` then. The conversation moves through its phases:

    RESTING ──time──▶ DIALLING ──opened──▶ GREETING ──hello answered──▶ SUBSCRIBING ──snapshot──▶ LIVE
       ▲                  │                    │                             │  ▲                   │ gap in `n`
       └──── closed ──────┴────────────────────┴─────────────────────────────┘  └───────────────────┘

LEAVING is between an own hang-up and `closed`.

What can go wrong, and what is done about it:

- A connection ends: every call not yet answered is sent again, in order and unchanged, after the next greeting. All
  changes carry a `request_id`, so the server answers a repeated one as it did the first; reading twice is harmless.
- A notification is missing, doubled or out of order (`n` is not one more than the last): the client subscribes again
  and drops what still comes of the old subscription. The fresh snapshot arrives as `Connected(resync=True)`.
- The server holds the line but does not answer (greeting, subscription, call) within `ANSWER_MS`: the line is dropped.
- A call waits longer than its caller allows: `Unreachable`. It may have been carried out; its `request_id` tells.
- The server refuses the greeting or speaks another language: the line is closed and tried again, ever more rarely.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from ticketserver.core.ids import CounterNo, DeviceId
from ticketserver.core.terms import Role
from ticketserver.wire.codec import Incoming, WireError, decode_incoming, decode_note, decode_result, encode_request
from ticketserver.wire.errors import Refusal
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.notes import Note, Snapshot
from ticketserver.wire.params import Hello, Params, Subscribe
from ticketserver.wire.views import HelloResult, View

FIRST_REST_MS: Final = 200
LONGEST_REST_MS: Final = 5_000
ANSWER_MS: Final = 5_000


class Refused(Exception):
    """The server said no. `code` is stable (`nobody_waiting`), `message` a sentence a person can act on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Unreachable(Exception):
    """No answer in time. The call may or may not have been carried out."""


@dataclass(frozen=True)
class Connected:
    """The line is up and this is how things stand. `resync`: it was up before, but something had been missed."""

    hello: HelloResult
    snapshot: Snapshot
    resync: bool = False


@dataclass(frozen=True)
class Notified:
    method: str
    note: Note


@dataclass(frozen=True)
class Disconnected:
    """What is shown may be stale from now on. Told once for each reason until the line is up again."""

    reason: str


ClientEvent = Connected | Notified | Disconnected


@dataclass(frozen=True)
class Dial:
    """Effect: open a connection; then say `opened` or `closed`."""


@dataclass(frozen=True)
class Send:
    """Effect: send one message."""

    data: bytes


@dataclass(frozen=True)
class HangUp:
    """Effect: close the connection; then say `closed`."""


@dataclass(frozen=True)
class Tell:
    """Effect: something the program wants to know."""

    event: ClientEvent


@dataclass(frozen=True)
class Answer:
    """Effect: a call has ended. `outcome`: the typed result, or the exception to raise for the caller."""

    call: int
    outcome: View | Refused | Unreachable


Effect = Dial | Send | HangUp | Tell | Answer


class Phase(StrEnum):
    RESTING = "resting"
    DIALLING = "dialling"
    GREETING = "greeting"
    SUBSCRIBING = "subscribing"
    LIVE = "live"
    LEAVING = "leaving"


@dataclass
class _Call:
    method: str
    params: Params
    give_up_at: int
    sent_at: int | None = None


class Session:
    """`topics` may be empty: then the line counts as up after the greeting. `jitter` gives a share of 0 to 1.
    `unreached_ms`: the longest rest while nothing can be reached; one that refused us is asked ever more rarely."""

    def __init__(
        self,
        role: Role,
        token: str,
        device: str = "",
        locale: str = "zh",
        topics: Sequence[str] = (),
        counters: Sequence[int] = (),
        jitter: Callable[[], float] = lambda: 1.0,
        unreached_ms: int = LONGEST_REST_MS,
    ) -> None:
        self._greeting = Hello(protocol=PROTOCOL, role=role, token=token, locale=locale, device=DeviceId(device))
        self._topics = Subscribe(topics=list(topics), counters=[CounterNo(each) for each in counters])
        self._jitter = jitter
        self._unreached_ms = unreached_ms
        self._phase = Phase.RESTING
        self._rest_ms = FIRST_REST_MS
        self._dial_at = self._last_id = self._step_id = self._step_at = self._n = 0
        self._hello: HelloResult | None = None
        self._resync = False
        self._reason = ""
        self._told = ""
        self._calls: dict[int, _Call] = {}

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def live(self) -> bool:
        """What was told is the present state, as far as anybody can know."""
        return self._phase is Phase.LIVE

    def deadline(self) -> int | None:
        """When `tick` is due next; None when only the other side can move things."""
        due = [call.give_up_at for call in self._calls.values()]
        due += [call.sent_at + ANSWER_MS for call in self._calls.values() if call.sent_at is not None]
        if self._phase is Phase.RESTING:
            due.append(self._dial_at)
        elif self._phase in (Phase.GREETING, Phase.SUBSCRIBING):
            due.append(self._step_at + ANSWER_MS)
        return min(due, default=None)

    def tick(self, now: int) -> list[Effect]:
        """Time has passed."""
        effects: list[Effect] = []
        for number, call in list(self._calls.items()):
            if now >= call.give_up_at:
                del self._calls[number]
                why = f": {self._reason}" if self._reason and not self.live else ""
                effects.append(Answer(number, Unreachable(f"no answer to {call.method} in time{why}")))
        if self._phase is Phase.RESTING:
            if now >= self._dial_at:
                self._phase = Phase.DIALLING
                effects.append(Dial())
        elif self._silent(now):
            effects += self._give_up_line("the server does not answer")
        return effects

    def opened(self, now: int) -> list[Effect]:
        """The connection asked for with `Dial` is there."""
        self._resync = False
        return [self._step(Phase.GREETING, "hello", self._greeting, now)]

    def closed(self, reason: str, now: int) -> list[Effect]:
        """The connection has ended or could not be made. The reason of an own `HangUp` goes before `reason`."""
        if self._phase is Phase.LEAVING:
            reason = self._reason
        longest = self._unreached_ms if self._phase is Phase.DIALLING else LONGEST_REST_MS
        self._reason = reason
        self._phase = Phase.RESTING
        self._dial_at = now + int(min(self._rest_ms, longest) * (0.5 + 0.5 * self._jitter()))
        self._rest_ms = min(self._rest_ms * 2, longest)
        for call in self._calls.values():
            call.sent_at = None
        if reason == self._told:
            return []
        self._told = reason
        return [Tell(Disconnected(reason))]

    def ask(self, method: str, params: Params, give_up_ms: int, now: int) -> tuple[int, list[Effect]]:
        """Call a method. Returns the call's number, which its `Answer` will carry."""
        self._last_id += 1
        self._calls[self._last_id] = _Call(method, params, now + give_up_ms)
        greeted = self._phase in (Phase.SUBSCRIBING, Phase.LIVE)
        return self._last_id, self._send_calls(now) if greeted else []

    def forget(self, call: int) -> None:
        """Nobody waits for this call any more."""
        self._calls.pop(call, None)

    def received(self, data: bytes | str, now: int) -> list[Effect]:
        """A message has come. After a `HangUp` there is nobody left to hear it."""
        if self._phase not in (Phase.GREETING, Phase.SUBSCRIBING, Phase.LIVE):
            return []
        try:
            message = decode_incoming(data)
            if message.method:
                return self._noted(message, now)
            if self._step_id and message.id == self._step_id:
                return self._stepped(message, now)
            return self._answered(message)
        except (WireError, msgspec.DecodeError) as error:
            return self._give_up_line(f"the server sent something that does not fit: {error}")

    def _step(self, phase: Phase, method: str, params: Params, now: int) -> Send:
        """Ask the next thing of the handshake."""
        self._phase = phase
        self._step_id = self._last_id = self._last_id + 1
        self._step_at = now
        return Send(encode_request(self._step_id, method, params))

    def _stepped(self, message: Incoming, now: int) -> list[Effect]:
        if message.error is not None:
            return self._give_up_line(message.error.message)
        if self._phase is Phase.GREETING:
            self._hello = hello = decode_result("hello", message.result)
            calls = self._send_calls(now)
            if self._topics.topics:
                return [self._step(Phase.SUBSCRIBING, "subscribe", self._topics, now), *calls]
            return [self._come_alive(hello, Snapshot(seq=hello.seq, server_time_ms=hello.server_time_ms)), *calls]
        assert self._hello is not None
        return [self._come_alive(self._hello, decode_result("subscribe", message.result))]

    def _come_alive(self, hello: HelloResult, snapshot: Snapshot) -> Tell:
        self._phase = Phase.LIVE
        self._step_id = self._n = 0
        self._rest_ms = FIRST_REST_MS
        self._told = ""
        resync, self._resync = self._resync, True
        return Tell(Connected(hello, snapshot, resync))

    def _noted(self, message: Incoming, now: int) -> list[Effect]:
        if self._phase is not Phase.LIVE:
            return []
        note = decode_note(message.method, message.params)
        n = note.n if note is not None else msgspec.json.decode(message.params, type=Note).n
        if n != self._n + 1:
            return [self._step(Phase.SUBSCRIBING, "subscribe", self._topics, now)]
        self._n = n
        return [] if note is None else [Tell(Notified(message.method, note))]

    def _answered(self, message: Incoming) -> list[Effect]:
        number = message.id if isinstance(message.id, int) else 0
        call = self._calls.get(number)
        if call is None:
            # Given up meanwhile; or an error about a message that the server could not even read.
            return []
        if message.error is not None and message.error.data.code == Refusal.SERVER_STOPPING:
            # Not an answer: the line will end, and the next server is asked the same.
            return []
        del self._calls[number]
        if message.error is not None:
            code = message.error.data.code or f"rpc{message.error.code}"
            return [Answer(number, Refused(code, message.error.message))]
        try:
            return [Answer(number, decode_result(call.method, message.result))]
        except msgspec.DecodeError as error:
            return [Answer(number, Unreachable(f"the answer to {call.method} does not fit: {error}"))]

    def _send_calls(self, now: int) -> list[Effect]:
        """All calls that this connection has not carried yet, oldest first."""
        effects: list[Effect] = []
        for number, call in self._calls.items():
            if call.sent_at is None:
                call.sent_at = now
                effects.append(Send(encode_request(number, call.method, call.params)))
        return effects

    def _silent(self, now: int) -> bool:
        if self._phase in (Phase.GREETING, Phase.SUBSCRIBING) and now >= self._step_at + ANSWER_MS:
            return True
        return any(call.sent_at is not None and now >= call.sent_at + ANSWER_MS for call in self._calls.values())

    def _give_up_line(self, reason: str) -> list[Effect]:
        """Close. Nothing said on this line counts from here on."""
        self._reason = reason
        self._phase = Phase.LEAVING
        for call in self._calls.values():
            call.sent_at = None
        return [HangUp()]
