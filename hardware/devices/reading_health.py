"""How a device that is read (scanner, card reader) stands."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class ReadingHealth:
    """online · unheard: the line is open, the device has not answered yet · degraded or offline with a reason:
    `link_down`, `silent`, or a word of the device."""

    state: Literal["online", "unheard", "degraded", "offline"]
    reason: str = ""


LINK_DOWN: Final = ReadingHealth("offline", "link_down")
SILENT: Final = ReadingHealth("offline", "silent")
