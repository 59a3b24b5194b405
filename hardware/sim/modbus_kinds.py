"""Kinds of virtual input modules: what each has, and where.

| model | contacts | outputs (coils) | remembers | registers |
|---|---|---|---|---|
| waveshare | FC02 0–7 | FC01 FC05 FC0F 0–7 | – | FC03 FC06 1000–1007 output mode, 4000 unit |
| moxa | FC02 0–7 | FC01 FC05: coil n starts counter n | FC04 from 0: 32 bit, high word first | – |
| adam | FC01 0–6 | – | – | – |
| icpdas | FC01 FC02 32–39 | FC05 263 clears latches | FC01 FC02 64–71 closings, 96–103 openings | FC03 484, 485 speed |

The contacts are wired 1 next, 2 recall, 3 start, 4 finish, 5 rating, 6 pause, 7 redirect; a rating pad's are level_5 …
level_1 from 1 on.
"""

from dataclasses import dataclass

ANSWERS_MS = 0.5
WIRED = {
    "next": 1, "recall": 2, "start": 3, "finish": 4, "rating": 5, "pause": 6, "redirect": 7,
    "level_5": 1, "level_4": 2, "level_3": 3, "level_2": 4, "level_1": 5,
}  # fmt: skip
FAULTS = {"slow": "slow_ms", "refuse": "refuses", "pose": "poses_as"}
SPEED_CODES = {1200: 3, 2400: 4, 4800: 5, 9600: 6, 19200: 7, 38400: 8, 57600: 9, 115200: 10}
OUTPUTS = 8
MODES = range(1000, 1000 + OUTPUTS)
UNIT = 4000
BITS, WORDS = 2000, 125


@dataclass(frozen=True)
class Kind:
    """What a model has where: the first address of each, None for what it lacks."""

    contacts_by: tuple[int, ...]
    contacts: int
    inputs: int = 8
    outputs: int | None = None
    latches: int | None = None
    clear: int | None = None
    counters: int | None = None
    modes: bool = False
    unit: int | None = None
    speed: int | None = None


KINDS = {
    "waveshare": Kind((2,), 0, outputs=0, modes=True, unit=UNIT),
    "moxa": Kind((2,), 0, outputs=0, counters=0),
    "adam": Kind((1,), 0, inputs=7),
    "icpdas": Kind((1, 2), 32, latches=64, clear=263, unit=484, speed=485),
}
