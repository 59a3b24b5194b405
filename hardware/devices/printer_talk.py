"""Questions and answers on one opened line to a printer, whatever the line does to them.

| the line | here |
|---|---|
| answers late | one answer within `ANSWER_S`; a later one is waited for and thrown away before the next question |
| splits, doubles, adds noise | the parser sorts; the same answer twice is one, two different ones are none |
| turns a bit | a reading whose bits contradict one another is void; a reading unlike the last one is asked for twice |
| echoes | what was sent is taken out of what is heard |
| is silent | two rounds without an answer are silence |

An answer to 10 04 n does not say which n it answers, so nothing may be left on the line when n is asked.
"""

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol, runtime_checkable

from hardware.codecs import escpos_commands as esc
from hardware.codecs.echo import EchoFilter
from hardware.codecs.escpos_answers import Answer, AnswerParser, RealTime
from hardware.codecs.escpos_status import QUERIES, SILENT, PrinterStatus, decode_status
from hardware.transports.link import Link

ANSWER_S: Final = 0.8
QUIET_S: Final = 0.3
SETTLE_S: Final = 1.5
ROUNDS: Final = 2
READINGS: Final = 4
# A line that babbles is not listened to for ever, nor all of it kept.
STALE_READS: Final = 64
HEARD: Final = 256
NO_PAPER: Final = PrinterStatus(paper="out", offline=True)


@runtime_checkable
class TellsOfPaper(Protocol):
    """A link that knows of the paper beside the data, as a USB port does."""

    def paper_empty(self) -> bool: ...


class PrinterLine:
    """One opened link; `heard` collects every answer that is no real-time status."""

    def __init__(self, link: Link, clock: Callable[[], float]) -> None:
        self._link = link
        self._clock = clock
        self._parser = AnswerParser()
        self._echo = EchoFilter()
        self._statuses: list[int] = []
        self.heard: deque[Answer] = deque(maxlen=HEARD)

    def send(self, data: bytes, timeout_s: float = ANSWER_S) -> None:
        # Noted first: with a fast echo the bytes may be back before the write returns.
        self._echo.sent(data)
        self._link.write(data, timeout_s)

    def listen(self, timeout_s: float) -> bool:
        """Take what comes within `timeout_s`; False after silence, when whatever was held back is sorted."""
        data = self._link.read(timeout_s)
        if data:
            self._sort(self._parser.feed(self._echo.heard(data)))
        elif timeout_s >= QUIET_S:
            self._sort(self._parser.feed(self._echo.quiet()))
            self._sort(self._parser.quiet())
        return bool(data)

    def ask(self, number: int, timeout_s: float = ANSWER_S) -> int | None:
        """The byte answered to 10 04 `number`; None after silence or contradicting answers."""
        for _ in range(STALE_READS):
            if not self.listen(0):
                break
        self._statuses.clear()
        self.send(esc.ask_status(number))
        until = self._clock() + timeout_s
        while not self._statuses and (left := until - self._clock()) > 0:
            self.listen(left)
        return self._statuses[0] if len(set(self._statuses)) == 1 else None

    def read_status(self, before: PrinterStatus | None = None) -> PrinterStatus:
        """All four questions. A state that is not the one `before` has to be read twice running."""
        status = self._read_once()
        for _ in range(READINGS - 1):
            if status in (before, SILENT):
                return status
            before, status = status, self._read_once()
        return status if status == before else SILENT

    def beside(self) -> PrinterStatus:
        """What the link knows of a unit that answers nothing itself."""
        return NO_PAPER if isinstance(self._link, TellsOfPaper) and self._link.paper_empty() else SILENT

    def close(self) -> None:
        self._link.close()

    def _read_once(self) -> PrinterStatus:
        for _ in range(ROUNDS):
            answers: dict[int, int] = {}
            for number in QUERIES:
                byte = self.ask(number)
                if byte is None:
                    break
                answers[number] = byte
            else:
                status = decode_status(answers)
                if status is not None:
                    return status
            self._settle()
        return SILENT

    def _settle(self) -> None:
        """Let late answers come and go."""
        until = self._clock() + SETTLE_S
        while self.listen(QUIET_S) and self._clock() < until:
            pass

    def _sort(self, answers: list[Answer]) -> None:
        for answer in answers:
            if isinstance(answer, RealTime):
                self._statuses.append(answer.byte)
            else:
                self.heard.append(answer)
