"""What a printer tells unasked: automatic status (1D 61 n), which shows a fault at once instead of at the next look.

Asked for where the model's data says that it works, and kept only if the unit answers as it should: the first four
bytes come at once. Without them it is switched off again, since 1D 61 has another meaning on some boards.

What can go wrong. With one bit wrong the rest of an automatic status reads as queued ones (see escpos_answers), and a
queued one is what a unit without a marker says a slip is out with: such a unit is not asked to tell anything. A unit
that lost its power has forgotten the wish: it goes out again with each slip. What is told here is never believed alone,
it only makes the driver look.
"""

from collections.abc import Callable, Collection

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_answers import Answer, AutoStatus
from hardware.codecs.escpos_status import decode_auto_status
from hardware.devices.printer_finish import PROBE_S, Finish
from hardware.devices.printer_talk import STALE_READS, PrinterLine


class Unasked:
    """One unit's automatic status, from its probe on until its line is closed."""

    def __init__(self) -> None:
        self._works = False
        self._told: bytes | None = None

    @property
    def wish(self) -> bytes:
        """What goes out with each slip."""
        return esc.AUTO_STATUS_ON if self._works else b""

    def probe(self, line: PrinterLine, clock: Callable[[], float], finish: Finish) -> bool:
        """Switch it on where it can be told from the answer to a slip; whether it works."""
        self._works, self._told = False, None
        if finish is Finish.FENCE:
            return False
        line.heard.clear()
        line.send(esc.AUTO_STATUS_ON)
        until = clock() + PROBE_S
        while not (told := _newest(line.heard)) and (left := until - clock()) > 0:
            line.listen(left)
        self._works, self._told = told is not None, told
        if not self._works:
            line.send(esc.AUTO_STATUS_OFF)
        return self._works

    def news(self, line: PrinterLine) -> bool:
        """Whether it has told of a change since the last time; never waits."""
        if not self._works:
            return False
        for _ in range(STALE_READS):
            if not line.listen(0):
                break
        before, self._told = self._told, _newest(line.heard) or self._told
        line.heard.clear()
        return self._told != before


def unasked_fault(heard: Collection[Answer]) -> bool:
    """Whether the newest automatic status tells of a fault."""
    told = _newest(heard)
    return told is not None and bool(decode_auto_status(told).fault)


def _newest(heard: Collection[Answer]) -> bytes | None:
    states = [answer.data for answer in heard if isinstance(answer, AutoStatus)]
    return states[-1] if states else None
