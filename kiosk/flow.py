"""A visit at the kiosk as a machine without a screen, clock, disk or line: events in, effects and a picture out.

```
            ┌──────────── choosing ────────────┐
 HOME ─▶ LISTING / SEARCH ─▶ CHECK … CHECKED ─▶ CONFIRM ─▶ ASKING ─▶ PRINTING ─▶ DONE ───────▶ HOME
   │                           └▶ NO_SLIP ─┘ │        ├─ failed ─▶ KEEP ───▶ HOME
   │                                MESSAGE ◀┘        └─ unknown ▶ UNSURE ─▶ DONE / KEEP
   ├─▶ FIND ─▶ TICKET ─▶ PRINTING …     BOOKING ─▶ CONFIRM
   └─▶ OFFER (a number that a power cut left behind) ─▶ PRINTING …
```
Over the choosing steps lies, as long as it lasts, the server's absence or the closed hall (`Desk.shut`): a person who
had chosen goes on where they were. While the server or the printer is asked, taps do nothing.

What can go wrong: a touch meant for the screen before (dropped within `SETTLE_MS`), a person who leaves (time-outs), an
answer for a person who left (dropped), and everything that taking.py tells of.
"""

from collections.abc import Callable

from kiosk.adding import Adding
from kiosk.ahead import Ahead
from kiosk.booking import Booking
from kiosk.choosing import Choosing
from kiosk.confirming import Confirming
from kiosk.controls import SWITCHES, switch
from kiosk.desk import Desk
from kiosk.events import (
    Answered,
    AskLost,
    AskRefused,
    DeviceSeen,
    Effect,
    Event,
    HoursSeen,
    LinkUp,
    Printed,
    PrinterSeen,
    RollChanged,
    Saved,
    Started,
    Tap,
    Tapped,
    Ticked,
    Touched,
)
from kiosk.finding import Finding
from kiosk.helping import Helping
from kiosk.model import Frame
from kiosk.pension import Pension
from kiosk.prechecks import Prechecks
from kiosk.present import frame
from kiosk.printing import Printing
from kiosk.reading import Reading
from kiosk.reading_events import Read
from kiosk.recovering import Recovering
from kiosk.services import Hall
from kiosk.speaking import Speaking
from kiosk.state import Refusal
from kiosk.taking import Taking
from kiosk.taps import allowed
from kiosk.timeouts import expired
from kiosk.words import Local
from ticketserver.shared.texts import Texts


class Flow:
    """`handle` every event; carry out what it returns; draw `frame()`."""

    def __init__(self, hall: Hall, texts: dict[str, Texts], local: Local, mint: Callable[[], tuple[str, str]]) -> None:
        """`local`: ms since 1970 → the hall's time. `mint`: a fresh (request id, token) from a source of randomness."""
        self.desk = Desk(hall, texts, local, mint)
        self._recovering = Recovering(self.desk)
        self._printing = Printing(self.desk)
        self._taking = Taking(self.desk, self._printing, self._recovering)
        self._choosing = Choosing(self.desk)
        self._talk = Speaking(self.desk)
        self._ahead = Ahead(self.desk, self._talk, self._taking.end)
        finding, booking = Finding(self.desk), Booking(self.desk, self._choosing)
        confirming, adding = Confirming(self.desk, self._choosing), Adding(self.desk, self._choosing)
        self._reading = Reading(self.desk, self._choosing, finding, adding, booking)
        self._prechecks = Prechecks(self.desk, self._choosing)
        choosing = self._choosing, confirming, self._prechecks, adding, booking, Pension(self.desk)
        self._parts = (*choosing, self._taking, self._printing, finding, self._talk, Helping(self.desk))

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """`now_ms`: a steady clock, never backwards. Returns the effects in the order to carry them out."""
        desk = self.desk
        desk.now_ms, desk.effects = now_ms, []
        if self._ahead.handle(event):
            return desk.effects
        match event:
            case Tapped(tap):
                self._tapped(tap)
            case Touched():
                desk.touched_ms = now_ms
            case Ticked():
                self._ticked()
            case Answered(ask, result):
                desk.reply(ask, result)
            case AskRefused(ask, code):
                desk.reply(ask, Refusal(code))
            case AskLost(ask):
                desk.reply(ask, None)
            case Saved(request_id):
                desk.saved(request_id)
            case Printed():
                self._printing.printed(event)
                self._prechecks.printed(event)
            case PrinterSeen(look):
                self._printing.printer_seen(look)
            case RollChanged():
                self._printing.roll_changed(event)
            case _ if isinstance(event, Read):
                self._reading.handle(event)
            case _:
                self._hall_changed(event)
        self._talk.follow()
        return desk.effects

    def frame(self) -> Frame:
        """The picture of the present state."""
        return frame(self.desk)

    def _hall_changed(self, event: Event) -> None:
        machine = self.desk.machine
        match event:
            case Started(pending):
                machine.unresolved = list(pending)
                self._recovering.look_up()
            case LinkUp():
                self._link_up(event)
            case HoursSeen(hours, notices):
                machine.hours, machine.notices = hours, notices
                self._reading.hours_seen(hours)
            case DeviceSeen(device):
                machine.devices[device.device] = device
            case _:
                self._link_lost()

    def _link_lost(self) -> None:
        machine = self.desk.machine
        if machine.connected:
            machine.connected, machine.lost_ms = False, self.desk.now_ms

    def _link_up(self, event: LinkUp) -> None:
        desk, machine = self.desk, self.desk.machine
        snapshot = event.snapshot
        queue = snapshot.queue
        machine.hours, machine.notices = (queue.hours, tuple(queue.notices)) if queue else (event.hello.hours, ())
        machine.server_ahead_ms = snapshot.server_time_ms - desk.now_ms
        machine.public_url = event.hello.public_url
        machine.devices = {device.device: device for device in snapshot.devices}
        self._reading.greeted(event.hello)
        again, machine.connected, machine.ever_connected = machine.connected, True, True
        if not again:
            desk.report_printer()
            self._reading.report_all()
            self._recovering.look_up()

    def _ticked(self) -> None:
        self._reading.ticked()
        if expired(self.desk):
            self._taking.end()
        elif self.desk.machine.connected:
            self._choosing.refresh()

    def _tapped(self, tap: Tap) -> None:
        desk = self.desk
        if not allowed(desk, tap):
            return
        desk.touched_ms = desk.last_tap_ms = desk.now_ms
        desk.last_tap = tap
        if tap.name in SWITCHES:
            switch(desk, tap)
        elif tap.name == "home":
            self._taking.end()
        elif tap.name != "continue":
            part = next(part for part in self._parts if hasattr(part, tap.name))
            getattr(part, tap.name)(tap.value)
