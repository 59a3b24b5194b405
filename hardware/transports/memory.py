"""Two links joined in memory, with the faults of a serial line, repeatable by seed.

Each write passes the faults once and lands in the peer's buffer as one or more pieces; a read returns at most
one piece, so split frames reach the reader as they would from a slow line. Faults draw from one seeded
generator per pair and count what they did: a run can prove that it met every kind.

The buffer is bounded like a device's: a writer that meets a full one waits, then gets `LinkDown`. With
`timeout_s=0` nothing ever waits, which is how a simulation in virtual time on one thread uses it.
"""

import random
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from hardware.transports.link import Link, LinkDown

BUFFER_BYTES = 4096


@dataclass
class LinkFaults:
    """Chances, 0 to 1, each drawn once a write, and what has been injected so far by kind.

    split: in two or more pieces · drop: one byte lost · flip: one bit wrong · noise: 1–4 stray bytes before ·
    double: the whole write twice · echo: the writer also hears its own bytes, as on RS-485 adapters.
    """

    seed: int = 0
    split: float = 0.0
    drop: float = 0.0
    flip: float = 0.0
    noise: float = 0.0
    double: float = 0.0
    echo: float = 0.0
    injected: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def hits(self, kind: str) -> bool:
        chance: float = getattr(self, kind)
        # No draw for a fault that is off, so switching one on leaves the others' places alone.
        if chance <= 0.0 or self._random.random() >= chance:
            return False
        self.injected[kind] += 1
        return True

    def pieces(self, data: bytes) -> list[bytes]:
        """The pieces in which `data` reaches the far end."""
        line = bytearray(data)
        if line and self.hits("drop"):
            del line[self._random.randrange(len(line))]
        if line and self.hits("flip"):
            line[self._random.randrange(len(line))] ^= 1 << self._random.randrange(8)
        if self.hits("double"):
            line *= 2
        if self.hits("noise"):
            line[:0] = self._random.randbytes(self._random.randint(1, 4))
        if len(line) > 1 and self.hits("split"):
            cuts = sorted(self._random.sample(range(1, len(line)), self._random.randint(1, min(3, len(line) - 1))))
            return [bytes(line[a:b]) for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
        return [bytes(line)] if line else []


class MemoryLink:
    """One end of a pair; see `Link`. Thread-safe: the two ends may live in two threads."""

    def __init__(self, name: str, changed: threading.Condition, faults: LinkFaults) -> None:
        self._name = name
        self._changed = changed
        self._faults = faults
        self._arrived: deque[bytes] = deque()
        self._closed = False
        self._peer = self

    @property
    def name(self) -> str:
        return self._name

    def join(self, peer: "MemoryLink") -> None:
        self._peer, peer._peer = peer, self

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._arrived) or self._down(), timeout_s)
            if self._closed:
                raise LinkDown(f"{self._name}: this end is closed")
            if not self._arrived:
                if self._peer._closed:
                    raise LinkDown(f"{self._name}: the far end is closed")
                return b""
            piece = self._arrived.popleft()
            if len(piece) > limit:
                self._arrived.appendleft(piece[limit:])
            self._changed.notify_all()
            return piece[:limit]

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        deadline_s = time.monotonic() + timeout_s
        with self._changed:
            self._check_open()
            if self._faults.hits("echo"):
                self._arrived.append(data)
            for piece in self._faults.pieces(data):
                self._deliver(piece, deadline_s, timeout_s)
            self._changed.notify_all()

    def _deliver(self, piece: bytes, deadline_s: float, timeout_s: float) -> None:
        room = BUFFER_BYTES - len(piece)
        remaining_s = max(0.0, deadline_s - time.monotonic())
        self._changed.wait_for(lambda: self._peer._waiting() <= room or self._down(), remaining_s)
        self._check_open()
        if self._peer._waiting() > room:
            raise LinkDown(f"{self._name}: the device took no data for {timeout_s:g} s")
        self._peer._arrived.append(piece)
        self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _check_open(self) -> None:
        if self._down():
            raise LinkDown(f"{self._name}: the link is closed")

    def _down(self) -> bool:
        return self._closed or self._peer._closed

    def _waiting(self) -> int:
        return sum(map(len, self._arrived))


def memory_pair(faults: LinkFaults | None = None) -> tuple[Link, Link]:
    """Two joined links, "memory:a" and "memory:b"; `faults` bite in both directions."""
    changed = threading.Condition()
    shared = faults if faults is not None else LinkFaults()
    a, b = MemoryLink("memory:a", changed, shared), MemoryLink("memory:b", changed, shared)
    a.join(b)
    return a, b
