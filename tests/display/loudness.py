"""How loud a sound is to people: ITU-R BS.1770's weighting and gate, for short sounds of our rate.

Two filters, a shelf for the head and a high pass; then the mean power of 20 ms parts, those ten decibels below the mean
left out. The standard's parts are 400 ms long, longer than most clips. In LUFS; differences are LU, which are decibels.
"""

import math

from ticketserver.sound.waves import RATE, Samples

PART_S = 0.02
SHELF_HZ, SHELF_DB, SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
PASS_HZ, PASS_Q = 38.13547087602444, 0.5003270373238773

Biquad = tuple[float, float, float, float, float]


def shelf() -> Biquad:
    turn, high = math.tan(math.pi * SHELF_HZ / RATE), 10 ** (SHELF_DB / 20)
    band = high**0.4996667741545416
    whole = 1 + turn / SHELF_Q + turn * turn
    return (
        (high + band * turn / SHELF_Q + turn * turn) / whole,
        2 * (turn * turn - high) / whole,
        (high - band * turn / SHELF_Q + turn * turn) / whole,
        2 * (turn * turn - 1) / whole,
        (1 - turn / SHELF_Q + turn * turn) / whole,
    )


def high_pass() -> Biquad:
    turn = math.tan(math.pi * PASS_HZ / RATE)
    whole = 1 + turn / PASS_Q + turn * turn
    return 1.0, -2.0, 1.0, 2 * (turn * turn - 1) / whole, (1 - turn / PASS_Q + turn * turn) / whole


def filtered(values: list[float], biquad: Biquad) -> list[float]:
    b0, b1, b2, a1, a2 = biquad
    x1 = x2 = y1 = y2 = 0.0
    made = []
    for x in values:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        made.append(y)
    return made


def lufs(samples: Samples) -> float:
    values = filtered(filtered([sample / 32_768 for sample in samples], shelf()), high_pass())
    size = min(len(values), round(PART_S * RATE))
    powers = [math.fsum(v * v for v in values[at : at + size]) / size for at in range(0, len(values) - size + 1, size)]
    gate = math.fsum(powers) / len(powers) / 10
    heard = [power for power in powers if power >= gate]
    return -0.691 + 10 * math.log10(math.fsum(heard) / len(heard))
