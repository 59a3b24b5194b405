"""21-key call boxes: the frame only. What a command means and which code a key has differ by maker and are data.

    FF 68 L L 68 adr cmd data… CS 16        L = bytes of adr…data · CS = sum of adr…data mod 256

Both directions share the frame; `adr` is the box in both.

What can go wrong. There are two sums of length and one of content, so noise seldom looks like a frame, but a sum of
bytes misses swapped ones. A head whose rest never comes would swallow what follows: a whole frame inside an unfinished
one is taken, for the head was noise then, and half a frame older than `GAP_MS` is dropped, or a stray byte minutes
later would finish it. Data longer than `DATA_BYTES` is no frame of these boxes, which bounds what is held.
"""

from dataclasses import dataclass
from typing import Final

from hardware.codecs.checksums import sum8

ADDRESSES: Final = range(0x100)
DATA_BYTES: Final = 32
GAP_MS: Final = 100
"""The longest frame takes 42 ms at 9600 baud; a USB adapter hands its bytes on in lumps of 16 ms."""

_HEAD = b"\xff\x68"
_AGAIN, _END = 0x68, 0x16
_OVERHEAD = 7
"""FF 68 L L 68 before what is counted, CS 16 behind it."""
_COUNTED = range(2, 2 + DATA_BYTES + 1)


@dataclass(frozen=True)
class Frame:
    """One whole frame as heard; `raw` tells an echo of our own from a box's word."""

    raw: bytes
    address: int
    command: int
    data: bytes


class Decoder:
    """Bytes in, frames out, split anywhere; holds at most one unfinished frame. `dropped` counts stray bytes."""

    def __init__(self) -> None:
        self._pending = b""
        self._last_ms = 0
        self.dropped = 0

    def feed(self, data: bytes, at_ms: int) -> list[Frame]:
        """The frames that `data`, arrived at `at_ms` (any clock that only grows), completes."""
        if at_ms - self._last_ms > GAP_MS:
            self.dropped += len(self._pending)
            self._pending = b""
        self._last_ms = at_ms
        buffer = self._pending + data
        frames: list[Frame] = []
        taken = at = 0
        unfinished = None
        while at < len(buffer):
            length = _frame_length(buffer, at)
            if length is None and unfinished is None:
                unfinished = at
            if length:
                self.dropped += at - taken
                frames.append(_frame(buffer[at : at + length]))
                taken, unfinished = at + length, None
            at += length or 1
        rest = len(buffer) if unfinished is None else unfinished
        self.dropped += rest - taken
        self._pending = buffer[rest:]
        return frames


def _frame_length(buffer: bytes, at: int) -> int | None:
    """Length of the frame that starts at `at`; 0 when none does; None when more bytes must decide."""
    head = buffer[at : at + 5]
    if head[:2] != _HEAD[: len(head)]:
        return 0
    if len(head) > 2 and head[2] not in _COUNTED:
        return 0
    if len(head) > 3 and head[3] != head[2]:
        return 0
    if len(head) < 5:
        return None
    if head[4] != _AGAIN:
        return 0
    length = head[2] + _OVERHEAD
    frame = buffer[at : at + length]
    if len(frame) < length:
        return None
    return length if frame[-1] == _END and frame[-2] == sum8(frame[5:-2]) else 0


def _frame(raw: bytes) -> Frame:
    return Frame(raw, raw[5], raw[6], raw[7:-2])


def frame(address: int, command: int, data: bytes = b"") -> bytes:
    """One frame to or from the box at `address`. Raises `ValueError` where a part does not fit its place."""
    for name, value in (("address", address), ("command", command)):
        if value not in ADDRESSES:
            raise ValueError(f"21-key box {name} {value}: allowed 0 to 255")
    if len(data) > DATA_BYTES:
        raise ValueError(f"21-key box data of {len(data)} bytes: at most {DATA_BYTES}")
    counted = bytes([address, command, *data])
    length = len(counted)
    return _HEAD + bytes([length, length, _AGAIN]) + counted + bytes([sum8(counted), _END])
