"""How long it takes until each box of a polled bus has been asked once, and whether that is fast enough.

    one exchange = bytes asked and answered, 10 bits each · two silences between frames · what the unit needs to answer

| bus | one unit | all |
|---|---|---|
| Modbus RTU 9600, 8 inputs | 14 bytes 14.6 + 2 × 4.0 + 2 = 24.6 ms | 3 units 74 ms, 4 units 98 ms |
| Modbus RTU 115200, 8 inputs | 14 bytes 1.2 + 2 × 1.75 + 2 = 6.7 ms | 14 units 94 ms |
| Modbus TCP | 10 ms | 9 units 90 ms |
| UB485 57600, polled | 7 bytes 1.2 + 2.5 = 3.7 ms, in whole ms 4 | 16 boxes 64 ms |

A press lasts 80 to 200 ms, and a contact is certain to be met only when it is closed for a whole cycle. So a cycle may
take 100 ms (`LONGEST_CYCLE_MS`): the common press is certain, one of 80 ms is met four times out of five, and only the
very shortest need a second try. What is slower loses presses every day and is refused, unless the modules remember
presses by latches or counters: then a press comes late, never not at all. Lights are set in between, one exchange a
cycle at most and none while nothing changes; that is not counted here. A spontaneous UB485 bus has no cycle.
"""

from collections.abc import Iterable
from math import ceil
from typing import Final

from hardware.codecs.modbus_rtu import silence_ms

LONGEST_CYCLE_MS: Final = 100.0
BITS_PER_BYTE: Final = 10
RTU_ANSWERS_MS: Final = 2.0
TCP_EXCHANGE_MS: Final = 10.0
UB485_BYTES: Final = 7
UB485_ANSWERS_MS: Final = 2.5


def wire_ms(baud: int, count: int) -> float:
    """How long `count` bytes are on a serial line: 8N1, ten bits each."""
    return count * BITS_PER_BYTE * 1000 / baud


def rtu_cycle_ms(baud: int, exchanges: Iterable[int]) -> float:
    """One cycle of Modbus RTU; for each exchange its bytes, asked and answered together."""
    return sum(wire_ms(baud, count) + 2 * silence_ms(baud) + RTU_ANSWERS_MS for count in exchanges)


def tcp_cycle_ms(exchanges: Iterable[int]) -> float:
    """One cycle of Modbus TCP; the bytes of an exchange do not matter there."""
    return sum(TCP_EXCHANGE_MS for _ in exchanges)


def ub485_slot_ms(baud: int) -> int:
    """How long a polled UB485 box is given to answer, with the question's own time."""
    return ceil(wire_ms(baud, UB485_BYTES) + UB485_ANSWERS_MS)


def meets_presses(cycle_ms: float) -> bool:
    """Whether a bus that reads contacts so often is to be used with modules that remember nothing."""
    return cycle_ms <= LONGEST_CYCLE_MS
