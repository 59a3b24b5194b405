"""The order of everything: decide, keep back, let go when it is durable. Sans I/O; the shell around it owns the clock,
the disk and the sockets.

```
ask(request) ─ known id? ─yes→ the same reply, once its record is durable
     │ no
     ├ decide on the working state, now = max(wall clock, last journalled)
     ├ accepted: one Record (seq + 1)   ─→ take() → the journal … durable(seq)
     └ reply or refusal ─→ held at the seq it was decided on ─→ release(), in order, once that seq is durable
```
The working state may run ahead of the disk; nothing else may. So readings, snapshots and notifications, which are
built from the working state, are held in the same line (`hold`). A request with an id is journalled even where
it changes nothing, so that it is not judged anew when it comes again; a refused one is judged anew.

What can go wrong: the core is broken (an invariant, a transition, a missing thing). Then `Broken` names the request and
nothing more leaves: the shell puts the id into quarantine and ends the process. A failed commit ends it as well.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple, Protocol

from msgspec import Raw

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import Ms, RequestId, Seq
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState
from ticketserver.wire.codec import Id, WireError, encode_error, encode_params, encode_result
from ticketserver.wire.errors import Refusal
from ticketserver.wire.params import Params


class Sink(Protocol):
    """Where something held back goes when it may leave."""

    def release(self, message: object) -> None: ...


class Asked(NamedTuple):
    """A request that may change the hall. `request_id` empty: not remembered."""

    sink: Sink
    id: Id
    method: str
    params: Params
    request_id: RequestId


class Desk(Protocol):
    """What the sequencer does not know: what requests mean and how answers are worded."""

    def command(self, asked: Asked, state: HallState) -> c.Command | Rejection:
        """The command a request stands for; it reads the state only."""

    def reply(self, asked: Asked, command: c.Command, state: HallState, events: Sequence[e.Event], seq: Seq) -> bytes:
        """The result of an accepted request, encoded; the state has moved. `seq` is the record's."""

    def refusal(self, asked: Asked, state: HallState, rejection: Rejection) -> WireError | bytes:
        """The error of a refused request, or an encoded result where the method answers refusals itself."""

    def decided(self, state: HallState, record: Record) -> None:
        """Told of every decision, right after the state moved."""


class Broken(Exception):
    """The core failed while judging `request_id` (empty: the server's own command). The state must be thrown away."""

    def __init__(self, request_id: RequestId, method: str) -> None:
        super().__init__(f"the core broke on {method} {request_id}")
        self.request_id = request_id
        self.method = method


Run = Callable[[HallState, c.Command, Ms], list[e.Event] | Rejection]
Held = tuple[Seq, Sink, object]


def digest(method: str, params: Params) -> str:
    """What a request asked for, to tell a repetition from another request under the same id."""
    return blake2b(method.encode() + b"\n" + encode_params(params), digest_size=12).hexdigest()


