"""The parts of hall.toml that name what the public meets: kiosks with their devices, displays.

Link addresses: `serial:/dev/ttyUSB0?baud=19200`, `tcp:192.168.1.50:9100`; of printers also `usb:0416:5011` or
`usb:/dev/usb/lp0`; of scanners in keyboard mode `input:/dev/input/by-path/…`. What stands at the counters: see
`counter_devices`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import Id, KeyLink, Link, Name, OptionalId, PrinterLink, SpanMs
from ticketserver.shared.voice_settings import Loudspeaker

Pixels = Annotated[int, Meta(ge=320, le=8000)]
Inches = Annotated[float, Meta(gt=4, le=120)]


class Speech(Struct, frozen=True, kw_only=True):
    """`[kiosk.speech]`: screens read aloud to who asks for it. `device`: name of the sound device for `aplay`, empty =
    the machine's default. `volume_percent` holds until staff set another at the kiosk."""

    enabled: bool = True
    device: Annotated[str, Meta(max_length=80)] = ""
    volume_percent: Annotated[int, Meta(ge=10, le=100)] = 80


class Kiosk(Struct, frozen=True, kw_only=True):
    """`[[kiosk]]`: `number` is painted on it (请到 2 号取号机). `scanner` and `card_reader` name its devices (empty =
    none). `fullscreen` false opens a window of the size given. Nobody there for `rest_after_ms`: the screen shows a
    quiet picture that moves (0 = never). `scan_ms`: for people with one switch, how long the ring stays on each button
    before it moves on by itself; 0 = it moves by keys only."""

    id: Id
    number: Annotated[int, Meta(ge=1, le=99)]
    printer: Id
    scanner: OptionalId = ""
    card_reader: OptionalId = ""
    width_px: Pixels = 1080
    height_px: Pixels = 1920
    size_inches: Inches = 21.5
    fullscreen: bool = True
    idle_reset_ms: SpanMs = 60_000
    idle_warning_ms: SpanMs = 20_000
    shown_number_ms: SpanMs = 90_000
    rest_after_ms: SpanMs = 600_000
    speech: Speech = Speech()
    scan_ms: Annotated[int, Meta(ge=0, le=10_000)] = 0


class Printer(Struct, frozen=True, kw_only=True):
    """`[[printer]]`: a slip printer. `model` says what the unit can do where that cannot be asked of it; `speed_mm_s` 0
    = as the model has it. `roll_m` is the length of a new roll: on a unit without a sensor for the roll's end, the last
    `warn_m` of it are told as low paper."""

    id: Id
    link: PrinterLink
    paper_mm: Literal[58, 80] = 80
    model: Id = "generic"
    speed_mm_s: Annotated[int, Meta(ge=0, le=400)] = 0
    roll_m: Annotated[float, Meta(gt=0, le=500)] = 50.0
    warn_m: Annotated[float, Meta(gt=0, le=100)] = 4.0


class Scanner(Struct, frozen=True, kw_only=True):
    """`[[scanner]]`: a reader of bar codes and QR codes. `ending` none: a code is over after `silence_ms` without a
    byte. `model` gm65: a module that takes commands, so that it can be set to read only when somebody is asked for a
    code, and tells when it is gone. `input:` links are scanners in keyboard mode."""

    id: Id
    link: KeyLink
    model: Literal["plain", "gm65"] = "plain"
    ending: Literal["line", "none"] = "line"
    silence_ms: Annotated[int, Meta(ge=20, le=2000)] = 50


class CardReader(Struct, frozen=True, kw_only=True):
    """`[[card_reader]]`: a reader of second-generation ID cards."""

    id: Id
    link: Link


class Display(Struct, frozen=True, kw_only=True):
    """`[[display]]`: a call screen for `zones` (empty = all). `speaks`: its machine has their loudspeakers;
    `loudspeaker`: which, where there are several. `layout`: a name of `layouts` (empty = by the shape of the screen);
    `counter`: the one it hangs over, where the layout is for one. `media_dir`: a folder with pictures and films for
    the time between calls (empty = none)."""

    id: Id
    zones: tuple[Id, ...] = ()
    speaks: bool = False
    loudspeaker: tuple[Loudspeaker, ...] = ()
    width_px: Pixels = 1920
    height_px: Pixels = 1080
    size_inches: Inches = 55.0
    fullscreen: bool = True
    layout: OptionalId = ""
    counter: Annotated[int, Meta(ge=0, le=999)] = 0
    media_dir: Annotated[str, Meta(max_length=200)] = ""
    notices_zh: tuple[Name, ...] = ()
    notices_en: tuple[Name, ...] = ()
