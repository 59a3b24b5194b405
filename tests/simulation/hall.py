"""The hall of one seed: its disk and network, the server's process again and again, the clients, and the quiet hours.

In a quiet hour nobody acts and nothing fails. Then every screen must show what the server knows: `converged`.
"""

import string
from collections.abc import Callable
from typing import Protocol

from tests.simulation.disk import Disk
from tests.simulation.ledger import Ledger
from tests.simulation.network import End, Link, Network
from tests.simulation.process import Process
from tests.simulation.settings import Script
from tests.simulation.world import Violation, World
from ticketserver.client.session import Session
from ticketserver.core.invariants import check_all
from ticketserver.server.boot import ClockBehind

SETTLE_MS = 75_000
"""Longer than the pings, the rests of the sessions and the server's look around (60 s)."""
QUIET_STEPS, STEP_MS = 400, 500
TOKEN_SIGNS = string.ascii_letters + string.digits + "-_"


class Screen(Protocol):
    """Something that shows the hall; `differs` says where it shows anything else than the server knows. `at_rest`: all
    that it was told is shown."""

    def differs(self, process: Process) -> str: ...
    def at_rest(self) -> bool: ...


class LiveEnd(End, Protocol):
    """A client in the hall."""

    session: Session


class Hall:
    """`busy`: actors act. `calm`: they only finish what is begun, and nothing is broken any more."""

    def __init__(self, world: World, script: Script) -> None:
        self.world = world
        self.script = script
        self.settings = script.settings
        self.disk = Disk(self.settings.hall.id)
        self.network = Network(world)
        self.ledger = Ledger(world, self.disk)
        self.poison: set[str] = set()
        self.unmarked: set[tuple[str, str]] = set()
        self.presses = 0
        self.clients: list[LiveEnd] = []
        self.screens: list[Screen] = []
        self.process: Process | None = None
        self.busy = False
        self.calm = False
        self.off = False
        self._made = 0
        world.wall_offset = script.begins_ms - world.now

    # ---- ids made at the edge

    def request_id(self, maker: str) -> str:
        self._made += 1
        return f"{maker}-{self._made:07d}"

    def token(self) -> str:
        return "".join(self.world.random.choices(TOKEN_SIGNS, k=22))

    # ---- the server

    @property
    def live(self) -> Process:
        assert self.process is not None
        return self.process

    def boot(self, accept_clock: bool = False) -> None:
        if self.off:
            return
        world = self.world
        try:
            process = Process(
                world, self.settings, self.disk, self.network, self.poison, self._ended, accept_clock,
                self.script.always,
            )  # fmt: skip
        except ClockBehind as behind:
            world.hurt("clock refused at the start", f"{behind}")
            if world.chance(0.5):
                world.wall_offset += behind.last - behind.now
            else:
                accept_clock = True
            world.after(2_000, self.boot, accept_clock)
            return
        self.process = process
        world.say(f"server up at {process.sequencer.seq}")
        self.ledger.booted(process)
        process.loop.step(process.start)

    def _ended(self, how: str) -> None:
        process, world = self.live, self.world
        if process.broke is not None:
            self.ledger.broken_by(process.broke)
        holding = sum(1 for link in self.network.links if link.process is process and link.client_open)
        if holding:
            world.hurt("restart under clients", f"{holding} connections, {how}")
        self.process = None
        world.after(world.random.randint(300, 8_000), self.boot)

    def connect(self, client: End) -> Link | None:
        process = self.process
        if process is None or not process.listening:
            return None
        link = self.network.connect(client, process)
        process.accept(link)
        return link

    # ---- quiet

    def settle(self) -> None:
        """Nobody acts, nothing fails, until everything said has been heard. Then all that is promised is checked."""
        was_busy, self.busy = self.busy, False
        weather = self.network.weather
        rough = vars(weather).copy()
        weather.calm()
        for link in self.network.live:
            link.read_again()
        self.world.run(SETTLE_MS)
        self._until(self._quiet, "quiet", "the hall does not come to rest")
        self._agree()
        vars(weather).update(rough)
        self.busy = was_busy

    def _until(self, true: Callable[[], bool], check: str, text: str) -> None:
        for _ in range(QUIET_STEPS):
            if true():
                self.world.checked(check)
                return
            self.world.run(STEP_MS)
        raise Violation(check, text)

    def _quiet(self) -> bool:
        process = self.process
        if process is None or not process.listening or process.sequencer.durable != process.sequencer.seq:
            return False
        changes = process.hub.changes
        if changes.lists or changes.calls or changes.counters:
            return False
        if not all(client.session.live for client in self.clients):
            return False
        return all(link.at_rest(self.world.now) for link in self.network.live) and all(
            screen.at_rest() for screen in self.screens
        )

    def _agree(self) -> None:
        process, world = self.live, self.world
        check_all(process.state)
        world.checked("invariants")
        self.ledger.same_state(process.state, "state digest", "the live state")
        self.ledger.chain()
        for screen in self.screens:
            wrong = screen.differs(process)
            world.check("screens converge", not wrong, wrong)

    # ---- the end

    def serve_out(self, most_ms: int) -> None:
        """Faults have stopped: everybody who waits is called and served in the end."""
        self.calm = self.busy = True
        for _ in range(most_ms // 5_000):
            self.world.run(5_000)
            state = self.ledger.audit.shadow
            if not state.waiting and not any(counter.visit for counter in state.counters.values()):
                self.world.checked("everybody is served")
                return
        state = self.ledger.audit.shadow
        left = [repr(visit) for visit in state.visits.values() if visit.state in ("waiting", "called", "serving")]
        counters = [f"{each.counter} {each.state} {each.profile}" for each in state.counters.values()]
        raise Violation("everybody is served", f"{state.phase}: still there: {left[:4]} of {len(left)}\n  {counters}")
