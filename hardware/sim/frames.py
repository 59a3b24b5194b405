"""What virtual devices do with bytes on a line: frames cut out of what arrived, and the sum that ends many of them."""

from collections.abc import Callable


def whole_frames(line: bytes, length: Callable[[bytes], int | None]) -> tuple[list[bytes], bytes]:
    """The frames in `line`, and what is left of it. `length` → how long the frame at the head of the bytes is: 0 none,
    None not yet to be told."""
    frames = []
    while line:
        long = length(line)
        if long is None:
            break
        if long:
            frames.append(line[:long])
        line = line[long or 1 :]
    return frames, line


def crc16(data: bytes, start: int) -> int:
    """Long division by x^16 + x^15 + x^2 + 1, lowest bits first. `start`: 0xFFFF as in Modbus, 0 in CRC-16/ARC."""
    remainder = start
    for bit in (byte >> place & 1 for byte in data for place in range(8)):
        remainder = (remainder >> 1) ^ (0xA001 if (remainder ^ bit) & 1 else 0)
    return remainder
