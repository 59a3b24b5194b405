"""The kiosk's memory as plain values.

`Visit` is what one person did since the first screen: it is thrown away whole, so nothing of one person can reach the
next. `Machine` is what outlives persons: the line to the server, the hall's hours, the printer, numbers left unresolved
by a power cut. Times are milliseconds of the kiosk's steady clock, except where a name says `server`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.duty_state import DutyState
from kiosk.events import Pending
from kiosk.names import Names
from kiosk.printer_look import PrinterLook
from kiosk.reading_events import InputSeen
from ticketserver.core.ids import RequestId
from ticketserver.core.terms import Phase
from ticketserver.wire.views import HoursView, View
from ticketserver.wire.views_board import NoticeView
from ticketserver.wire.views_hall import DeviceView
from ticketserver.wire.views_visits import AppointmentView, PlanView, TicketView

MOST_SERVICES = 20
"""In one visit, as the wire has it."""


class Step(StrEnum):
    """Where a person is."""

    HOME = "home"
    SITUATIONS = "situations"
    LISTING = "listing"
    SEARCH = "search"
    CONFIRM = "confirm"
    PRIORITY = "priority"
    NEEDS = "needs"
    NO_SLIP = "no_slip"
    ASKING = "asking"
    PRINTING = "printing"
    DONE = "done"
    UNSURE = "unsure"
    KEEP = "keep"
    OFFER = "offer"
    MESSAGE = "message"
    FIND = "find"
    TICKET = "ticket"
    CHECK = "check"
    CHECKED = "checked"
    BOOKING = "booking"
    PENSION = "pension"
    PENSION_SAID = "pension_said"


SUMS = frozenset({Step.PENSION, Step.PENSION_SAID})
CHECKING = frozenset({Step.CHECK, Step.CHECKED})
CHOOSING = CHECKING | SUMS | {
    Step.HOME, Step.SITUATIONS, Step.LISTING, Step.SEARCH, Step.CONFIRM, Step.PRIORITY, Step.NEEDS, Step.NO_SLIP,
    Step.BOOKING,
}  # fmt: skip
NEEDS_SERVER = CHOOSING | {Step.FIND, Step.TICKET}
BUSY = frozenset({Step.ASKING, Step.PRINTING})
CLOSED = frozenset({Phase.NO_DAY, Phase.BEFORE_NUMBERS, Phase.CUT_OFF, Phase.ENDED})


@dataclass(frozen=True)
class Refusal:
    """The server said no."""

    code: str


Reply = View | Refusal | None
"""The answer to an ask: the result, a refusal, or None = no answer in time."""
Then = Callable[[Reply], None]


@dataclass
class Checking:
    """The precheck at hand (kiosk/prechecks.py): questions asked so far, the last answer, what came of them, the slip
    that says where to go. `cleared`: prechecks that found nothing against a number."""

    precheck: str = ""
    came_from: Step = Step.HOME
    path: tuple[str, ...] = ()
    answered: Names | None = None
    outcome: str = ""
    closed: bool = False
    job: int = 0
    paper: str = ""
    cleared: frozenset[str] = frozenset()


@dataclass
class PensionSum:
    """What was typed into the pension calculator (kiosk/pension.py), by field."""

    typed: dict[str, str] = field(default_factory=dict)
    active: str = "years"
    came_from: Step = Step.HOME


@dataclass
class Visit:
    """One person at the kiosk. `by_hand`: services whose cases the person counted; `people`: for how many others it is
    done, 0 = for oneself. `helped`: what became of a call for help (kiosk/helping.py)."""

    step: Step = Step.HOME
    basket: dict[str, int] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)
    employers: int = 1
    people: int = 0
    purpose: str = ""
    priority: str = ""
    group: str = ""
    typed: str = ""
    typed_code: str = ""
    came_from: Step = Step.HOME
    plan: PlanView | None = None
    also: tuple[str, ...] = ()
    planned: bool = False
    planned_ms: int = 0
    problem: str = ""
    pending: Pending | None = None
    wants_slip: bool = True
    asked_ms: int = 0
    ticket: TicketView | None = None
    token: str = ""
    job: int = 0
    reprint: bool = False
    fault: PrinterLook | None = None
    helped: str = ""
    help_id: int = 0
    busy: bool = False
    number: str = ""
    code: str = ""
    in_code: bool = False
    missing: tuple[str, ...] = ()
    holder: str = field(default="", repr=False)
    aged: bool = False
    card: str = ""
    asking_cancel: bool = False
    note: str = ""
    check: Checking = field(default_factory=Checking)
    pension: PensionSum = field(default_factory=PensionSum)
    adding: bool = False
    own: TicketView | None = None
    join_id: RequestId = RequestId("")
    join_asked: tuple[object, ...] = ()
    appointment: str = field(default="", repr=False)
    aloud: bool = False
    choosing_language: bool = False
    booked: AppointmentView | None = None


@dataclass
class Machine:
    """What outlives persons. `resting`: nobody is there, and the screen shows its quiet picture (kiosk/rest.py).
    `voice_fault`: why screens cannot be read aloud, None = not known yet or not wanted."""

    connected: bool = False
    ever_connected: bool = False
    lost_ms: int = 0
    hours: HoursView | None = None
    notices: tuple[NoticeView, ...] = ()
    server_ahead_ms: int = 0
    public_url: str = ""
    devices: dict[str, DeviceView] = field(default_factory=dict)
    printer: PrinterLook = PrinterLook.SILENT
    inputs: dict[str, InputSeen] = field(default_factory=dict)
    card_day: str = ""
    unresolved: list[Pending] = field(default_factory=list)
    asked: dict[str, int] = field(default_factory=dict)
    asked_day: str = ""
    duty: DutyState = field(default_factory=DutyState)
    resting: bool = False
    voices: frozenset[str] = frozenset()
    voice_fault: str | None = None
    volume: int = 0
