"""Reading the screen aloud: when, how much of it, and when to stop.

```
朗读 ─▶ on: the whole screen ─▶ another title: the whole screen, at once
           │                     the same title: what is new on it, after what is being read
           │                     a warning appears: the warning, at once
           ├─ a touch anywhere, the end of the visit: silence
           └─ 再读一遍: the whole screen again
```
It is the person's own: off again with the visit. While a screen is being read the time-outs stand still, for a minute
at most; a warning does not hold itself off. What can go wrong: the voice falls silent (no sound device any more): the
switch goes from the screen, and staff see why among the devices.
"""

from dataclasses import dataclass

from kiosk.controls import aloud
from kiosk.desk import Desk
from kiosk.events import Event, LinkUp, Tapped, Ticked, Touched
from kiosk.present import frame
from kiosk.spoken import Sentences, spoken, spoken_warning
from kiosk.voice_events import Hush, ReadOut, SetVolume, Speak, VoiceSeen
from ticketserver.core.ids import DeviceId
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire.params import ReportHealth

HOLD_MS = 60_000
LOUDER = 10
QUIETEST, LOUDEST = 10, 100
"""Percent."""


@dataclass
class _Reading:
    """What the voice is saying: 0 = nothing. `holds` off the time-outs."""

    number: int = 0
    since_ms: int = 0
    holds: bool = False


class Speaking:
    """One kiosk's voice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._now = _Reading()
        self._count = 0
        self._said: Sentences = ()
        self._warned = False

    # ---- taps

    def aloud_again(self, _: str) -> None:
        self._said = ()

    # ---- the duty menu

    def louder(self, steps: int) -> None:
        """So many steps up, or (negative) down; the new volume is heard."""
        machine, texts = self._desk.machine, self._desk.words.texts
        machine.volume = min(LOUDEST, max(QUIETEST, machine.volume + steps * LOUDER))
        self._desk.effects.append(SetVolume(machine.volume))
        self._speak((texts("kiosk.aloud.volume", percent=machine.volume),))

    # ---- events

    def handle(self, event: Event) -> bool:
        """Before everything else; True for what is about the voice alone."""
        match event:
            case Tapped() | Touched():
                self._hush()
            case Ticked():
                self._hold()
            case LinkUp() if self._desk.machine.voice_fault is not None:
                self._report()
            case ReadOut(reading) if reading == self._now.number:
                self._now = _Reading()
            case VoiceSeen():
                self._seen(event)
        return isinstance(event, ReadOut | VoiceSeen)

    def _seen(self, seen: VoiceSeen) -> None:
        machine = self._desk.machine
        if not seen.languages:
            self._now = _Reading()
        machine.voices, machine.volume = seen.languages, seen.volume
        known, machine.voice_fault = machine.voice_fault, seen.reason
        if machine.connected and known != seen.reason:
            self._report()

    def _hush(self) -> None:
        """Who touches has heard enough."""
        if self._now.number:
            self._now = _Reading()
            self._desk.effects.append(Hush())

    def _hold(self) -> None:
        desk, reading = self._desk, self._now
        if reading.holds and desk.now_ms - reading.since_ms < HOLD_MS:
            desk.touched_ms = desk.now_ms

    def follow(self) -> None:
        """After every event: read what is new on the screen."""
        desk = self._desk
        if not aloud(desk):
            if self._said:
                self._hush()
            self._said, self._warned = (), False
            return
        picture, texts = frame(desk), desk.words.texts
        said = spoken(picture, texts)
        if said[:1] != self._said[:1]:
            self._speak(said, holds=True)
        elif fresh := tuple(each for each in said if each not in self._said):
            self._speak(fresh, holds=True, after=True)
        if picture.warning and not self._warned:
            self._speak(spoken_warning(picture.warning, texts))
        self._said, self._warned = said, picture.warning is not None

    def _speak(self, sentences: Sentences, holds: bool = False, after: bool = False) -> None:
        desk = self._desk
        if desk.language not in desk.machine.voices:
            return
        self._count += 1
        since = self._now.since_ms if after and self._now.number else desk.now_ms
        self._now = _Reading(self._count, since, holds)
        desk.effects.append(Speak(self._count, sentences, desk.language, after))

    def _report(self) -> None:
        """The voice is a device of its own: a mute kiosk prints as well as any."""
        desk, fault = self._desk, self._desk.machine.voice_fault or ""
        health = DeviceHealth.DEGRADED if fault else DeviceHealth.ONLINE
        device = DeviceId(f"{desk.hall.kiosk}-voice")
        desk.ask("report_health", ReportHealth(device=device, kind="voice", health=health, reason=fault))
