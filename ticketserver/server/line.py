"""The hall's line: the sequencer with a clock, a disk and an event loop around it.

```
ask, tell, read ─→ sequencer ─ once a turn of the loop ─→ hub's notes, records ─→ writer thread
                                                                 committed ─→ release: answers, notes leave, in order
```
What can go wrong ends the line: `failed` gets the error, once, and nothing more leaves. A request that broke the core
is put into quarantine first, so that the next start refuses it instead of breaking again.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.deadlines import next_deadline
from ticketserver.core.ids import Ms, RequestId, Seq
from ticketserver.core.refusal import RefusedError, Rejection
from ticketserver.server.desk import HallDesk
from ticketserver.server.hallplan import hall_rules
from ticketserver.server.hub import Hub, Note, Subscribed
from ticketserver.server.memory import Memory
from ticketserver.server.peers import Peer, Subscriber
from ticketserver.server.readings import READINGS, Read
from ticketserver.server.registry import Devices, Helps
from ticketserver.server.sequencer import Asked, Broken, Sequencer, Sink
from ticketserver.store.port import Journal, StoreFailed
from ticketserver.store.quarantine import put_in_quarantine
from ticketserver.store.writer import Writer
from ticketserver.wire import params as p
from ticketserver.wire.codec import Call, encode_error, encode_result
from ticketserver.wire.errors import Refusal

log = logging.getLogger("hall")

LOOK_AGAIN_S = 60.0
"""The wall clock may be set, and waits grow by themselves: the line looks at both at least this often."""


def wall_ms() -> Ms:
    return Ms(time.time_ns() // 1_000_000)


class Line:
    """One hall, live. All methods are called in the loop; `failed` is called once, when the process must end."""

    def __init__(
        self,
        sequencer: Sequencer,
        desk: HallDesk,
        hub: Hub,
        devices: Devices,
        helps: Helps,
        journal: Journal,
        quarantine: Path,
        failed: Callable[[BaseException], None],
        clock: Callable[[], Ms],
    ) -> None:
        self.memory = Memory(devices, helps, lambda: self.now, self._note)
        self.sequencer = sequencer
        self.hub = hub
        self._desk = desk
        self._clock = clock
        self._quarantine = quarantine
        self._failed = failed
        self._loop = asyncio.get_running_loop()
        self._writer = Writer(journal, desk.settings.hall.id, self._from_writer, self._writer_failed)
        self._turn_due = False
        self._timer: asyncio.TimerHandle | None = None
        self._dead = False
        self._write_error: StoreFailed | None = None

    @property
    def now(self) -> Ms:
        """The hall's time: never before its last decision."""
        return max(self._clock(), self.sequencer.state.now)

    @property
    def _steady(self) -> Ms:
        """A clock that nobody sets, for spans: the hall's time stands still after the wall clock was set back."""
        return Ms(int(self._loop.time() * 1000))

    # ---- what comes in

    def start(self) -> None:
        """Takes up the day: opens it, or goes on with the one that was open."""
        state, now = self.sequencer.state, self._clock()
        if state.plan is not None and state.plan.day >= self._today(now):
            self._tell(c.ResumeHall())
        self._tick()

    def ask(self, peer: Peer, call: Call) -> None:
        """A method that goes through the sequencer."""
        if self._dead:
            self._send_refusal(peer, call, Refusal.SERVER_STOPPING)
            return
        request_id: RequestId = getattr(call.params, "request_id", RequestId(""))
        try:
            self.sequencer.ask(Asked(peer, call.id, call.name, call.params, request_id), self._clock())
        except Broken as broken:
            self._broke(broken)
        self._soon()

    def read(self, peer: Peer, call: Call) -> None:
        """A method that changes nothing; what it tells is held until it is durable."""
        sequencer = self.sequencer
        desk = self._desk
        context = desk.context(peer, sequencer.state)
        read = Read(context, self.now, desk.settings, sequencer.find, desk.announced, desk.risings)
        try:
            answer = READINGS[call.name](read, call.params)
        except RefusedError as refused:
            error = self._desk.refuse(peer, refused.code)
            error.request = call.id
            sequencer.hold(peer, encode_error(error))
        else:
            sequencer.hold(peer, encode_result(call.id, answer))
        self._soon()

    def subscribe(self, peer: Subscriber, call: Call, asked: p.Subscribe) -> None:
        sequencer, hub = self.sequencer, self.hub
        try:
            snapshot = hub.snapshot(sequencer.state, peer, asked, sequencer.seq, self.now)
        except RefusedError as refused:
            error = self._desk.refuse(peer, refused.code)
            error.request = call.id
            sequencer.hold(peer, encode_error(error))
        else:
            answer = encode_result(call.id, snapshot)
            visit = hub.visit_of(sequencer.state, asked)
            topics = frozenset(asked.topics)
            sequencer.hold(hub, Subscribed(peer, answer, topics, frozenset(asked.counters), visit))
        self._soon()

    def hold(self, peer: Peer, answer: bytes) -> None:
        """Something else that was read from the working state; it leaves once that is durable."""
        self.sequencer.hold(peer, answer)
        self._soon()

    # ---- the end

    def close(self) -> None:
        """What was decided is made durable and told; nothing more is accepted."""
        if self._timer is not None:
            self._timer.cancel()
        if not self._dead:
            self._dead = True
            self._hand_over()
            self._writer.close()
            if self._write_error is not None:
                self._failed(self._write_error)
                return
            self.sequencer.committed(self.sequencer.seq)
            self._release()

    # ---- a turn of the loop

    def _soon(self) -> None:
        if not self._turn_due and not self._dead:
            self._turn_due = True
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        """All that came in with this turn of the loop shares one batch. A fault here is nobody's request: it ends the
        line, for a loop that only logs it would leave a hall that no longer commits."""
        self._turn_due = False
        if self._dead:
            return
        try:
            self._tell_and_commit()
        except Exception as error:
            log.critical("the line broke", exc_info=error)
            self._end(error)

    def _tell_and_commit(self) -> None:
        sequencer = self.sequencer
        for note in self.hub.notes(sequencer.state, sequencer.seq, self.now, self._steady):
            sequencer.hold(self.hub, note)
        self._hand_over()
        self._release()
        self._arm()
        if self.hub.unfinished:
            self._soon()

    def _hand_over(self) -> None:
        records = self.sequencer.take()
        if records:
            self._writer.submit(records[0].seq, records)

    def _release(self) -> None:
        for sink, message in self.sequencer.release():
            sink.release(message)

    def _note(self, topic: str, method: str, tail: bytes) -> None:
        self.sequencer.hold(self.hub, Note(topic, method, self.sequencer.seq, tail))
        self._soon()

    def _send_refusal(self, sink: Sink, call: Call, code: Refusal) -> None:
        peer: Peer = sink  # type: ignore[assignment]
        error = self._desk.refuse(peer, code)
        error.request = call.id
        sink.release(encode_error(error))

    # ---- the disk

    def _from_writer(self, seq: int) -> None:
        try:
            self._loop.call_soon_threadsafe(self._committed, Seq(seq))
        except RuntimeError:
            log.warning("the loop ended before the commit of %d was told", seq)

    def _writer_failed(self, error: StoreFailed) -> None:
        self._write_error = error
        self._loop.call_soon_threadsafe(self._end, error)

    def _committed(self, seq: Seq) -> None:
        if not self._dead:
            self.sequencer.committed(seq)
            self._release()

    # ---- the clock

    def _tell(self, command: c.Command) -> list[e.Event] | Rejection:
        try:
            return self.sequencer.tell(command, self._clock())
        except Broken as broken:
            self._broke(broken)
            return []

    def _today(self, now: Ms) -> str:
        return self._desk.days.business_day(now).isoformat()

    def _tick(self) -> None:
        """Whatever the time asks for: a new day, a deadline, lists whose waits have grown."""
        self._timer = None
        if self._dead:
            return
        now, days, state = self._clock(), self._desk.days, self.sequencer.state
        today = days.business_day(now)
        if (state.plan is None or state.plan.day < today.isoformat()) and days.works(today):
            self._open(now)
        deadline = next_deadline(state)
        if deadline is not None and deadline <= now:
            self._tell(c.Wake())
        self.hub.changes.lists = True
        self._turn()

    def _open(self, now: Ms) -> None:
        days = self._desk.days
        today = days.business_day(now)
        rules = hall_rules(self._desk.settings, days, today)
        opened = self._tell(c.OpenDay(rules=rules, plan=days.plan(today)))
        if isinstance(opened, Rejection):
            log.error("the day %s was not opened: %s %s", today, opened.code, opened.detail)
        else:
            log.info("business day %s", today)

    def _arm(self) -> None:
        """Wake up for the next deadline, for lists that wait to be told, and now and then."""
        now = self._clock()
        deadline = next_deadline(self.sequencer.state)
        rest = LOOK_AGAIN_S
        if deadline is not None:
            rest = min(rest, max(0.0, (deadline - now) / 1000))
        due = self.hub.due
        if due is not None:
            rest = min(rest, max(0.0, (due - self._steady) / 1000))
        at = self._loop.time() + rest
        # A timer that rings early does no harm, so only an earlier time replaces one.
        if self._timer is not None and self._timer.when() <= at + 0.001:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(at, self._tick)

    # ---- faults

    def _broke(self, broken: Broken) -> None:
        log.critical("%s", broken, exc_info=broken)
        if broken.request_id:
            put_in_quarantine(self._quarantine, broken.request_id)
        self._end(broken)

    def _end(self, error: BaseException) -> None:
        if not self._dead:
            self._dead = True
            self._failed(error)
