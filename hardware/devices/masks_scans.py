"""What a person's code says, taken out of a scanner's bytes before anybody sees them: masks of a recorder, as masks.py.

| scanner | stays | in its place |
|---|---|---|
| bytes | CR and LF | * |
| module | CR and LF, its own answers (02 00 type length …) | * |
| keyboard | Enter, the shift keys, every event's kind, time and value | the key X |
"""

from typing import Final

LINE_ENDS: Final = b"\r\n"
STAR: Final = ord("*")
ANSWER_START: Final = b"\x02\x00"
ANSWER_DATA_BYTES: Final = 2
ANSWER_SUM_BYTES: Final = 2

EVENT_BYTES: Final = 24
EV_KEY: Final = 1
EV_MSC: Final = 4
KEY_X: Final = 45
KEYS_KEPT: Final = frozenset({28, 42, 54, 96})


class ScanMask:
    """Codes as bytes."""

    def sent(self) -> None:
        pass

    def heard(self, data: bytes) -> bytes:
        return bytes(byte if byte in LINE_ENDS else STAR for byte in data)


class ModuleMask:
    """Codes and answers of a scanner module. A text never holds 02 00, and no answer to the driver's commands has more
    than two bytes of data. Of a code that follows an answer cut off on the line, so many and a crc's are seen at most.
    """

    def __init__(self) -> None:
        self._head = b""
        self._left = 0

    def sent(self) -> None:
        """The driver asks again without waiting, so an answer half heard goes on."""

    def heard(self, data: bytes) -> bytes:
        return bytes(self._byte(byte) for byte in data)

    def _byte(self, byte: int) -> int:
        if self._left:
            self._left -= 1
            return byte
        place = len(self._head)
        fits = (byte == ANSWER_START[place]) if place < len(ANSWER_START) else place == 2 or byte <= ANSWER_DATA_BYTES
        if not fits:
            self._head = bytes([byte]) if byte == ANSWER_START[0] else b""
            return byte if self._head or byte in LINE_ENDS else STAR
        self._head += bytes([byte])
        if place == len(ANSWER_START) + 1:
            self._head, self._left = b"", byte + ANSWER_SUM_BYTES
        return byte


class KeyboardMask:
    """Codes as a keyboard's events: 8 bytes each for seconds and microseconds, type 2, code 2, value 4."""

    def __init__(self) -> None:
        self._event = bytearray()

    def sent(self) -> None:
        pass

    def heard(self, data: bytes) -> bytes:
        return bytes(self._byte(byte) for byte in data)

    def _byte(self, byte: int) -> int:
        place = len(self._event)
        self._event.append(byte)
        kind = self._event[16] if place >= 18 else 0
        if place == EVENT_BYTES - 1:
            self._event.clear()
        if kind == EV_MSC and place >= 20:
            # The scan code tells the key as well.
            return 0
        if kind != EV_KEY or place not in (18, 19):
            return byte
        kept = place == 18 and byte in KEYS_KEPT
        return byte if kept else KEY_X * (place == 18)
