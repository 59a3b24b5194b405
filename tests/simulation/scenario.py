"""One seed from its first step to its verdict: who is in the hall, what goes wrong and when, and how the day ends.

```
open → busy with faults → quiet hour → busy with faults → quiet hour → calm: everybody served | day end → (night, a day)
```
Every seed draws its own set of faults and how often they come (a "swarm"): rare combinations are met that a mix of
everything would drown.
"""

import logging
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from unittest.mock import patch

from kiosk.events import Pending
from tests.simulation.boxes import Boxes
from tests.simulation.clerks import Clerk, Guide, Supervisor
from tests.simulation.client import Client
from tests.simulation.displays import Display
from tests.simulation.hall import Hall
from tests.simulation.kiosks import Kiosk
from tests.simulation.network import deliver
from tests.simulation.phones import Phones
from tests.simulation.settings import draw
from tests.simulation.world import Violation, World
from ticketserver.core.terms import Phase
from ticketserver.server import socket_peer

NIGHT_FROM_MS = 60_000
LAST_MINUTES_MS = 180_000
SERVE_OUT_MS = 2_400_000
FAULTS = (
    "kill", "power", "stop", "lost", "torn", "failed", "slow disk", "fuse", "poison", "cut", "half open", "unread",
    "forward", "back", "far back", "kiosk", "paper", "bridge", "unplug", "display",
)  # fmt: skip


@dataclass
class Result:
    """What one seed did. `check` and `problem` are empty where every promise was kept."""

    seed: int
    digest: str = ""
    steps: int = 0
    issued: int = 0
    records: int = 0
    check: str = ""
    problem: str = ""
    last: tuple[str, ...] = ()
    faults: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)


