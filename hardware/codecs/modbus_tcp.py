"""Modbus over TCP: the master's ear, and the head that stands in place of the serial line's sum.

    transaction16 | 0000 | length16 | unit | function | data        length = everything after it, 2 to 254

    00 01 00 00 00 06 01 02 00 00 00 08  →  00 01 00 00 00 04 01 02 01 05      inputs 1 and 3 of unit 1 are closed

The transaction is counted here and repeated by the unit: an answer that comes late, after its question was given up, is
known by it and dropped. What can go wrong beside that: bytes that are no head (a serial server in the wrong mode, a
stream joined in its middle) are dropped one at a time up to the next that may be one.
"""

from typing import Final

from hardware.codecs.modbus import Answer, Request, answer_of

_HEAD: Final = 6
_LENGTHS: Final = range(2, 255)


class TcpDecoder:
    """`ask` what goes out, `feed` what comes in, split anywhere. Made anew with each connection."""

    def __init__(self) -> None:
        self._transaction = 0
        self._request: Request | None = None
        self._heard = b""

    @property
    def stray(self) -> bool:
        """Whether bytes were heard that are no whole frame."""
        return bool(self._heard)

    def ask(self, request: Request) -> bytes:
        """The bytes to send."""
        self._request = request
        self._transaction = (self._transaction + 1) & 0xFFFF
        return self._head(len(request.pdu) + 1) + bytes([request.unit]) + request.pdu

    def feed(self, data: bytes) -> Answer | None:
        """The answer that `data` completes, else None."""
        self._heard += data
        answer = None
        while len(self._heard) > _HEAD:
            length = int.from_bytes(self._heard[4:_HEAD], "big")
            if self._heard[2:4] != b"\0\0" or length not in _LENGTHS:
                self._heard = self._heard[1:]
                continue
            if len(self._heard) < _HEAD + length:
                break
            frame, self._heard = self._heard[: _HEAD + length], self._heard[_HEAD + length :]
            answer = answer or self._answer(frame)
        return answer

    def _answer(self, frame: bytes) -> Answer | None:
        request = self._request
        if request is None or frame[:_HEAD] != self._head(len(frame) - _HEAD) or frame[_HEAD] != request.unit:
            return None
        answer = answer_of(request, frame[_HEAD + 1 :])
        if answer is not None:
            self._request = None
        return answer

    def _head(self, length: int) -> bytes:
        return self._transaction.to_bytes(2, "big") + b"\0\0" + length.to_bytes(2, "big")
