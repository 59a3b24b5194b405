"""What models of printers, call boxes, rating pads and panels there are, as data: registers, keys, sizes, by name; and
layouts of call screens (`layouts`).

The files that come with the product stand in `ticketserver/shared/models/`; a hall adds its own as `*.toml` in the
folder `hall.models`, of the same shape, and a model of the same name there takes the place of ours:

    [printer.kiosk-80]   [box.waveshare-8ch]   [panel.led485-4]   [layout.portrait]

Each model of a device names the document that its figures come from, and how sure they are: `documented` by the maker
or a standard, or to be `confirm`ed on the real device with `python -m hardware check`.
"""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import Id, KeyName, Name
from ticketserver.shared.layouts import LayoutModel, layout_problems
from ticketserver.shared.problems import Problem, SettingsError
from ticketserver.shared.reading import Tables, read_tables

MODELS = Path(__file__).parent / "models"

Sure = Literal["documented", "confirm"]
LedName = Literal["off", "green", "green_blink", "green_slow", "red_blink", "red", "red_fast"]
BoxProtocol = Literal["ub485", "line", "keys21", "modbus", "keypad"]
PanelProtocol = Literal["led485", "led485-text", "digits4", "sunpn", "ub485", "bx", "template"]
PanelStateName = Literal["idle", "calling", "serving", "paused", "closed"]
Alphabet = Literal["digits", "seven-segment", "text"]
Register = Annotated[int, Meta(ge=-1, le=65535)]
"""A Modbus address as on the wire, from 0; -1 = the model has none."""
Byte = Annotated[int, Meta(ge=-1, le=255)]
"""A byte of a frame; -1 = the model has no such frame."""
Template = Annotated[str, Meta(min_length=1, max_length=120)]


class PrinterModel(Struct, frozen=True, kw_only=True):
    """`[printer.NAME]`: `dots` across by paper width in mm. `cut_s`: how long a cut takes. `marker` "never": the unit
    prints the question for it as text. `asb`: tells its state unasked on 1D 61."""

    name_zh: Name
    name_en: Name
    source: Name
    sure: Sure
    dots: dict[Literal["58", "80"], Annotated[int, Meta(ge=128, le=1200)]]
    qr: bool = True
    select_gbk: bool = False
    speed_mm_s: Annotated[int, Meta(ge=20, le=400)] = 90
    cut_s: Annotated[float, Meta(gt=0, le=5)] = 0.3
    near_end_sensor: bool = True
    marker: Literal["probe", "never"] = "probe"
    asb: bool = False


class BoxModel(Struct, frozen=True, kw_only=True):
    """`[box.NAME]`: a call box or rating pad. `keys`, `long_keys`: the maker's key → what it means, pressed and held.

    Modbus: inputs are read with `function` from `first`; `latch_*` and `counter_*` where the module remembers presses
    (`latch_clear` and `counter_start`: the coils that clear and start them). `coils` are the outputs of each light and
    `beep_coil` sounds, both counted from the box's first input on; `together`: neighbouring ones are set at once. 21
    keys: the commands and where in the data the key stands.
    """

    protocol: BoxProtocol
    name_zh: Name
    name_en: Name
    source: Name
    sure: Sure
    kind: Literal["call_box", "rating_pad"] = "call_box"
    keys: dict[str, KeyName]
    long_keys: dict[str, KeyName] = {}
    characters: Annotated[int, Meta(ge=0, le=16)] = 0
    function: Literal[1, 2] = 2
    first: Register = 0
    inputs: Annotated[int, Meta(ge=0, le=64)] = 0
    inverted: bool = False
    latch_first: Register = -1
    latch_clear: Register = -1
    counter_first: Register = -1
    counter_function: Literal[3, 4] = 4
    counter_start: Register = -1
    coils: dict[LedName, tuple[Annotated[int, Meta(ge=0, le=65535)], ...]] = {}
    beep_coil: Register = -1
    together: bool = False
    press_cmd: Byte = -1
    key_at: Byte = 0
    led_cmd: Byte = -1
    led_codes: dict[LedName, Annotated[int, Meta(ge=0, le=255)]] = {}
    text_cmd: Byte = -1
    beep_cmd: Byte = -1

    @property
    def module(self) -> tuple[object, ...]:
        """What a Modbus module is to everyone wired to it: equal for boxes that can share one."""
        contacts = (self.function, self.first, self.inputs, self.inverted)
        return (*contacts, self.latch_first, self.latch_clear, self.counter_first, self.counter_function)

    @property
    def remembers(self) -> bool:
        """Whether a press that no reading met is not lost."""
        return self.latch_first >= 0 or self.counter_first >= 0


class PanelModel(Struct, frozen=True, kw_only=True):
    """`[panel.NAME]`: a window panel. `answers`: it acknowledges, so that its silence means something. `colours`: the
    maker's code of a colour for each state. `blank`: the value that leaves a number board dark, -1 = none does.
    `blink_effect`: the code of the effect that flashes, 0 = the host flashes. `template`: the line of a panel whose
    protocol is a template."""

    protocol: PanelProtocol
    name_zh: Name
    name_en: Name
    source: Name
    sure: Sure
    characters: Annotated[int, Meta(ge=1, le=64)]
    alphabet: Alphabet
    answers: bool = False
    width_px: Annotated[int, Meta(ge=0, le=2048)] = 0
    height_px: Annotated[int, Meta(ge=0, le=512)] = 0
    font: Annotated[str, Meta(max_length=8)] = ""
    colours: dict[PanelStateName, Annotated[int, Meta(ge=0, le=255)]] = {}
    blank: Annotated[int, Meta(ge=-1, le=65535)] = -1
    blink_effect: Annotated[int, Meta(ge=0, le=255)] = 0
    template: Annotated[str, Meta(max_length=120)] = ""
    encoding: Literal["ascii", "gbk", "utf-8"] = "gbk"
    checksum: Literal["", "sum8", "xor8", "crc16-modbus", "crc16-arc"] = ""


class Models(Struct, frozen=True, kw_only=True):
    """All models by name."""

    printer: dict[Id, PrinterModel] = {}
    box: dict[Id, BoxModel] = {}
    panel: dict[Id, PanelModel] = {}
    layout: dict[Id, LayoutModel] = {}

    def over(self, other: "Models") -> "Models":
        """Both; a name that both have is this one's."""
        return Models(
            printer={**other.printer, **self.printer},
            box={**other.box, **self.box},
            panel={**other.panel, **self.panel},
            layout={**other.layout, **self.layout},
        )


def load_models(folder: Path | None) -> Models:
    """The product's models and the hall's own in `folder`. Raises `SettingsError` for a file that is wrong."""
    found = Models()
    files = [*sorted(MODELS.glob("*.toml"))]
    if folder is not None:
        files += sorted(folder.glob("*.toml"))
    for file in files:
        tables, models = read_tables(file, Models, hidden=frozenset())
        if problems := list(layout_problems(tables, models.layout)):
            raise SettingsError(problems)
        found = models.over(found)
    return found


def no_folder(tables: Tables, folder: Path) -> list[Problem]:
    """The problem of a `hall.models` that is no folder."""
    return [] if folder.is_dir() else [tables.problem(("hall", "models"), "no_folder", folder)]
