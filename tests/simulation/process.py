"""The server's process: the real line, sequencer, desk, hub, calls and gateway's handling, with a loop, a disk and
sockets of this world in place of the real ones. It can be ended in the middle of any step, and started again.

The checks at its door: whatever leaves must be durable. A notification or snapshot carries its position; an answer may
leave once everything decided up to its request is on the disk, and an accepted one must stand there, byte for byte.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

import msgspec

from tests.simulation.disk import Disk, MemoryJournal, SimWriter
from tests.simulation.network import Link, Network
from tests.simulation.world import Killed, Loop, World
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.ids import Ms, RequestId
from ticketserver.core.invariants import InvariantError
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import HallState
from ticketserver.core.terms import Role
from ticketserver.server import boot, gateway, line, socket_peer
from ticketserver.server.calls import Calls
from ticketserver.server.desk import HallDesk
from ticketserver.server.hallday import HallDays
from ticketserver.server.hub import Hub
from ticketserver.server.readings import READINGS
from ticketserver.server.registry import Devices, Helps
from ticketserver.server.sequencer import Broken
from ticketserver.shared.settings import Settings
from ticketserver.store.port import StoreFailed
from ticketserver.wire.codec import Call, Incoming, WireError, decode_incoming, decode_request
from ticketserver.wire.errors import Refusal
from ticketserver.wire.notes import Note

AT_ONCE = frozenset({Refusal.NOT_ALLOWED, Refusal.TOO_FAST, Refusal.SERVER_STOPPING, Refusal.HELLO_TWICE})
"""Refusals that say nothing of the hall, and so need not wait for the disk."""


class SimPeer(socket_peer.SocketPeer):
    """The gateway's peer; its hash is the link's number, so that sets of peers have the same order in every run."""

    def __hash__(self) -> int:
        return int(self.socket.number)


class Tokens:
    """Every role's token is its name."""

    @staticmethod
    def proves(token: str, role: Role) -> bool:
        return token == role.value


