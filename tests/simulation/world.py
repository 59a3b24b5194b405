"""One seed's world: virtual time, chance, what was done to it and what was checked. Everything runs on one thread.

```
heap of (ms, order) → step → … → step        the clock stands still within a step and jumps to the next one between
```
Two clocks: `now` is steady, as programs measure spans; `wall` is what the server's machine believes the date to be, and
a fault may set it. All chance comes from `random.Random(seed)` or from generators seeded by it; nothing asks the real
clock, so the same seed makes the same trace, and `digest` is the hash of that trace.
"""

import hashlib
import heapq
import math
import random
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

REMEMBERED = 80
MOST_AT_ONCE = 20_000


class Violation(AssertionError):
    """A promise was broken. `check` names which."""

    def __init__(self, check: str, text: str) -> None:
        super().__init__(f"{check}: {text}")
        self.check = check


class Killed(BaseException):
    """The server's process ends in the middle of a step; no code of it may run on."""


class Timer:
    """A step to come; `when` and `cancel` are those of an asyncio timer."""

    __slots__ = ("act", "args", "at")

    def __init__(self, at: int, act: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.at = at
        self.act: Callable[..., Any] | None = act
        self.args = args

    def when(self) -> float:
        return self.at / 1000

    def cancel(self) -> None:
        self.act = None


class World:
    """Steps in the order of their time. `say` writes the trace; `checked` and `hurt` count."""

    def __init__(self, seed: int, loud: bool = False) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.now = 1_000
        self.wall_offset = 0
        self.faults: Counter[str] = Counter()
        self.checks: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=REMEMBERED)
        self.steps = 0
        self._loud = loud
        self._heap: list[tuple[int, int, Timer]] = []
        self._order = 0
        self._spun = 0
        self._hash = hashlib.blake2b(digest_size=12)

    @property
    def wall(self) -> int:
        return self.now + self.wall_offset

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def after(self, ms: int, act: Callable[..., Any], *args: Any) -> Timer:
        self._order += 1
        timer = Timer(self.now + max(0, ms), act, args)
        heapq.heappush(self._heap, (timer.at, self._order, timer))
        return timer

    def run(self, ms: int) -> None:
        """Everything that happens in the next `ms`."""
        end = self.now + ms
        while self._heap and self._heap[0][0] <= end:
            timer = heapq.heappop(self._heap)[2]
            if timer.act is None:
                continue
            self._go_on(timer.at)
            timer.act(*timer.args)
        self.now = end

    def _go_on(self, at: int) -> None:
        """Time must: steps that only make more steps at the same moment are a program that spins."""
        self.steps += 1
        self._spun = 0 if at > self.now else self._spun + 1
        if self._spun > MOST_AT_ONCE:
            raise Violation("time goes on", f"{MOST_AT_ONCE:,} steps within one millisecond")
        self.now = max(self.now, at)

    def sleep(self, ms: int) -> None:
        """Everything is off: time passes, and no step that was due happens any more."""
        self._heap.clear()
        self.now += ms

    def say(self, text: str) -> None:
        line = f"{self.now / 1000:9.3f}  {text}"
        self._hash.update(line.encode())
        self.last.append(line)
        if self._loud:
            print(line)

    def hurt(self, kind: str, text: str = "") -> None:
        """A fault was injected."""
        self.faults[kind] += 1
        self.say(f"FAULT {kind} {text}")

    def checked(self, kind: str, times: int = 1) -> None:
        self.checks[kind] += times

    def check(self, kind: str, true: bool, text: Callable[[], str] | str) -> None:
        """One check of a kind. Raises Violation."""
        self.checks[kind] += 1
        if not true:
            raise Violation(kind, text if isinstance(text, str) else text())

    def chance(self, share: float) -> bool:
        return self.random.random() < share


class Loop:
    """As much of an event loop as the server's line asks of one. Once `dead`, nothing of it runs any more."""

    def __init__(self, world: World, killed: Callable[[], None]) -> None:
        self._world = world
        self._killed = killed
        self.dead = False

    def time(self) -> float:
        return self._world.now / 1000

    def call_soon(self, act: Callable[..., Any], *args: Any) -> Timer:
        return self._world.after(0, self.step, act, *args)

    call_soon_threadsafe = call_soon

    def call_later(self, ms: int, act: Callable[..., Any], *args: Any) -> Timer:
        return self._world.after(ms, self.step, act, *args)

    def call_at(self, when: float, act: Callable[..., Any], *args: Any) -> Timer:
        return self.call_later(math.ceil(round(when * 1000, 3)) - self._world.now, act, *args)

    def step(self, act: Callable[..., Any], *args: Any) -> None:
        """Everything that the process does happens in here, so that it can be killed in the middle of it."""
        if not self.dead:
            try:
                act(*args)
            except Killed:
                self._killed()
