"""How virtual modules hear and speak: frames on a serial line, and frames with a head on a network.

    serial     unit | function | data | sum of two bytes, low one first        3.5 characters of silence end a frame
    network    transaction16 | 0000 | length16 | unit | function | data

On a serial line there is no other mark of a frame's end than the silence, so a module acts only once the time of all
bytes and of the silence is over. A host that speaks too early, or while an answer is on the line, is not understood.
"""

from collections.abc import Iterable

from hardware.sim.box_devices import BYTE_LIMIT, NoSuchKey
from hardware.sim.frames import crc16
from hardware.sim.modbus_kinds import KINDS
from hardware.sim.modbus_modules import VirtualModule

CHARACTER_BITS = 11
FAST_BAUD, FAST_SILENCE_S = 19200, 0.00175
HEAD_BYTES = 6


def crc(data: bytes) -> int:
    """The sum of a serial frame."""
    return crc16(data, 0xFFFF)


def silence_s(baud: int) -> float:
    return FAST_SILENCE_S if baud > FAST_BAUD else 3.5 * CHARACTER_BITS / baud


class ModuleBus:
    """Modules by their unit number, as the terminal and the control socket use them."""

    def __init__(self, units: Iterable[int], kind: str, baud: int = 9600) -> None:
        self.baud = baud
        self.boxes = {unit: VirtualModule(unit, kind=KINDS[kind], baud=baud) for unit in units}
        for unit in self.boxes:
            if not 1 <= unit <= 247:
                raise NoSuchKey(f"unit {unit}: a Modbus module has 1 to 247")

    def press(self, address: int, key: str) -> bytes:
        """Nothing is sent: a module only answers. `NoSuchKey` where it has no such key."""
        self.boxes[address].place(key)
        return b""

    def release(self, address: int, key: str) -> bytes:
        return b""

    def hear(self, data: bytes) -> bytes:
        """A whole serial frame → the answer's frame, b"" where nobody answers it."""
        answered = self.ask(data[:1], data[1:-2]) if self.understood(data) else None
        return b"" if answered is None else answered + crc(answered).to_bytes(2, "little")

    def understood(self, frame: bytes) -> bool:
        return len(frame) >= 4 and crc(frame[:-2]) == int.from_bytes(frame[-2:], "little")

    def ask(self, unit: bytes, pdu: bytes) -> bytes | None:
        """Unit, function and data asked → answered; None where no such module lives."""
        module = self.module(unit[0])
        if module is None or not pdu:
            return None
        return bytes([module.poses_as or unit[0]]) + module.answer(pdu)

    def module(self, unit: int) -> VirtualModule | None:
        """The module that has this number now, where it is alive."""
        found = (module for module in self.boxes.values() if module.address == unit and not module.dead)
        return next(found, None)


class SerialEar:
    """The host's bytes as they pass on the line: a frame is over when its time and the silence behind it are."""

    def __init__(self) -> None:
        self._frame = b""
        self._ends_s = 0.0

    def arrive(self, data: bytes, baud: int, now_s: float) -> None:
        self._ends_s = max(self._ends_s, now_s) + 10 * len(data) / baud
        self._frame = (self._frame + data)[-BYTE_LIMIT:]

    def due_s(self, baud: int) -> float | None:
        """When the frame will be over; None while there is none."""
        return self._ends_s + silence_s(baud) if self._frame else None

    def frame(self, baud: int, now_s: float) -> bytes:
        """The frame that is over by now, b"" while none is."""
        due_s = self.due_s(baud)
        if due_s is None or due_s > now_s:
            return b""
        frame, self._frame = self._frame, b""
        return frame


def network_frames(stream: bytes) -> tuple[list[tuple[bytes, int, bytes]], bytes]:
    """Frames of a stream as head without length, unit, function and data; and the rest. `ValueError`: no Modbus."""
    frames = []
    while len(stream) > HEAD_BYTES:
        length = int.from_bytes(stream[4:HEAD_BYTES], "big")
        if stream[2:4] != b"\0\0" or not 2 <= length <= 254:
            raise ValueError("bytes that are no Modbus head")
        if len(stream) < HEAD_BYTES + length:
            break
        frames.append((stream[:4], stream[HEAD_BYTES], stream[HEAD_BYTES + 1 : HEAD_BYTES + length]))
        stream = stream[HEAD_BYTES + length :]
    return frames, stream


def network_frame(head: bytes, answered: bytes) -> bytes:
    return head + len(answered).to_bytes(2, "big") + answered
