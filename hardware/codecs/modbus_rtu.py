"""Modbus on a serial line (RTU): the master's ear. Questions, answers and the frame itself: modbus.py.

    unit | function | data | CRC-16/MODBUS, low byte first

Between two frames the line is quiet for 3.5 characters of 11 bits, and for 1.75 ms above 19200.

What can go wrong. Frames have no mark at their beginning and an answer does not say which question it answers. So the
decoder is told what was asked, and at any place takes only that unit, that function and that length with a right sum.
Noise, another unit's answer and a late answer to another question pass by; a late answer to the very same question
cannot be told from the one awaited. An adapter that echoes repeats the question: after a read that is recognised and
kept in mind (`echoes`) until a read is answered without it, since the echo of a 05 or 06 is byte for byte its own good
answer.
"""

from typing import Final

from hardware.codecs.modbus import (
    REFUSAL_LENGTH,
    WRITE_COIL,
    WRITE_REGISTER,
    Answer,
    Request,
    answer_of,
    closed,
    rtu,
)

CHARACTER_BITS: Final = 11
FAST_BAUD: Final = 19200
FAST_SILENCE_MS: Final = 1.75
_AROUND: Final = 3
"""Bytes of an answer around function and data: unit and sum."""


def silence_ms(baud: int) -> float:
    """How long the line is quiet between two frames."""
    return FAST_SILENCE_MS if baud > FAST_BAUD else 3.5 * CHARACTER_BITS * 1000 / baud


class RtuDecoder:
    """`ask` what goes out, `feed` what comes in, split anywhere. Made anew with each opened line."""

    def __init__(self) -> None:
        self.echoes = False
        self._request: Request | None = None
        self._frame = self._heard = b""
        self._echo_due = False

    @property
    def stray(self) -> bool:
        """Whether bytes were heard that are neither the answer nor an echo."""
        return bool(self._heard)

    def ask(self, request: Request) -> bytes:
        """The frame to send; what was heard before it is forgotten."""
        self._request, self._frame, self._heard = request, rtu(request), b""
        # Only where it is known to come; elsewhere the first of its kind is the answer itself.
        self._echo_due = self.echoes or request.function not in (WRITE_COIL, WRITE_REGISTER)
        return self._frame

    def feed(self, data: bytes) -> Answer | None:
        """The answer that `data` completes, else None; after the answer nothing more is heard."""
        request = self._request
        if request is None:
            return None
        self._heard += data
        if self._echo_due and self._frame in self._heard:
            self._heard = self._heard.partition(self._frame)[2]
            self._echo_due, self.echoes = False, True
        for at in range(len(self._heard)):
            answer = _answer_at(request, self._heard, at)
            if answer is not None:
                if self._echo_due and not at:
                    # With nothing before the answer, not even a damaged echo, the adapter does not echo.
                    self.echoes = False
                self._request = None
                return answer
        longest = max(len(self._frame), request.answer_length + _AROUND)
        self._heard = self._heard[1 - longest :]
        return None


def _answer_at(request: Request, heard: bytes, at: int) -> Answer | None:
    if heard[at] != request.unit:
        return None
    for length in (request.answer_length, REFUSAL_LENGTH):
        frame = heard[at : at + length + _AROUND]
        if len(frame) == length + _AROUND and frame == closed(frame[:-2]):
            answer = answer_of(request, frame[1:-2])
            if answer is not None:
                return answer
    return None
