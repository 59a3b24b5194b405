"""What the duty menu wants done outside the flow, and what it hears of it; the rest is in events.py.

A PIN shows in no `repr`: events may stand in a log.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class PinVerdict(StrEnum):
    """`UNSET`: nobody has set a PIN on this machine. `UNREADABLE`: there is one that this program cannot read."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSET = "unset"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PinChecked:
    verdict: PinVerdict


@dataclass(frozen=True)
class RollSaid:
    """Whether word of a new roll could be left for the printer's thread."""

    done: bool


@dataclass(frozen=True)
class LogRead:
    """(time, sentence), oldest first."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AboutRead:
    """(last part of the key of its name, value)."""

    rows: tuple[tuple[str, str], ...]


Told = PinChecked | RollSaid | LogRead | AboutRead


@dataclass(frozen=True)
class CheckPin:
    """Say PinChecked; an empty one only asks whether there is a PIN."""

    pin: str = field(repr=False)


@dataclass(frozen=True)
class SayRoll:
    """A new roll is in this kiosk's printer; say RollSaid."""


@dataclass(frozen=True)
class ReadLog:
    """Say LogRead."""


@dataclass(frozen=True)
class ReadAbout:
    """Say AboutRead."""


@dataclass(frozen=True)
class Restart:
    """End this program so that whatever watches over it starts it again."""


Wish = CheckPin | SayRoll | ReadLog | ReadAbout | Restart
