"""The devices of hall.toml that bytes go to and come from, by id, whatever their kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from hardware.devices.masks import CardMask
from hardware.devices.masks_scans import KeyboardMask, ModuleMask, ScanMask
from hardware.transports.recorded import Mask, NoMask
from ticketserver.shared import settings as tables
from ticketserver.shared.device_values import box_model_name
from ticketserver.shared.settings import Settings


@dataclass(frozen=True)
class Device:
    """One device of hall.toml: `lines` are its tables there, more than one for panels that share a link."""

    id: str
    kind: str
    link: str
    model: str
    lines: tuple[Struct, ...]

    @property
    def mask(self) -> Callable[[], Mask]:
        """What hides people's data in its bytes."""
        if self.kind == "card_reader":
            return CardMask
        if self.kind == "scanner":
            return KeyboardMask if self.link.startswith("input:") else ModuleMask if self.model == "gm65" else ScanMask
        return NoMask


KINDS: Final[Mapping[str, type[Struct]]] = {
    "printer": tables.Printer, "bus": tables.Bus, "panel": tables.Panel, "card_reader": tables.CardReader,
    "scanner": tables.Scanner,
}  # fmt: skip


def devices_of(settings: Settings) -> dict[str, Device]:
    """Everything in hall.toml that bytes go to and come from, by id."""
    found = [Device(each.id, "printer", each.link, each.model, (each,)) for each in settings.printer]
    for bus in settings.bus:
        models = sorted({box_model_name(bus, box) for box in bus.box})
        found.append(Device(bus.id, "bus", bus.link, " ".join([bus.protocol, *models]), (bus,)))
    for panel in settings.panel:
        if panel.link:
            of_link = tuple(each for each in settings.panel if each.link == panel.link)
            found.append(Device(f"panel-{panel.counter}", "panel", panel.link, panel.model, of_link))
    found += [Device(each.id, "card_reader", each.link, "-", (each,)) for each in settings.card_reader]
    found += [Device(each.id, "scanner", each.link, each.model, (each,)) for each in settings.scanner]
    return {each.id: each for each in found}
