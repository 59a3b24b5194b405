"""The parts of hall.toml that name what stands at the counters: call boxes, rating pads, panels, and their lines.

Link addresses: `serial:/dev/ttyUSB0?baud=57600`, `tcp:192.168.1.60:502`; of keypads `input:/dev/input/by-path/…`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ticketserver.shared.device_models import Alphabet, LedName
from ticketserver.shared.fields import CounterNumber, Id, KeyLink, KeyName, OptionalId, OptionalLink

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
