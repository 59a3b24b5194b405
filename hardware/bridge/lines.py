"""A line of the hall with its devices, by name: what the bridge needs to know of it besides how to talk to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hardware.bridge.port import BoxBus, Bus
from hardware.devices.panel import PanelBus

Kind = Literal["call_box", "rating_pad", "panel"]


@dataclass(frozen=True)
class Device:
    """One device of a counter: `id` as the server knows it."""

    id: str
    kind: Kind
    counter: int


@dataclass(frozen=True)
class Line:
    """A line with its id in the settings (its link where it has none), and its devices by address."""

    id: str
    devices: Mapping[int, Device]
    bus: Bus


@dataclass(frozen=True)
class BoxLine(Line):
    """A line with call boxes and rating pads."""

    bus: BoxBus


@dataclass(frozen=True)
class PanelLine(Line):
    """A line with panels."""

    bus: PanelBus


class BadLine(ValueError):
    """The settings of a line cannot be used. `line` is its id."""

    def __init__(self, line: str, problem: str) -> None:
        super().__init__(problem)
        self.line = line
