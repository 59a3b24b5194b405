"""What happens to a kiosk, and what it wants done: the two vocabularies of the flow.

Events come in (`Flow.handle(event, now_ms)`), effects go out, in the order in which they are to be carried out.
Answers name the `ask` they belong to; an answer that nobody waits for any more is dropped by the flow.
"""

from dataclasses import dataclass

from hardware.codecs.slip import SlipDocument
from kiosk.asked_events import PrintAsked
from kiosk.duty_events import Told, Wish
from kiosk.help_events import HelpSeen
from kiosk.printer_look import PrinterLook
from kiosk.reading_events import Read, Trigger, UseKey
from kiosk.voice_events import Voice, Voiced
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.params import Params
from ticketserver.wire.views import HelloResult, HoursView, View
from ticketserver.wire.views_board import NoticeView
from ticketserver.wire.views_hall import DeviceView


@dataclass(frozen=True)
class Tap:
    """A touch of something on the screen: what, and which."""

    name: str
    value: str = ""


@dataclass(frozen=True)
class Pending:
    """What is on the disk between a tap and the paper. `shown`: its number has been on the screen."""

    request_id: str
    token: str
    shown: bool = False


@dataclass(frozen=True)
class Started:
    """The program runs; `pending` is what earlier runs left on the disk, oldest first."""

    pending: tuple[Pending, ...] = ()


@dataclass(frozen=True)
class Tapped:
    tap: Tap


@dataclass(frozen=True)
class Touched:
    """A touch beside everything: somebody is there."""


@dataclass(frozen=True)
class Ticked:
    """Time has passed; at least once a second."""


@dataclass(frozen=True)
class LinkUp:
    hello: HelloResult
    snapshot: Snapshot


@dataclass(frozen=True)
class LinkLost:
    pass


@dataclass(frozen=True)
class HoursSeen:
    hours: HoursView
    notices: tuple[NoticeView, ...] = ()


@dataclass(frozen=True)
class DeviceSeen:
    device: DeviceView


@dataclass(frozen=True)
class Answered:
    ask: int
    result: View


@dataclass(frozen=True)
class AskRefused:
    """`code` is one of wire.errors.Refusal or `rpc-…`."""

    ask: int
    code: str


@dataclass(frozen=True)
class AskLost:
    """No answer in time: it may have been carried out or not."""

    ask: int


@dataclass(frozen=True)
class Saved:
    """The last `Save` is on the disk (or the disk failed, which must not stop the hall)."""

    request_id: str


@dataclass(frozen=True)
class Printed:
    """A slip's end. `cause`: what was wrong with the printer, where something was."""

    job: int
    outcome: PrintOutcome
    cause: PrinterLook = PrinterLook.OK
    detail: str = ""


@dataclass(frozen=True)
class PrinterSeen:
    look: PrinterLook


@dataclass(frozen=True)
class RollChanged:
    """Another roll, seen at `at_ms` (machine's clock); `used_mm` of the old. `finish`: marker, fence or none."""

    at_ms: int
    used_mm: float
    finish: str


Event = (
    Started | Tapped | Touched | Ticked | LinkUp | LinkLost | HoursSeen | DeviceSeen | Answered | AskRefused | AskLost
    | Saved | Printed | PrinterSeen | RollChanged | PrintAsked | HelpSeen | Read | Told | Voiced
)  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """Call a method of the server; answer with Answered, AskRefused or AskLost."""

    ask: int
    method: str
    params: Params
    give_up_s: float = 10.0


@dataclass(frozen=True)
class Save:
    """Write to the disk, synced, then say Saved."""

    pending: Pending


@dataclass(frozen=True)
class Forget:
    """Remove what `Save` wrote for this request."""

    request_id: str


@dataclass(frozen=True)
class Print:
    """Print, then say Printed."""

    job: int
    document: SlipDocument


Effect = Ask | Save | Forget | Print | UseKey | Trigger | Wish | Voice