class Process:
    """One run of the server, from its start to its end. `ended(how)` is called once."""

    def __init__(
        self,
        world: World,
        settings: Settings,
        disk: Disk,
        network: Network,
        poison: set[str],
        ended: Callable[[str], None],
        accept_clock: bool = False,
        always: bool = False,
    ) -> None:
        """Raises what a start raises: ClockBehind, and what a journal that does not fit the core leads to."""
        self.world = world
        self.settings = settings
        self.disk = disk
        self.loop = Loop(world, self._killed)
        self.desk = HallDesk(settings, HallDays(settings.calendar, settings.hall.timezone, always))
        self.journal = MemoryJournal(world, disk)
        self.listening = False
        self.fuse = 0
        self.broke: RequestId | None = None
        self._network = network
        self._poison = poison
        self._ended = ended
        self._asked: dict[tuple[int, object], tuple[Call, int | None]] = {}
        self._peers: dict[int, SimPeer] = {}
        sequencer = boot.make_sequencer(settings, self.desk, self.journal, self._wall(), accept_clock)
        sequencer._run = partial(self._run, sequencer._run)
        self.sequencer = sequencer
        self.devices, helps = Devices(), Helps()
        self.hub = Hub(self.desk, self.devices, helps, socket_peer.send)
        asyncio._set_running_loop(self.loop)  # type: ignore[arg-type]
        try:
            with patch.object(line, "Writer", partial(SimWriter, world, self.loop)):
                self.line = line.Line(
                    sequencer, self.desk, self.hub, self.devices, helps, self.journal,
                    boot.quarantine_path(settings), self._failed, self._wall,
                )  # fmt: skip
        finally:
            asyncio._set_running_loop(None)
        self.writer: SimWriter = self.line._writer  # type: ignore[assignment]
        self._gateway = gateway.Gateway(Calls(self.line, self.desk), self.desk, Tokens(), None)  # type: ignore[arg-type]

    @property
    def state(self) -> HallState:
        return self.sequencer.state

    @property
    def calls(self) -> Calls:
        return self._gateway._calls

    def start(self) -> None:
        self.line.start()
        self.listening = True

    def _wall(self) -> Ms:
        return Ms(self.world.wall)

    # ---- sockets

    def accept(self, link: Link) -> None:
        self._peers[link.number] = SimPeer(link, self.settings.server.limits.outbox_messages, "zh")  # type: ignore[arg-type]

    def heard(self, link: Link, data: bytes) -> None:
        """A message has come; what `Gateway._serve` does with it."""
        peer = self._peers[link.number]
        try:
            call = decode_request(data)
        except WireError as error:
            raise AssertionError(f"a client sent nonsense: {data!r}") from error
        key = (link.number, call.id)
        self._asked[key] = (call, None)
        self._count_again(call)
        if peer.greeted:
            self._gateway._handle(peer, data, True)
        elif not self._gateway._greet(peer, data):
            link.server_closed()
        self._asked[key] = (call, self.sequencer.seq)

    def _count_again(self, call: Call) -> None:
        """A request under a known id: sent again, or doubled on its way."""
        if call.method.journalled and getattr(call.params, "request_id", "") in self.sequencer._known:
            self.world.faults["request again"] += 1

    def gone(self, link: Link) -> None:
        peer = self._peers.pop(link.number, None)
        if peer is not None:
            self.hub.forget(peer)
            self.line.memory.reporter_gone(peer)

    def told(self, link: Link, message: bytes) -> None:
        """A message leaves for a link."""
        if self.fuse:
            self.fuse -= 1
            if not self.fuse:
                self.world.hurt("killed while telling", f"before a message to link {link.number}")
                raise Killed
        incoming = decode_incoming(message)
        if incoming.method:
            self._check_note(link, incoming)
        else:
            self._check_answer(link, incoming)
        link.down(message)

    def _check_note(self, link: Link, incoming: Incoming) -> None:
        note = msgspec.json.decode(incoming.params, type=Note)
        told = f"{incoming.method} to link {link.number} before any snapshot"
        self.world.check("snapshot first", link.subscribed, told)
        self._durable(note.seq, incoming.method)

    def _check_answer(self, link: Link, incoming: Incoming) -> None:
        asked = self._asked.get((link.number, incoming.id))
        if asked is None:
            return
        call, need = asked
        code = incoming.error.data.code if incoming.error else ""
        stateful = call.method.journalled or call.name in READINGS or call.name in ("subscribe", "hello")
        if not stateful or code in AT_ONCE:
            return
        self._durable(self.sequencer.seq if need is None else need, f"answer to {call.name}")
        if not code and call.name == "subscribe":
            link.subscribed = True
        request_id = getattr(call.params, "request_id", "")
        if not code and call.method.journalled and request_id and b'"outcome":"beep"' not in bytes(incoming.result):
            kept = self.disk.replies.get(request_id)
            same = kept is not None and bytes(kept) == bytes(incoming.result)
            self.world.check("told is kept", same, lambda: f"{call.name} {request_id}: told {bytes(incoming.result)!r},"
                             f" the journal has {kept and bytes(kept)!r}")  # fmt: skip

    def check_post(self, call: Call, message: bytes, need: int) -> None:
        """An answer over HTTP."""
        incoming = decode_incoming(message)
        if incoming.error is None or incoming.error.data.code not in AT_ONCE:
            self._durable(min(need, self.sequencer.seq), f"answer to a posted {call.name}")

    def _durable(self, seq: int, what: str) -> None:
        self.world.check("told is durable", seq <= self.disk.seq, f"{what} tells of {seq}, durable is {self.disk.seq}")

    # ---- ends

    def kill(self, power: bool) -> None:
        """At once, between two steps."""
        self.world.hurt("power cut" if power else "killed", f"at {self.sequencer.seq}, durable {self.disk.seq}")
        self._die("killed", power)

    def stop(self) -> None:
        """As an operator does it: what was decided is made durable and told."""
        self.loop.step(self.line.close)
        if not self.loop.dead:
            for link in self._mine():
                link.server_closed()
            self._die("stopped", False)

    def _killed(self) -> None:
        self._die("killed", self.world.chance(0.3))

    def _failed(self, error: BaseException) -> None:
        """The line has ended itself. What asks meanwhile is told that the server stops. Only a broken request and a
        disk that fails are part of the play; anything else is a fault of the code."""
        if not isinstance(error, Broken | StoreFailed):
            raise error
        self.broke = error.request_id if isinstance(error, Broken) else None
        self.world.say(f"server ends: {type(error).__name__} {error}")
        self.loop.call_later(1, self._die, "broken" if isinstance(error, Broken) else "disk", False)

    def _die(self, how: str, power: bool) -> None:
        if self.loop.dead:
            return
        self.loop.dead = True
        self.listening = False
        if self.writer.waiting:
            self.world.hurt("commit lost", f"{len(self.writer.waiting)} records never reached the disk")
        for link in self._mine():
            link.server_died(power)
        self.world.say(f"server down: {how}")
        self._ended(how)

    def _mine(self) -> list[Link]:
        return [link for link in self._network.links if link.process is self and link.server_open]

    # ---- the core, which may be broken by one request

    def _run(
        self, real: Callable[[HallState, c.Command, Ms], list[e.Event] | Rejection], state: HallState,
        command: c.Command, now: Ms,
    ) -> list[e.Event] | Rejection:  # fmt: skip
        events = real(state, command, now)
        if self._poison and isinstance(command, c.IssueTicket) and command.token in self._poison:
            self.world.hurt("core broken", f"by {command.token}")
            raise InvariantError("planted in this world")
        return events
