"""What is held before the kiosk: the code of a slip, an ID card. Both are shortcuts; everything works without them.

| what | where | what comes of it |
|---|---|---|
| a slip's code | first screen, lists, finding, appointment, a found ticket | the ticket, as if it had been typed |
| an appointment's code | the same | what was booked, ready for its number (booking.py) |
| another code | the same | the screen for finding, or for an appointment, with a sentence |
| an ID card | while choosing | the number is this holder's; an aged person's priority rests on the card |
| the same | while choosing | what is chosen can be added to a number that the holder has today (adding.py) |
| a card that was not read | while choosing | a sentence |
| any of them without the server | the same | a sentence: nothing was looked up, once more when it is back |

Of a card there is only a keyed hash and whether its holder is aged. It lasts as long as the visit: who leaves the kiosk
takes it along, so a card on the first screen counts as somebody there (timeouts.py).
"""

from kiosk.adding import Adding
from kiosk.booking import Booking
from kiosk.choosing import Choosing
from kiosk.desk import Desk
from kiosk.finding import Finding
from kiosk.reading_events import CardSeen, CardUnread, InputSeen, Read, Scanned, Trigger, UseKey
from kiosk.scans import appointment_code, slip_token
from kiosk.state import CHOOSING, Step
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import Phase
from ticketserver.wire.params import ReportHealth
from ticketserver.wire.views import HelloResult, HoursView

SCANNABLE = frozenset({Step.HOME, Step.LISTING, Step.SEARCH, Step.FIND, Step.TICKET, Step.BOOKING})
ASKED_FOR = frozenset({Step.FIND, Step.BOOKING})
WITHOUT_KEY = frozenset({Phase.NO_DAY, Phase.ENDED})


class Reading:
    """Codes, cards, and how their devices stand."""

    def __init__(self, desk: Desk, choosing: Choosing, finding: Finding, adding: Adding, booking: Booking) -> None:
        self._booking = booking
        self._desk = desk
        self._choosing = choosing
        self._finding = finding
        self._adding = adding

    def handle(self, event: Read) -> None:
        match event:
            case Scanned(text):
                self._scanned(text)
            case CardSeen():
                self._card_seen(event)
            case CardUnread():
                self._card_unread(event)
            case _:
                self._input_seen(event)

    def _scanned(self, text: str) -> None:
        desk, visit = self._desk, self._desk.visit
        if visit.busy or visit.step not in SCANNABLE:
            return
        desk.touched_ms = desk.now_ms
        if desk.shut == "away":
            visit.card = "code_unheard"
            return
        token = slip_token(text)
        if appointment_code(text):
            self._booking.look(text)
        elif token:
            self._finding.find_by(token)
        elif visit.step is Step.BOOKING:
            visit.problem = "appointment_unknown"
        else:
            self._finding.have_number("")
            visit.problem = "other_code"

    def _card_seen(self, card: CardSeen) -> None:
        """The last card counts: who lays another one down is somebody else."""
        desk, visit = self._desk, self._desk.visit
        if not self._takes_cards():
            return
        aged = desk.hall.age_priority.id if desk.hall.age_priority else ""
        if visit.aged and not card.aged and visit.priority == aged:
            visit.priority = ""
        visit.holder, visit.aged, visit.card = card.holder, card.aged, "read"
        if card.aged:
            visit.priority = visit.priority or aged
        self._adding.look_for(card.holder)
        if visit.step is Step.CONFIRM:
            self._choosing.plan()

    def _card_unread(self, card: CardUnread) -> None:
        if self._takes_cards():
            self._desk.visit.card = "unknown" if card.unknown else "again"

    def _takes_cards(self) -> bool:
        """Whether a card counts now; without the server it is said that it does not."""
        desk, visit = self._desk, self._desk.visit
        if visit.step not in CHOOSING or desk.shut == "closed":
            return False
        desk.touched_ms = desk.now_ms
        if desk.shut:
            visit.card = "card_unheard"
        return not desk.shut

    def ticked(self) -> None:
        """A scanner that reads on command reads while somebody is asked for a code."""
        if self._desk.hall.scanner and self._desk.visit.step in ASKED_FOR:
            self._desk.effects.append(Trigger())

    # ---- the day's key

    def greeted(self, hello: HelloResult) -> None:
        if self._desk.hall.card_reader:
            self._use(hello.day_key, hello.hours.day)

    def hours_seen(self, hours: HoursView) -> None:
        """No key outlives its day; the server tells the next one in its greeting."""
        machine = self._desk.machine
        if machine.card_day and (hours.phase in WITHOUT_KEY or hours.day != machine.card_day):
            self._use("", "")

    def _use(self, key: str, day: str) -> None:
        self._desk.machine.card_day = day if key else ""
        self._desk.effects.append(UseKey(key, day))

    # ---- the devices

    def _input_seen(self, seen: InputSeen) -> None:
        machine = self._desk.machine
        machine.inputs[seen.device] = seen
        if machine.connected:
            self._report(seen)

    def report_all(self) -> None:
        for seen in self._desk.machine.inputs.values():
            self._report(seen)

    def _report(self, seen: InputSeen) -> None:
        device = DeviceId(seen.device)
        params = ReportHealth(device=device, kind=seen.kind, health=seen.health, reason=seen.reason)
        self._desk.ask("report_health", params)
