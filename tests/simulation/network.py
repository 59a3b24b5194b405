"""The lines between clients and server: in order, late, and sometimes cut, half open, unread, or worse.

A link is one connection. Each direction keeps its order, as TCP does, and has its own delays, so what different
connections say arrives in any order. `loss` is worse than TCP: a single message vanishes, comes twice, or late behind
the one after it; the protocol promises to live with that as well (a gap in `n`, an answer that never comes).

```
client ─ up ─→ process.heard(link, bytes)          process ─ deliver(link) ─→ unread? kept : down ─→ client
```
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tests.simulation.world import World

if TYPE_CHECKING:
    from tests.simulation.process import Process

NOTICED_MS = (5_000, 30_000)
"""A vanished peer is noticed by the pings after this long."""
BREAKS_MS = (2_000, 20_000)
"""A line that has lost a message breaks after this long. Until then what comes shows the gap."""


class End(Protocol):
    """The client's end of a link."""

    def on_message(self, link: "Link", data: bytes) -> None: ...
    def on_closed(self, link: "Link", reason: str) -> None: ...


@dataclass
class Weather:
    """Shares of messages, drawn for each message of a link; all 0 = a calm network."""

    lost: float = 0.0
    doubled: float = 0.0
    overtaken: float = 0.0
    late: float = 0.0

    def calm(self) -> None:
        self.lost = self.doubled = self.overtaken = self.late = 0.0


class Link:
    """One connection, and at the same time the socket and the transport that the server sees."""

    def __init__(self, number: int, world: World, weather: Weather, client: End, process: "Process") -> None:
        self.number = number
        self.process = process
        self.transport = self
        self.remote_address = f"client {number}"
        self.unread = False
        self.client_open = self.server_open = True
        self.subscribed = False
        self.left: list[bytes] = []
        self._world = world
        self._weather = weather
        self._client = client
        self._chance = random.Random(f"{world.seed}:{number}")
        self._up_at = self._down_at = self._late_at = 0

    # ---- what the server's peer asks of its socket

    def is_closing(self) -> bool:
        return not self.server_open

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self.left))

    def abort(self) -> None:
        """The server drops a client that does not read."""
        self._world.hurt("slow client dropped", f"link {self.number}")
        self.server_closed()

    # ---- both directions

    def up(self, data: bytes) -> None:
        if self.client_open:
            self._up_at = self._carry(data, self._up_at, self._arrive_up)

    def down(self, data: bytes) -> None:
        """The server sends; a client that does not read fills the buffer between."""
        if not self.server_open:
            return
        if self.unread:
            self.left.append(data)
        else:
            self._down_at = self._carry(data, self._down_at, self._arrive_down)

    def read_again(self) -> None:
        self.unread = False
        left, self.left = self.left, []
        for data in left:
            self.down(data)

    def _carry(self, data: bytes, after: int, arrive: Callable[[bytes], None]) -> int:
        """Sends one message on its way; → when it is there at the latest."""
        world, weather, draw = self._world, self._weather, self._chance.random
        rest = self._chance.randint(1, 20)
        if draw() < weather.lost:
            world.hurt("message lost", f"link {self.number}")
            world.after(self._chance.randint(*BREAKS_MS), self.cut, False)
            return after
        if draw() < weather.late:
            rest += self._chance.randint(300, 4_000)
            world.hurt("message late", f"link {self.number}")
        at = max(after, world.now + rest)
        if draw() < weather.overtaken:
            world.hurt("message overtaken", f"link {self.number}")
            self._late_at = at + self._chance.randint(20, 300)
            world.after(self._late_at - world.now, arrive, data)
            return after
        world.after(at - world.now, arrive, data)
        if draw() < weather.doubled:
            world.hurt("message doubled", f"link {self.number}")
            world.after(at - world.now + self._chance.randint(0, 30), arrive, data)
        return at

    def _arrive_up(self, data: bytes) -> None:
        if self.server_open:
            self.process.loop.step(self.process.heard, self, data)

    def _arrive_down(self, data: bytes) -> None:
        if self.client_open:
            self._client.on_message(self, data)

    def at_rest(self, now: int) -> bool:
        """Nothing is under way."""
        return max(self._up_at, self._down_at, self._late_at) < now and not self.left

    # ---- the end

    def cut(self, half_open: bool) -> None:
        """What is under way is lost. Half open: the server does not notice for a while, and goes on talking."""
        self.client_closed("the connection was lost", tell=True)
        if half_open:
            self.unread = True
            self._world.after(self._chance.randint(*NOTICED_MS), self.server_closed)
        else:
            self.server_closed()

    def client_closed(self, reason: str, tell: bool = False) -> None:
        """The client's end is closed; it is told where it did not do it itself."""
        if self.client_open:
            self.client_open = False
            if tell:
                self._world.after(1, self._client.on_closed, self, reason)

    def hung_up(self) -> None:
        """The client closes properly: what it said before is still heard."""
        self.client_closed("hung up", tell=True)
        self._world.after(max(1, self._up_at - self._world.now), self.server_closed)

    def server_closed(self) -> None:
        """The server closes, or notices the end."""
        if self.server_open:
            self.server_open = False
            self.process.loop.step(self.process.gone, self)
            rest = max(0, self._down_at - self._world.now) + self._chance.randint(1, 20)
            self._world.after(rest, self._client_notices)

    def _client_notices(self) -> None:
        self.client_closed("the server closed the connection", tell=True)

    def server_died(self, power: bool) -> None:
        """The server's process is gone; with its machine's power nobody says good-bye."""
        self.server_open = False
        rest = self._chance.randint(*NOTICED_MS) // 3 if power else self._chance.randint(1, 50)
        self._world.after(rest, self._client_notices)


class Network:
    """All links there ever were; the newest number is the newest link."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last = 0
        self.weather = Weather()
        self.links: list[Link] = []

    def connect(self, client: End, process: "Process") -> Link:
        self._last += 1
        link = Link(self._last, self._world, self.weather, client, process)
        self.links = [each for each in self.links if each.client_open or each.server_open]
        self.links.append(link)
        return link

    @property
    def live(self) -> list[Link]:
        return [link for link in self.links if link.client_open and link.server_open]


def deliver(sockets: Iterable[Link], message: bytes, text: bool = True) -> None:
    """In place of the library's `broadcast`: the server's messages go to the links."""
    for link in sockets:
        link.process.told(link, message)
