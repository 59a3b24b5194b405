"""How a unit tells that a slip is out, found out by asking it once on each opened line.

| way | asked | told | result |
|---|---|---|---|
| marker | 1D 28 48 … token | 37 22 token 00, once everything before it is on paper | confirmed |
| fence | 1D 72 01 | paper status, once everything before it is processed | fenced |
| none | | nothing; a state without a fault afterwards | assumed |

Units that do not know the marker may take its bytes for text: the line in hand is emptied after a failed try.
"""

from collections.abc import Callable, Collection
from enum import Enum
from typing import Final

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_answers import Answer, AutoStatus, Marker, Queued
from hardware.codecs.escpos_status import decode_auto_status, is_queued_paper
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


def probe(line: PrinterLine, clock: Callable[[], float], token: Callable[[], bytes]) -> Finish:
    """Which way this unit knows; it has to be ready and empty. `token` gives a fresh one each time."""
    for finish in (Finish.MARKER, Finish.FENCE):
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


def unasked_fault(heard: Collection[Answer]) -> bool:
    """Whether the newest automatic status tells of a fault."""
    states = [decode_auto_status(answer.data) for answer in heard if isinstance(answer, AutoStatus)]
    return bool(states and states[-1].fault)
