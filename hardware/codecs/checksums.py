"""The check sums of small serial devices.

| name | width | how | "123456789" |
|---|---|---|---|
| sum8 | 1 byte | sum of all bytes mod 256 | DD |
| xor8 | 1 byte | exclusive or of all bytes | 31 |
| crc16-modbus | 2 bytes | polynomial 8005 reflected (A001), start FFFF | 4B37 |
| crc16-arc | 2 bytes | polynomial 8005 reflected (A001), start 0000 | BB3D |
| crc16-xmodem | 2 bytes | polynomial 1021, not reflected, start 0000 | 31C3 |

sum8 misses swapped bytes and xor8 two errors in one column; neither is proof of anything but a clean line.
Byte order on the wire is the protocol's business, not the sum's.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import xor
from types import MappingProxyType

REFLECTED_8005 = 0xA001
POLYNOMIAL_1021 = 0x1021


def sum8(data: bytes) -> int:
    """Sum of all bytes, 0–255."""
    return sum(data) & 0xFF


def xor8(data: bytes) -> int:
    """Exclusive or of all bytes, 0–255."""
    return reduce(xor, data, 0)


def _crc16(data: bytes, start: int) -> int:
    crc = start
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (REFLECTED_8005 if crc & 1 else 0)
    return crc


def crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS, 0–65535; Modbus RTU sends the low byte first."""
    return _crc16(data, 0xFFFF)


def crc16_arc(data: bytes) -> int:
    """CRC-16/ARC, 0–65535."""
    return _crc16(data, 0x0000)


def crc16_xmodem(data: bytes) -> int:
    """CRC-16/XMODEM, 0–65535; scanner modules send the high byte first."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (POLYNOMIAL_1021 if crc & 0x8000 else 0)) & 0xFFFF
    return crc


CHECKSUMS: Mapping[str, tuple[Callable[[bytes], int], int]] = MappingProxyType(
    {"sum8": (sum8, 1), "xor8": (xor8, 1), "crc16-modbus": (crc16_modbus, 2), "crc16-arc": (crc16_arc, 2)}
)
"""name → (function, width in bytes)"""
