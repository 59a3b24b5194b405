"""What this process has logged lately, for the duty menu: the last lines in memory, without tracebacks.

Nothing logged names a person (that is the log's own rule); a line here is the same sentence that goes to the journal.
"""

import logging
import re
import time
from collections import deque
from typing import Final

KEPT: Final = 80
LONGEST: Final = 200
LONG_WORD: Final = re.compile(r"(\S{34})(?=\S)")
"""Paths of devices must end a line somewhere on a narrow screen."""


class RecentLog(logging.Handler):
    """Added to the root logger for as long as the program runs."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[tuple[str, str]] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "kivy" and record.levelno < logging.WARNING:
            # What the window is made of would push out what happened.
            return
        said = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            said += f": {type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        self._lines.append((at, shortened(said)))

    def lines(self) -> tuple[tuple[str, str], ...]:
        """(time of this machine, sentence), oldest first; from any thread."""
        self.acquire()
        try:
            return tuple(self._lines)
        finally:
            self.release()


def shortened(said: str) -> str:
    """One line that a screen can show."""
    return LONG_WORD.sub(r"\1 ", " ".join(said.split())[:LONGEST])