class Scenario:
    """The plot of one seed."""

    def __init__(self, world: World, folder: str) -> None:
        self.world = world
        self.random = world.random
        self.script = draw(world.seed, folder)
        self.hall = Hall(world, self.script)
        self._disks: list[dict[str, Pending]] = [{}, {}]
        self._swarm = [kind for kind in FAULTS if self.random.random() < 0.5] or ["kill"]
        self._rest_ms = self.random.choice((15_000, 30_000, 60_000))
        self._rough = [self.random.choice((0.0, 0.0, 0.002, 0.01)) for _ in range(4)]

    def play(self) -> None:
        hall, script = self.hall, self.script
        hall.boot()
        self._enter()
        self._busy(script.busy_ms // 2)
        hall.settle()
        self._busy(script.busy_ms // 2)
        hall.settle()
        if script.calm_end:
            hall.serve_out(SERVE_OUT_MS)
            hall.settle()
        else:
            self._day_end()
        if script.second_day:
            self._night()
            self._enter()
            self._busy(script.busy_ms // 3)
            hall.settle()
            hall.serve_out(SERVE_OUT_MS)
            hall.settle()
        # The loose end of a disk: what was served from memory must also be what the next start finds.
        hall.live.stop()
        self.world.run(20_000)
        hall.settle()
        self.world.say(f"journal {hall.disk.seq} {hall.disk.head.hex()}")

    def _enter(self) -> None:
        hall, script = self.hall, self.script
        hall.off = hall.calm = False
        self.displays = [Display(hall, "display1", speaks=True), Display(hall, "display2", speaks=False)]
        self.clerks = [Clerk(hall, number, eager=number not in script.boxes) for number in script.counters]
        self.guide, self.supervisor = Guide(hall), Supervisor(hall)
        self.boxes = Boxes(hall)
        self.kiosks = [Kiosk(hall, number, disk) for number, disk in enumerate(self._disks)]
        self.phones = Phones(hall)

    def _busy(self, ms: int) -> None:
        hall, weather = self.hall, self.hall.network.weather
        hall.busy = True
        weather.lost, weather.doubled, weather.overtaken, weather.late = self._rough
        self.boxes.rough(True)
        self._until = self.world.now + ms
        self._next_fault()
        self.world.run(ms)
        self.boxes.rough(False)

    def _next_fault(self) -> None:
        self.world.after(round(self.random.expovariate(1 / self._rest_ms)), self._fault)

    def _fault(self) -> None:
        if self.world.now >= self._until:
            return
        self._break(self.random.choice(self._swarm))
        self._next_fault()

    # ---- faults

    def _break(self, kind: str) -> None:
        hall, world = self.hall, self.world
        process, links = hall.process, hall.network.live
        match kind:
            case "forward" | "back" | "far back":
                self._set_clock(kind)
            case "kiosk":
                self.random.choice(self.kiosks).power_cut()
            case "poison":
                self.guide.poisons = True
            case "paper":
                self.random.choice(self.kiosks).printer.runs_out = True
            case "bridge":
                if self.boxes.on:
                    self.boxes.restart()
            case "unplug":
                self.boxes.unplug()
            case "display":
                self._new_display()
            case "cut" | "half open" if links:
                link = self.random.choice(links)
                world.hurt("connection cut" if kind == "cut" else "connection half open", f"link {link.number}")
                link.cut(kind == "half open")
            case "unread" if links:
                link = self.random.choice(links)
                world.hurt("client does not read", f"link {link.number}")
                link.unread = True
                world.after(self.random.randint(2_000, 40_000), link.read_again)
            case _ if process is not None and process.listening:
                self._break_server(kind)

    def _break_server(self, kind: str) -> None:
        process = self.hall.live
        match kind:
            case "kill" | "power":
                process.kill(kind == "power")
            case "stop":
                self.world.hurt("stopped properly")
                process.stop()
            case "torn" | "failed" | "lost":
                process.journal.fault = kind
            case "slow disk":
                process.writer.slow = True
            case "fuse":
                process.fuse = self.random.randint(1, 12)

    def _set_clock(self, kind: str) -> None:
        """The machine's clock is set. Far back is beyond what a start accepts without being asked."""
        world = self.world
        ms = self.random.randint(1_000, 120_000)
        if kind == "far back":
            ms += self.script.settings.server.clock_check_ms
            if self.hall.process is None or world.faults["clock far back"]:
                return
        world.hurt(f"clock {kind}", f"{ms} ms")
        world.wall_offset += ms if kind == "forward" else -ms
        if kind == "far back" and self.hall.process is not None:
            self.hall.process.kill(True)

    def _new_display(self) -> None:
        self.world.hurt("display restarted")
        old = self.displays.pop(self.random.randrange(2))
        old.power_off()
        self.displays.append(Display(self.hall, old.name, old.speaks))

    # ---- ends of days

    def _day_end(self) -> None:
        """Nobody is served out: the day's end comes over those who wait, and over those at the counters."""
        hall, world = self.hall, self.world
        plan = hall.ledger.audit.shadow.plan
        assert plan is not None
        hall.busy = False
        world.run(max(0, plan.ends_ms - world.wall - LAST_MINUTES_MS))
        hall.busy = True
        world.run(max(0, plan.ends_ms - world.wall) + 60_000)
        hall.settle()
        state = hall.ledger.audit.shadow
        left = [visit.number for visit in state.visits.values() if visit.state in ("waiting", "called", "serving")]
        world.check("the day ends", state.phase is Phase.ENDED and not left, f"{state.phase}, still there: {left}")

    def _night(self) -> None:
        """Everything is switched off, and on again in the morning: slips and unfinished requests are of yesterday."""
        hall, world = self.hall, self.world
        hall.off = True
        for each in (*self.displays, *self.kiosks, self.boxes, self.phones):
            each.power_off()
        for client in list(hall.clients):
            if isinstance(client, Client):
                client.power_off()
        hall.screens.clear()
        hall.live.stop()
        world.hurt("night")
        world.sleep(24 * 3_600_000 - (world.wall - self.script.begins_ms) + NIGHT_FROM_MS)
        hall.network.links.clear()
        hall.off = False
        hall.boot()


def run(seed: int, loud: bool = False) -> Result:
    """Plays a seed. A broken promise, and any error of the code under test, is in the result."""
    logging.disable(logging.CRITICAL)
    world = World(seed, loud)
    result = Result(seed)
    with tempfile.TemporaryDirectory() as folder, patch.object(socket_peer, "broadcast", deliver):
        scenario = Scenario(world, folder)
        try:
            scenario.play()
        except Violation as violation:
            result.check, result.problem = violation.check, str(violation)
        except Exception as error:
            result.check = type(error).__name__
            result.problem = f"{result.check}: {error}\n{traceback.format_exc()}"
        result.issued = scenario.hall.ledger.audit.issued
        result.records = scenario.hall.disk.seq
    result.digest, result.steps = world.digest, world.steps
    result.faults, result.checks = world.faults, world.checks
    result.last = tuple(world.last)
    return result
