"""What a long cable does to the answers of virtual panels."""

import random
from dataclasses import dataclass


@dataclass
class AnswerFaults:
    """noise: chance of 1–3 stray bytes before an answer · flip: chance of one wrong bit · drop: chance of one lost
    byte · echo: the adapter repeats what the host sends · wrong_speed: the panels have another speed than the host."""

    noise: float = 0.0
    flip: float = 0.0
    drop: float = 0.0
    echo: bool = False
    wrong_speed: bool = False


def spoiled(answer: bytes, faults: AnswerFaults, chance: random.Random) -> bytes:
    """An answer as it reaches the host."""
    line = bytearray(answer)
    if line and chance.random() < faults.drop:
        del line[chance.randrange(len(line))]
    if line and chance.random() < faults.flip:
        line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
    if line and chance.random() < faults.noise:
        line[:0] = bytes(chance.choice(b"\x00\xff\x80\xfe") for _ in range(chance.randint(1, 3)))
    return bytes(line)
