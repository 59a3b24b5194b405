"""Each kind of device driven as its program would drive it, while its bytes are recorded or a session is played back.

| kind | what is done |
|---|---|
| printer | its state, with `--print` a test slip, its state |
| bus | polled for the time; who stands there presses keys |
| panel | each look for a while, those of one line together; dark at the end |
| card_reader | until one card was read, or the time is up |
| scanner | until one code was scanned, or the time is up |

The same code records and plays back, so that a driver has to do then what it did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from msgspec.structs import replace

from hardware.bridge.buses import make_lines
from hardware.check import printers
from hardware.check.subjects import Device
from hardware.check.turning import Driver, Event, Ground, turn
from hardware.devices.call_box_parts import BoxEvent, Press, Stranger
from hardware.devices.card_reader import CardReader
from hardware.devices.card_reader_parts import CardAgain, CardDay, CardRead, CardUnknown
from hardware.devices.panel import PanelBus
from hardware.devices.panel_parts import PanelLook
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import PrintResult
from hardware.devices.printer_specimen import specimen_slip
from hardware.devices.scanner import Scanned
from hardware.devices.scanner_make import make_scanner
from hardware.transports.link import Link
from ticketserver.shared import settings as tables
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts

LOOK_S: Final = 1.3
"""No multiple of a panel's flashing: where a look changes with a flash, a recording and its playback may differ."""
LOOKS: Final = (
    PanelLook("calling", "A012", "请 A012 号"), PanelLook("serving", "A012", "正在办理 A012"),
    PanelLook("paused", "", "暂停服务"), PanelLook("closed", "", "未开放"), PanelLook("idle", "", "综合窗口 请听叫号"),
    PanelLook(),
)  # fmt: skip
NO_KEY: Final = bytes(32)
"""Cards of a session are one that nobody has, so their key need not be secret."""
RECORDED_ON: Final = date(2026, 1, 1)
AGE_LIMIT: Final = 70


def told(event: object) -> str:
    """What a driver told, in few words and without anything of people."""
    match event:
        case Press(address, key, count):
            return f"press {address} {key} {count}"
        case Stranger(address, key):
            return f"stranger {address} {key}"
        case str():
            return event
        case PrintResult():
            return f"slip {event.outcome.value} {event.detail}".rstrip()
        case CardRead():
            return f"card {event.age_group.value}"
        case CardAgain(word):
            return f"again {word}"
        case CardUnknown(kind):
            return f"unknown card {kind}"
        case Scanned(text):
            return f"code of {len(text)} characters"
        case _:
            raise ValueError(f"{event!r}: no driver here tells this")


def _state(printer: Printer) -> str:
    status = printer.status()
    return f"state {status.hindrance or status.paper}"


@dataclass(frozen=True)
class Drive:
    """One driving of `device` on `ground`. `over(seconds gone)` ends it; `print_slip`: a printer prints one."""

    settings: Settings
    device: Device
    ground: Ground
    over: Callable[[float], bool]
    print_slip: bool = False

    def run(self) -> list[str]:
        """→ what the driver told, a line each. Its link is closed at the end."""
        run = {"printer": self._printer, "card_reader": self._card_reader, "scanner": self._scanner}
        return [told(each) for each in run.get(self.device.kind, self._line)()]

    def _printer(self) -> list[object]:
        (line,) = self.device.lines
        assert isinstance(line, tables.Printer)
        printer = printers.make(self.settings, line, self.ground.open, self.ground.clock)
        try:
            seen: list[object] = [_state(printer)]
            if self.print_slip:
                mark = load_texts(self.settings.hall.languages[0])("slip.mark.test")
                seen += [printer.print_slip(specimen_slip(mark)), _state(printer)]
            return seen
        finally:
            self.ground.end()
            printer.close()

    def _card_reader(self) -> list[object]:
        reader = CardReader(self.ground.open)
        reader.use(CardDay(NO_KEY, RECORDED_ON, AGE_LIMIT))
        return self._turn(reader, bool)

    def _scanner(self) -> list[object]:
        (line,) = self.device.lines
        assert isinstance(line, tables.Scanner)
        scanner = make_scanner(line.link, line.ending, line.silence_ms, model=line.model, opener=self._open)

        def enough(events: list[Scanned]) -> bool:
            # A module reads for some seconds on command, and nobody knows when the person is ready.
            scanner.trigger()
            return bool(events)

        return self._turn(scanner, enough)

    def _line(self) -> list[object]:
        alone = {"bus": (), "panel": (), self.device.kind: self.device.lines}
        # A card that is told the time is told the same on playback; the bridge tells it the real one.
        when = datetime.combine(RECORDED_ON, time(9))
        (line,) = make_lines(replace(self.settings, **alone), self._open, lambda: when)
        if not isinstance(line.bus, PanelBus):
            return self._turn(line.bus, lambda _: False)
        for number, look in enumerate(LOOKS):
            for address in line.devices:
                line.bus.show(address, look)
            turn(line.bus, self._until((number + 1) * LOOK_S), self.ground.clock, self.ground.wait)
        return self._turn(line.bus, lambda _: True)

    def _turn(self, driver: Driver[Event], enough: Callable[[list[Event]], bool]) -> list[object]:
        def over(events: list[Event]) -> bool:
            return enough(events) or self.over(self.ground.clock())

        try:
            events = turn(driver, over, self.ground.clock, self.ground.wait)
            return [*events]
        finally:
            self.ground.end()
            driver.close()

    def _open(self, _: str) -> Link:
        """The link of the ground, whatever its address."""
        return self.ground.open()

    def _until(self, until_s: float) -> Callable[[list[BoxEvent]], bool]:
        """Over at a time, or when the whole is over."""

        def over(_: list[BoxEvent]) -> bool:
            now_s = self.ground.clock()
            return now_s >= until_s or self.over(now_s)

        return over
