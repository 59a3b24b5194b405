"""Made-up people on made-up cards: the text block of each kind of card, as the reader's document lays it out.

UTF-16LE, padded with spaces; offsets and lengths are bytes. The numbers are well formed and belong to nobody.
"""

from collections.abc import Mapping

TEXT_BYTES = 256
PHOTO_BYTES = 1024

Field = tuple[int, int, str]


def _local(name: str, birth: str, number: str, letter: str = "", extra: tuple[Field, ...] = ()) -> tuple[Field, ...]:
    """A resident's card; J and Y cards share its places here."""
    return (
        (0, 30, name), (30, 2, "2"), (32, 4, "01"), (36, 16, birth), (52, 70, "示例省示例市示例路1号"),
        (122, 36, number), (158, 30, "示例市公安局"), (188, 16, "20210101"), (204, 16, "长期"), *extra,
        (248, 2, letter),
    )  # fmt: skip


PEOPLE: Mapping[str, tuple[Field, ...]] = {
    "resident": _local("示例老人", "19491231", "11010519491231002X"),
    "young": _local("示例青年", "19940823", "110105199408230023"),
    "j": _local("示例港客", "19940823", "810000199408230021", "J", ((220, 18, "H00000000"), (238, 4, "01"))),
    "i": (
        (0, 120, "SAMPLE, PERSON"), (120, 2, "1"), (122, 30, "USA110000000015"), (152, 6, "USA"), (158, 30, "示例外宾"),
        (188, 16, "20170101"), (204, 16, "20270101"), (220, 16, "19550203"), (236, 4, "01"), (240, 8, "1500"),
        (248, 2, "I"),
    ),
    "y": _local("示例新宾", "19850101", "932682198501010017", "Y"),
    "unknown": ((0, 120, "SAMPLE, PERSON"), (248, 2, "Q")),
}  # fmt: skip


def text_block(person: str) -> bytes:
    """The 256 bytes on this person's card; `KeyError` for somebody who is not in `PEOPLE`."""
    block = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    for offset, length, text in PEOPLE[person]:
        data = text.encode("utf-16-le")[:length]
        block[offset : offset + len(data)] = data
    return bytes(block)


def photo() -> bytes:
    """A compressed picture as far as anybody here can tell."""
    return bytes((7 * place + 3) & 0xFF for place in range(PHOTO_BYTES))
