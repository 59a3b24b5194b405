"""The parts of hall.toml that name devices: kiosks, printers, call boxes, panels, displays, the voice.

Link addresses: `serial:/dev/ttyUSB0?baud=19200` or `tcp:192.168.1.50:9100`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ticketserver.shared.fields import CounterNumber, Id, Link, Name, Positive, SpanMs

KeyName = Literal["next", "recall", "start", "finish", "rating", "pause", "redirect"]
ReceiveName = Literal["press", "down", "up", "alive"]
SendName = Literal["led", "show", "beep", "ping"]
LedName = Literal["off", "green", "green_blink", "green_slow", "red_blink", "red", "red_fast"]
Template = Annotated[str, Meta(min_length=1, max_length=80)]
PrinterProfileName = Literal["generic", "narrow-80", "picture-qr", "select-gbk"]
LINE_RECEIVE: dict[ReceiveName, str] = {"press": "K{address}:{key}"}
LINE_SEND: dict[SendName, str] = {"led": "L{address}:{led}", "show": "D{address}:{text}", "beep": "B{address}"}
Pixels = Annotated[int, Meta(ge=320, le=8000)]
Inches = Annotated[float, Meta(gt=4, le=120)]


class Kiosk(Struct, frozen=True, kw_only=True):
    """`[[kiosk]]`: `number` is painted on it (请到 2 号取号机). `fullscreen` false opens a window of the size given."""

    id: Id
    number: Annotated[int, Meta(ge=1, le=99)]
    printer: Id
    width_px: Pixels = 1080
    height_px: Pixels = 1920
    size_inches: Inches = 21.5
    fullscreen: bool = True
    idle_reset_ms: SpanMs = 60_000
    idle_warning_ms: SpanMs = 20_000
    shown_number_ms: SpanMs = 90_000


class Printer(Struct, frozen=True, kw_only=True):
    """`[[printer]]`: a slip printer. `profile` names what the model can do, where that cannot be asked of it."""

    id: Id
    link: Link
    paper_mm: Literal[58, 80] = 80
    profile: PrinterProfileName = "generic"
    speed_mm_s: Annotated[int, Meta(ge=20, le=400)] = 90


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
    """`[[bus.box]]`: one call box. `address` on a UB485 bus is 32 to 254. `keys` maps the box's own key codes (as it
    sends them, text) to keys, over the map its protocol has by default."""

    counter: CounterNumber
    address: Annotated[int, Meta(ge=0, le=255)]
    keys: dict[str, KeyName] = {}
    characters: Annotated[int, Meta(ge=0, le=16)] = 3


class Bus(Struct, frozen=True, kw_only=True):
    """`[[bus]]`: one serial line with call boxes on it."""

    id: Id
    link: Link
    protocol: Literal["ub485", "line"] = "ub485"
    line: LineBox = LineBox()
    box: tuple[Box, ...] = ()


class Panel(Struct, frozen=True, kw_only=True):
    """`[[panel]]`: a number panel over a counter; `characters` it shows at once, `alphabet` it can show. Numbers are
    checked against both when the file is read."""

    counter: CounterNumber
    characters: Annotated[int, Meta(ge=1, le=64)]
    alphabet: Literal["digits", "seven-segment", "text"] = "text"


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
