"""The parts of hall.toml that name devices: kiosks, printers, call boxes, panels, displays, the voice.

Link addresses: `serial:/dev/ttyUSB0?baud=19200`, `tcp:192.168.1.50:9100`; of printers also `usb:0416:5011` or
`usb:/dev/usb/lp0`; of keypads and of scanners in keyboard mode `input:/dev/input/by-path/…`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ticketserver.shared.device_models import Alphabet, LedName
from ticketserver.shared.fields import (
    CounterNumber,
    Id,
    KeyLink,
    KeyName,
    Link,
    Name,
    OptionalId,
    OptionalLink,
    Positive,
    PrinterLink,
    SpanMs,
)

BusProtocol = Literal["ub485", "line", "keys21", "modbus-rtu", "modbus-tcp", "keypad"]
USUAL_MODELS: dict[BusProtocol, str] = {
    "ub485": "ub485-4key",
    "line": "line-7key",
    "keys21": "keys21",
    "modbus-rtu": "waveshare-8ch",
    "modbus-tcp": "moxa-e1200",
    "keypad": "usb-keypad",
}
ReceiveName = Literal["press", "down", "up", "alive"]
SendName = Literal["led", "show", "beep", "ping"]
Template = Annotated[str, Meta(min_length=1, max_length=80)]
LINE_RECEIVE: dict[ReceiveName, str] = {"press": "K{address}:{key}"}
LINE_SEND: dict[SendName, str] = {"led": "L{address}:{led}", "show": "D{address}:{text}", "beep": "B{address}"}
Pixels = Annotated[int, Meta(ge=320, le=8000)]
Inches = Annotated[float, Meta(gt=4, le=120)]


class Kiosk(Struct, frozen=True, kw_only=True):
    """`[[kiosk]]`: `number` is painted on it (请到 2 号取号机). `scanner` and `card_reader` name its devices (empty =
    none). `fullscreen` false opens a window of the size given."""

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
    byte. `input:` links are scanners in keyboard mode."""

    id: Id
    link: KeyLink
    ending: Literal["line", "none"] = "line"
    silence_ms: Annotated[int, Meta(ge=20, le=2000)] = 50


class CardReader(Struct, frozen=True, kw_only=True):
    """`[[card_reader]]`: a reader of second-generation ID cards."""

    id: Id
    link: Link


class LineBox(Struct, frozen=True, kw_only=True):
    """`[bus.line]`: the language of a generic line box, as templates. `{address}` is two hexadecimal digits, `{key}`
    the maker's name of a key, `{led}` and `{text}` what is shown. With a `checksum` a line is `body mark HEX`. `leds`
    gives the maker's words for lights whose name is another."""

    receive: dict[ReceiveName, Template] = field(default_factory=LINE_RECEIVE.copy)
    send: dict[SendName, Template] = field(default_factory=LINE_SEND.copy)
    encoding: Literal["ascii", "utf-8"] = "ascii"
    ending: Literal["\r", "\n", "\r\n"] = "\r\n"
    checksum: Literal["", "sum8", "xor8", "crc16-modbus", "crc16-arc"] = ""
    mark: Annotated[str, Meta(max_length=4)] = "*"
    leds: dict[LedName, Template] = {}


class Box(Struct, frozen=True, kw_only=True):
    """`[[bus.box]]`: a call box, or a rating pad where its model is one. `model` "" = the usual one of its protocol.

    `address` on a UB485 bus is 32 to 254, on Modbus the unit, on a keypad 0. A box of a Modbus module has the keys from
    `first_input` on. `keys` and `long_keys` map its own key codes (as it sends them, text) over what its model has;
    `characters` -1 = as the model has it.
    """

    counter: CounterNumber
    address: Annotated[int, Meta(ge=0, le=255)] = 0
    model: OptionalId = ""
    first_input: Annotated[int, Meta(ge=0, le=63)] = 0
    inputs: Annotated[int, Meta(ge=0, le=64)] = 0
    keys: dict[str, KeyName] = {}
    long_keys: dict[str, KeyName] = {}
    characters: Annotated[int, Meta(ge=-1, le=16)] = -1


class Bus(Struct, frozen=True, kw_only=True):
    """`[[bus]]`: one line with call boxes and rating pads on it. `poll` asks UB485 boxes in turn for the key they hold,
    which finds presses that met another box's."""

    id: Id
    link: KeyLink
    protocol: BusProtocol = "ub485"
    poll: bool = False
    line: LineBox = LineBox()
    box: tuple[Box, ...] = ()


class Panel(Struct, frozen=True, kw_only=True):
    """`[[panel]]`: a panel over a counter, on `link` at `address`; those of one model may share a link. Without a link
    it is driven by somebody else, and only the numbers are checked. `characters` 0 and `alphabet` "" = as the model
    has them."""

    counter: CounterNumber
    link: OptionalLink = ""
    model: OptionalId = ""
    address: Annotated[int, Meta(ge=0, le=65535)] = 1
    characters: Annotated[int, Meta(ge=0, le=64)] = 0
    alphabet: Alphabet | Literal[""] = ""


class Display(Struct, frozen=True, kw_only=True):
    """`[[display]]`: a call screen for `zones` (empty = all). `speaks`: its machine has their loudspeakers."""

    id: Id
    zones: tuple[Id, ...] = ()
    speaks: bool = False
    width_px: Pixels = 1920
    height_px: Pixels = 1080
    size_inches: Inches = 55.0
    fullscreen: bool = True
    notices_zh: tuple[Name, ...] = ()
    notices_en: tuple[Name, ...] = ()


class Voice(Struct, frozen=True, kw_only=True):
    """`[voice]`: spoken calls for `zones` (empty = all). `one_as`: how a 1 is read inside a number. `repeat` readings,
    `repeat_gap_ms` apart; a single one while `short_from` or more calls wait to be spoken. `device`: name of the sound
    device for `aplay`, empty = the machine's default."""

    enabled: bool = True
    zones: tuple[Id, ...] = ()
    one_as: Literal["幺", "一"] = "幺"
    repeat: Annotated[int, Meta(ge=1, le=3)] = 2
    repeat_gap_ms: SpanMs = 1_000
    short_from: Positive = 3
    cutoff_notice_minutes: Annotated[int, Meta(ge=0, le=120)] = 15
    device: Annotated[str, Meta(max_length=80)] = ""
    clips_dir: Annotated[str, Meta(min_length=1)] = "run/voice"