class Sequencer:
    """One hall's line. `recall` reads one durable record; `known` are the request ids of the day so far."""

    def __init__(
        self,
        state: HallState,
        desk: Desk,
        run: Run,
        recall: Callable[[Seq], Record],
        seq: int = 0,
        known: Mapping[RequestId, Seq] | None = None,
        quarantined: Iterable[str] = (),
    ) -> None:
        self.state = state
        self.seq = self.durable = Seq(seq)
        self._desk = desk
        self._run = run
        self._recall = recall
        self._known = dict(known or {})
        self._quarantined = frozenset(quarantined)
        self._fresh: list[Record] = []
        self._flying: deque[Record] = deque()
        self._held: deque[Held] = deque()

    def ask(self, asked: Asked, wall: Ms) -> None:
        """Judges a request at the wall clock's time `wall`; its answer comes out of `release`. Raises Broken."""
        if asked.request_id:
            if asked.request_id in self._quarantined:
                self._refuse(asked, Rejection(Refusal.INTERNAL_ERROR, asked.method, "quarantined"))
                return
            seq = self._known.get(asked.request_id)
            if seq is not None:
                self._again(asked, seq)
                return
        try:
            self._judge(asked, wall)
        except Exception as error:
            self._stop()
            raise Broken(asked.request_id, asked.method) from error

    def tell(self, command: c.Command, wall: Ms) -> list[e.Event] | Rejection:
        """The server's own command: the day, the clock, a restart. Raises Broken."""
        try:
            now = max(wall, self.state.now)
            events = self._run(self.state, command, now)
            if isinstance(events, list) and events:
                self._record(Record(Seq(self.seq + 1), now, tuple(events)))
        except Exception as error:
            self._stop()
            raise Broken(RequestId(""), type(command).__name__) from error
        return events

    def hold(self, sink: Sink, message: object) -> None:
        """Something read from the working state; it leaves once all it was read from is durable."""
        self._held.append((self.seq, sink, message))

    def take(self) -> list[Record]:
        """Records decided since the last time, to be made durable now; they follow on each other."""
        fresh, self._fresh = self._fresh, []
        self._flying.extend(fresh)
        return fresh

    def committed(self, seq: Seq) -> None:
        """Everything up to `seq` is durable."""
        self.durable = seq
        while self._flying and self._flying[0].seq <= seq:
            self._flying.popleft()

    def release(self) -> list[tuple[Sink, object]]:
        """What may leave now, in order."""
        free: list[tuple[Sink, object]] = []
        held, durable = self._held, self.durable
        while held and held[0][0] <= durable:
            _, sink, message = held.popleft()
            free.append((sink, message))
        return free

    def find(self, request_id: RequestId) -> Record | None:
        """The record of an accepted request of today; it may not be durable yet."""
        seq = self._known.get(request_id)
        return None if seq is None else self._read(seq)

    def _judge(self, asked: Asked, wall: Ms) -> None:
        state = self.state
        now = max(wall, state.now)
        command = self._desk.command(asked, state)
        if isinstance(command, Rejection):
            self._refuse(asked, command)
            return
        outcome = self._run(state, command, now)
        if isinstance(outcome, Rejection):
            self._refuse(asked, outcome)
            return
        keep = bool(outcome or asked.request_id)
        seq = Seq(self.seq + keep)
        reply = Raw(self._desk.reply(asked, command, state, outcome, seq))
        if keep:
            mark = digest(asked.method, asked.params) if asked.request_id else ""
            self._record(Record(seq, now, tuple(outcome), asked.request_id, asked.method, mark, reply))
        self._held.append((self.seq, asked.sink, encode_result(asked.id, reply)))

    def _record(self, record: Record) -> None:
        """A new day knows nothing of the requests before it."""
        for event in record.events:
            if type(event) is e.DayOpened:
                self._known.clear()
        self.seq = record.seq
        self._fresh.append(record)
        if record.request_id:
            self._known[record.request_id] = record.seq
        self._desk.decided(self.state, record)

    def _again(self, asked: Asked, seq: Seq) -> None:
        """The same id: the same reply, once what it tells is durable; with other parameters, a refusal."""
        record = self._read(seq)
        if record.digest != digest(asked.method, asked.params):
            self._refuse(asked, Rejection(Refusal.REQUEST_ID_REUSED, asked.method, record.method))
            return
        self._held.append((self.seq, asked.sink, encode_result(asked.id, record.reply)))

    def _read(self, seq: Seq) -> Record:
        if seq <= self.durable:
            return self._recall(seq)
        ahead = [*self._flying, *self._fresh]
        return ahead[seq - ahead[0].seq]

    def _refuse(self, asked: Asked, rejection: Rejection) -> None:
        answer = self._desk.refusal(asked, self.state, rejection)
        if isinstance(answer, WireError):
            answer.request = asked.id
            message = encode_error(answer)
        else:
            message = encode_result(asked.id, Raw(answer))
        self._held.append((self.seq, asked.sink, message))

    def _stop(self) -> None:
        """The state is worthless: what was decided on it and is not yet on its way is dropped."""
        self._fresh.clear()
        self._held.clear()
