"""Text blocks and reading answers of made-up people, byte by byte from the reader's document."""

from functools import reduce
from operator import xor

NAME, ADDRESS = "王小丫甲乙", "示例省示例市示例路一号"
PREAMBLE = bytes.fromhex("AA AA AA 96 69")


def put(block: bytearray, offset: int, length: int, text: str) -> None:
    data = text.encode("utf-16-le").ljust(length, b"\x20") if not text else text.encode("utf-16-le")
    block[offset : offset + len(data)] = data
    assert len(data) <= length


def blank() -> bytearray:
    return bytearray(" ".encode("utf-16-le") * 128)


def resident(number: str = "11010519491231002X", birth: str = "19491231", letter: str = " ") -> bytes:
    """Also J and Y: the letter alone tells them."""
    block = blank()
    for offset, length, text in (
        (0, 30, NAME), (30, 2, "1"), (32, 4, "01"), (36, 16, birth), (52, 70, ADDRESS), (122, 36, number),
        (158, 30, "示例市公安局"), (188, 16, "20200101"), (204, 16, "长期"), (248, 2, letter),
    ):  # fmt: skip
        put(block, offset, length, text)
    return bytes(block)


def foreigner(number: str = "USA110000000015", birth: str = "19550203") -> bytes:
    block = blank()
    for offset, length, text in (
        (0, 120, "DOE, JOHN"), (120, 2, "1"), (122, 30, number), (152, 6, "USA"), (158, 30, NAME),
        (188, 16, "20170101"), (204, 16, "20270101"), (220, 16, birth), (236, 4, "01"), (240, 8, "1500"),
        (248, 2, "I"),
    ):  # fmt: skip
        put(block, offset, length, text)
    return bytes(block)


def frame(sw3: int, data: bytes = b"") -> bytes:
    """A reader's answer."""
    body = (4 + len(data)).to_bytes(2, "big") + bytes([0, 0, sw3]) + data
    return PREAMBLE + body + bytes([reduce(xor, body)])


def reading(block: bytes, prints: int | None = None) -> bytes:
    """The answer to a read; `prints`: bytes of fingerprints, None = none asked for."""
    sizes = bytes.fromhex("01 00 04 00") + (b"" if prints is None else prints.to_bytes(2, "big"))
    return frame(0x90, sizes + block + bytes(range(256)) * 4 + b"\xaa" * (prints or 0))
