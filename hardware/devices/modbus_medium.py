"""What Modbus runs over: a serial line with its silences, or a network."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from hardware.codecs.modbus import Answer, Request
from hardware.codecs.modbus_rtu import RtuDecoder, silence_ms
from hardware.codecs.modbus_tcp import TcpDecoder
from hardware.devices.bus_time import wire_ms

SHORT_MS: Final = 100
LONG_MS: Final = 300
AROUND: Final = 3
"""Bytes of a serial frame around function and data."""


class Ear(Protocol):
    """Makes frames of questions and finds their answers; made anew with each opened link. `stray`: bytes were heard
    that are no answer."""

    @property
    def stray(self) -> bool: ...
    def ask(self, request: Request) -> bytes: ...
    def feed(self, data: bytes) -> Answer | None: ...


@dataclass(frozen=True)
class Medium:
    """`silence_ms` between two frames; `baud` 0 = a network."""

    ear: Callable[[], Ear]
    silence_ms: float = 0.0
    baud: int = 0

    def timeout_ms(self, request: Request) -> int:
        """How long an answer is waited for: the time of both frames and what a slow unit needs, 100 to 300 ms."""
        if not self.baud:
            return LONG_MS
        wire = ceil(wire_ms(self.baud, exchange_bytes(request)))
        return min(max(wire + SHORT_MS // 2, SHORT_MS), LONG_MS)


def exchange_bytes(request: Request) -> int:
    """The bytes of question and answer on a serial line."""
    return len(request.pdu) + request.answer_length + 2 * AROUND


def serial_medium(baud: int) -> Medium:
    return Medium(RtuDecoder, silence_ms(baud), baud)


def network_medium() -> Medium:
    return Medium(TcpDecoder)
