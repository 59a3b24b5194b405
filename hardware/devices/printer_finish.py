"""How a unit tells that a slip is out, found out by asking it once on each opened line.

| way | asked | told | result |
|---|---|---|---|
| marker | 1D 28 48 … token | 37 22 token 00, once everything before it is on paper | confirmed |
| fence | 1D 72 01 | paper status, once everything before it is processed | fenced |
| none | | nothing; a state without a fault afterwards | assumed |

Units that do not know the marker may take its bytes for text: the line in hand is emptied after a failed try, and a
model that is known for it is not asked.
"""

from collections.abc import Callable, Collection
from enum import Enum
from typing import Final

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_answers import Answer, Marker, Queued
from hardware.codecs.escpos_status import is_queued_paper
from hardware.devices.printer_talk import PrinterLine

PROBE_S: Final = 1.0
PROBES: Final = 2


class Finish(Enum):
    MARKER = "marker"
    FENCE = "fence"
    NONE = "none"

    def question(self, token: bytes) -> bytes:
        """What is sent after a slip."""
        return {Finish.MARKER: esc.marker(token), Finish.FENCE: esc.QUEUED_PAPER, Finish.NONE: b""}[self]

    def answered(self, heard: Collection[Answer], token: bytes) -> bool:
        """Whether the answer to it is among what was heard."""
        if self is Finish.MARKER:
            return Marker(token, printed=True) in heard
        return self is Finish.FENCE and any(isinstance(a, Queued) and is_queued_paper(a.byte) for a in heard)


def probe(line: PrinterLine, clock: Callable[[], float], token: Callable[[], bytes], marker: bool) -> Finish:
    """Which way this unit knows; it has to be ready and empty. `token` gives a fresh one each time. `marker`: it may
    be asked for that."""
    for finish in (Finish.MARKER, Finish.FENCE) if marker else (Finish.FENCE,):
        for _ in range(PROBES):
            own = token()
            line.heard.clear()
            line.send(finish.question(own))
            until = clock() + PROBE_S
            while not finish.answered(line.heard, own) and (left := until - clock()) > 0:
                line.listen(left)
            if finish.answered(line.heard, own):
                return finish
        line.send(esc.INITIALISE)
    return Finish.NONE
