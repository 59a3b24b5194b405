"""What the duty menu knows: the page that stands, what was typed, what came of the last wish. Plain values.

`since_ms`: when a device, or the line to the server, began to stand as it does. `wrong` wrong PINs came since the last
right one; until `wait_until_ms` none is taken.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.printer_look import PrinterLook

SERVER = "server"
"""The line to the server, among the names of devices."""


class Page(StrEnum):
    """Where the technician is; `NONE`: the menu is not open."""

    NONE = ""
    PIN = "pin"
    NO_PIN = "no_pin"
    MENU = "menu"
    HEALTH = "health"
    LOG = "log"
    ABOUT = "about"
    RESTART = "restart"


@dataclass
class DutyState:
    """`note`: the last part of the text key that tells what came of a wish; `cause` of a test slip that failed.
    `lines`: of the log, oldest first; `back`: how many of its pages ago."""

    page: Page = Page.NONE
    page_ms: int = 0
    typed: str = field(default="", repr=False)
    checking: bool = False
    unreadable: bool = False
    wrong: int = 0
    wait_until_ms: int = 0
    note: str = ""
    cause: PrinterLook = PrinterLook.OK
    job: int = 0
    lines: tuple[tuple[str, str], ...] = ()
    back: int = 0
    about: tuple[tuple[str, str], ...] = ()
    since_ms: dict[str, int] = field(default_factory=dict)

    def go(self, page: Page, now_ms: int) -> None:
        """Another page, or the same one anew."""
        self.page, self.page_ms = page, now_ms
        self.typed, self.checking, self.note, self.back = "", False, "", 0
