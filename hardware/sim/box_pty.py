"""The serial line of virtual boxes: a terminal (terminal.py) with the faults of a long cable."""

import random
from dataclasses import dataclass
from pathlib import Path

from hardware.sim.terminal import Terminal


@dataclass
class LineFaults:
    """bounce: further closings per press · noise: chance of 1–3 stray bytes before a frame · flip: chance of one
    wrong bit · drop: chance of one lost byte · echo: the adapter repeats what the host sends."""

    bounce: int = 0
    noise: float = 0.0
    flip: float = 0.0
    drop: float = 0.0
    echo: bool = False


class PtyLine(Terminal):
    """The boxes' end of the line."""

    def __init__(self, path: Path, baud: int, faults: LineFaults, seed: int = 0) -> None:
        super().__init__(path, baud)
        self._faults = faults
        self._random = random.Random(seed)

    def receive(self) -> bytes:
        """What the host sent; with an echoing adapter it also goes straight back."""
        data = self.read()
        if self._faults.echo:
            self.queue(data)
        return self.heard(data)

    def send(self, frame: bytes) -> None:
        """Queue one frame for the host, with this line's faults."""
        if not (frame and self.plugged):
            return
        line = bytearray(frame)
        if self._random.random() < self._faults.drop:
            del line[self._random.randrange(len(line))]
        if line and self._random.random() < self._faults.flip:
            line[self._random.randrange(len(line))] ^= 1 << self._random.randrange(8)
        if self._random.random() < self._faults.noise:
            line[:0] = bytes(self._random.choice(b"\x00\xff\x80\xfe") for _ in range(self._random.randint(1, 3)))
        self.queue(line)
