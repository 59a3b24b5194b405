"""Who is told what: subscriptions, their snapshots and their notifications, in the order of the journal.

```
decision → Changes → tell(): built from the working state ─hold→ … durable … → release(): n counted, sent
```
Snapshots go the same way, so a subscriber gets its snapshot first and then everything after it, n = 1, 2, 3 ….
Calls, and the counters and tickets a decision touched, are told at once. Lists (board, queue, who waits for or on the
others) are state: the newest, at once when the hall was quiet or something is urgent, else once in `STATE_MS`.
What can go wrong: a subscriber that does not read. Its connection is dropped (see gateway); it gets a new snapshot.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ticketserver.core.ids import CounterNo, Ms, Seq, Token, VisitId
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import HallState
from ticketserver.server import views, views_counters, views_notices
from ticketserver.server.changes import Changes
from ticketserver.server.desk import HallDesk
from ticketserver.server.peers import Subscriber
from ticketserver.server.registry import Devices, Helps
from ticketserver.server.tickets import Tickets
from ticketserver.wire import params as p
from ticketserver.wire.codec import encode_note, note_tail
from ticketserver.wire.errors import Refusal
from ticketserver.wire.methods import TOPICS
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views_counters import CounterView

STATE_MS = 1_000
NO_VISIT = VisitId(0)


class Note(NamedTuple):
    """One notification for all who asked for its topic; `counter` and `visit` narrow it to those who named it."""

    topic: str
    method: str
    seq: Seq
    tail: bytes
    counter: CounterNo = CounterNo(0)
    visit: VisitId = NO_VISIT


class Subscribed(NamedTuple):
    """A subscription that begins: the encoded snapshot, and what it is of."""

    peer: Subscriber
    answer: bytes
    topics: frozenset[str]
    counters: frozenset[CounterNo]
    visit: VisitId


Send = Callable[[Iterable[Subscriber], bytes], None]


class Hub:
    """`hold` puts a message into the line of what waits for the disk; `send` sends one message to several peers."""

    def __init__(self, desk: HallDesk, devices: Devices, helps: Helps, send: Send) -> None:
        self.changes = Changes(desk)
        desk.told = self.changes.add
        self._desk = desk
        self._devices = devices
        self._helps = helps
        self._send = send
        self._peers: dict[str, set[Subscriber]] = {topic: set() for topic in TOPICS}
        self._counters: dict[CounterNo, CounterView] = {}
        self._tickets = Tickets(desk.risings)
        self._state_at = Ms(0)

    # ---- subscriptions

    def snapshot(self, state: HallState, peer: Subscriber, asked: p.Subscribe, seq: Seq, now: Ms) -> Snapshot:
        """What was asked for, as it stands. Raises RefusedError(not_allowed, unknown_ticket)."""
        topics = frozenset(asked.topics)
        for topic in topics:
            if topic not in TOPICS or peer.role not in TOPICS[topic][1]:
                raise RefusedError(Refusal.NOT_ALLOWED, detail=f"topic {topic[:40]}")
        hours = views.hours_view(state, self._desk.days.next_opening(now))
        zones = views.zones_view(state, self._desk.waiting, now) if topics & {"board", "queue"} else []
        counters = self._named(state, asked) if "counters" in topics else []
        ticket = state.visits[self.visit_of(state, asked)] if "ticket" in topics else None
        # Others have not been told what this snapshot shows: what was told last counts no more.
        for number in counters:
            self._counters.pop(number, None)
        if ticket is not None:
            self._tickets.renew(ticket.visit_id)
        return Snapshot(
            seq=seq,
            server_time_ms=now,
            board=views.board_view(state, self._desk.board, zones, hours, now) if "board" in topics else None,
            counters=[views_counters.counter_view(state, state.counters[number], now) for number in counters],
            queue=views_notices.queue_view(state, zones, hours, now) if "queue" in topics else None,
            ticket=self._tickets.view(state, ticket, now) if ticket else None,
            devices=list(self._devices.views.values()) if "devices" in topics else [],
            help=self._helps.open() if "help" in topics else [],
        )

    def visit_of(self, state: HallState, asked: p.Subscribe) -> VisitId:
        """The visit a subscription names; raises RefusedError(unknown_ticket). 0 where it names none."""
        if "ticket" not in asked.topics:
            return NO_VISIT
        visit_id = state.by_token.get(Token(asked.token))
        if visit_id is None:
            raise RefusedError(Refusal.UNKNOWN_TICKET)
        return visit_id

    def forget(self, peer: Subscriber) -> None:
        for topic in peer.topics:
            self._peers[topic].discard(peer)
        self._tickets.forget(peer)
        peer.topics = frozenset()

    def release(self, message: object) -> None:
        """A snapshot or a notification may leave: now it counts."""
        if isinstance(message, Subscribed):
            self._begin(message)
        elif isinstance(message, Note):
            self._tell(message)

    def _begin(self, begun: Subscribed) -> None:
        peer = begun.peer
        self.forget(peer)
        peer.topics, peer.counters, peer.visit, peer.n = begun.topics, begun.counters, begun.visit, 0
        for topic in begun.topics:
            self._peers[topic].add(peer)
        self._tickets.watch(peer)
        peer.release(begun.answer)

    def _tell(self, note: Note) -> None:
        """Peers that stand at the same count get the same bytes."""
        groups: dict[int, list[Subscriber]] = {}
        for peer in self._tickets.watching(note.visit) if note.visit else self._peers[note.topic]:
            if note.counter and peer.counters and note.counter not in peer.counters:
                continue
            peer.n += 1
            groups.setdefault(peer.n, []).append(peer)
        for n, peers in groups.items():
            self._send(peers, encode_note(note.method, note.seq, n, note.tail))

    # ---- notifications

    def notes(self, state: HallState, seq: Seq, now: Ms, steady: Ms) -> list[Note]:
        """Everything to be told now. What may wait is left for `due`; `steady` is a clock that is never set."""
        changes = self.changes
        found = [Note("board", "visit_called", at, note_tail("call", call)) for at, call in changes.calls]
        changes.calls.clear()
        if self._peers["counters"]:
            found += self._counter_notes(state, sorted(changes.counters), seq, now)
        else:
            self._counters.clear()
        changes.counters.clear()
        if changes.urgent or (changes.lists and steady >= self._state_at):
            changes.lists = changes.urgent = False
            self._state_at = Ms(steady + STATE_MS)
            found += self._list_notes(state, seq, now)
        return found + self._ticket_notes(state, seq, now)

    @property
    def unfinished(self) -> bool:
        """Whether more is to be told at the next turn: a thousand tickets are not looked at in one."""
        return self._tickets.unfinished

    @property
    def due(self) -> Ms | None:
        """When lists that changed may be told, by the steady clock; None = none changed."""
        return self._state_at if self.changes.lists else None

    def _counter_notes(self, state: HallState, numbers: Iterable[CounterNo], seq: Seq, now: Ms) -> list[Note]:
        """Those of these counters that look different from what was told last."""
        found = []
        for number in numbers:
            view = views_counters.counter_view(state, state.counters[number], now)
            if view != self._counters.get(number):
                self._counters[number] = view
                found.append(Note("counters", "counter_changed", seq, note_tail("counter", view), counter=number))
        return found

    def _list_notes(self, state: HallState, seq: Seq, now: Ms) -> list[Note]:
        found: list[Note] = []
        board, queue = self._peers["board"], self._peers["queue"]
        if board or queue:
            zones = views.zones_view(state, self._desk.waiting, now)
            hours = views.hours_view(state, self._desk.days.next_opening(now))
            if board:
                view = views.board_view(state, self._desk.board, zones, hours, now)
                found.append(Note("board", "board_changed", seq, note_tail("board", view)))
            if queue:
                tail = note_tail("queue", views_notices.queue_view(state, zones, hours, now))
                found.append(Note("queue", "queue_changed", seq, tail))
        if self._peers["counters"]:
            found += self._counter_notes(state, state.counters, seq, now)
        self._tickets.look()
        return found

    def _ticket_notes(self, state: HallState, seq: Seq, now: Ms) -> list[Note]:
        return [
            Note("ticket", "ticket_changed", seq, note_tail("ticket", ticket), visit=visit_id)
            for visit_id, ticket in self._tickets.changed(state, self.changes.touched(), now)
        ]

    def _named(self, state: HallState, asked: p.Subscribe) -> list[CounterNo]:
        """The counters asked for, or all. Raises RefusedError(unknown_counter)."""
        for number in asked.counters:
            if number not in state.counters:
                raise RefusedError(Refusal.UNKNOWN_COUNTER, detail=str(number))
        return list(asked.counters) or list(state.counters)
