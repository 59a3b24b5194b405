"""The lines at the counters: a round over all boxes of a polled bus, and a new look to its first byte on the line.

A round is measured once, for five times a row's seconds: a bus keeps its pace, so a second time would be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.bench.buses import cycle_times
from tests.bench.figures import Round
from tests.bench.panels import call_to_panel_ms

CYCLES = {
    "cycle_rtu_3": "3 Modbus modules of 8 inputs, 9600",
    "cycle_rtu_14": "14 Modbus modules of 8 inputs, 115200",
    "cycle_tcp": "1 Modbus TCP module of 8 inputs",
    "cycle_ub485_16": "16 UB485 boxes polled, 57600",
}
LOOKS = {"look_led485": "led485", "look_bx": "bx"}
NAMES = (*CYCLES, *LOOKS)
LOOK_S = 0.225
"""A new look on a panel, with the rest after it (`panels.py`)."""


def cycle(kind: str, seconds: float) -> Round:
    times = cycle_times(kind, 5 * seconds)
    return Round(len(times), 5 * seconds, times)


def look(protocol: str, seconds: float) -> Round:
    began = perf_counter()
    times = call_to_panel_ms(protocol, calls=max(1, round(seconds / LOOK_S)))
    return Round(len(times), perf_counter() - began, times)


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    cycles = {name: partial(cycle, kind) for name, kind in CYCLES.items() if name in names}
    yield cycles | {name: partial(look, protocol) for name, protocol in LOOKS.items() if name in names}
