"""What stands in for the devices of a hall.toml: a virtual one behind every link that is a pty of ours.

A link `serial:run/dev/...` gets a virtual device; a link to anything else means a real device and is left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

from ticketserver.runner.paths import RUN, shown
from ticketserver.runner.program import Program
from ticketserver.shared.counter_devices import ReceiveName, SendName
from ticketserver.shared.device_values import box_model, panel_characters, panel_model
from ticketserver.shared.devices import CardReader, Printer, Scanner
from ticketserver.shared.settings import Bus, Panel, Settings

VIRTUAL_LINK = "serial:run/dev/"
LINE_TEMPLATES = (*get_args(ReceiveName), *get_args(SendName))
LINE_ENDS = {"\r": "cr", "\n": "lf", "\r\n": "crlf"}
PANEL_SIMULATIONS = {"led485-text": "led485", "template": "any"}
"""Panel protocols that share a virtual device with another."""


@dataclass(frozen=True)
class Virtual:
    """A virtual device: its program, its terminal, and the sentence (key and values) that tells how to use it."""

    program: Program
    pty: Path
    told: str
    values: Mapping[str, object]


def virtual_devices(settings: Settings) -> list[Virtual]:
    """What stands in for each device, or line of devices, on a pty of ours."""
    made: list[Virtual] = []
    for printer in settings.printer:
        if pty := _pty_of(printer.link):
            made.append(_printer(printer, pty))
    for bus in settings.bus:
        if (pty := _pty_of(bus.link)) and bus.box:
            made.append(_boxes(settings, bus, pty))
    lines: dict[str, list[Panel]] = {}
    for panel in settings.panel:
        lines.setdefault(panel.link, []).append(panel)
    made += [_panels(settings, panels, pty) for link, panels in lines.items() if (pty := _pty_of(link))]
    made += [_scanner(each, pty) for each in settings.scanner if (pty := _pty_of(each.link))]
    made += [_card_reader(each, pty) for each in settings.card_reader if (pty := _pty_of(each.link))]
    for device in made:
        _forget_stale(device)
    return made


def _pty_of(link: str) -> Path | None:
    """`run/dev/x` of a link that ends in one of our ptys, else None."""
    if not link.startswith(VIRTUAL_LINK):
        return None
    return Path(link.removeprefix("serial:").partition("?")[0])


def _forget_stale(device: Virtual) -> None:
    """Remove a link that an earlier run left behind: it may lead to a terminal that is somebody else's by now."""
    if device.pty.is_symlink():
        device.pty.unlink()


def _baud(link: str) -> str:
    return dict(parse_qsl(urlsplit(link).query)).get("baud", "9600")


def _virtual(title: str, kind: str, pty: Path, arguments: tuple[str, ...], told: str, **values: object) -> Virtual:
    control = pty.with_name(pty.name + ".ctl")
    argv = (sys.executable, "-m", "hardware", "sim", kind, "--link", str(pty), "--control", str(control), *arguments)
    program = Program(title, argv, ready=pty.exists)
    return Virtual(program, pty, f"run.try_{told}", {"control": control, **values})


def _printer(printer: Printer, pty: Path) -> Virtual:
    slips = ("--slips", shown(RUN / "slips"))
    return _virtual(f"printer-{printer.id}", "printer", pty, slips, "printer", name=printer.id)


def _boxes(settings: Settings, bus: Bus, pty: Path) -> Virtual:
    """All boxes of a bus in one program, as they share one line."""
    argv: tuple[str, ...] = ("--protocol", bus.protocol)
    if bus.protocol not in ("ub485", "keypad"):
        argv += ("--baud", _baud(bus.link))
    if bus.protocol == "line":
        line = bus.line
        argv += ("--line-end", LINE_ENDS[line.ending], "--checksum", line.checksum or "none")
        templates = dict[str, str]([*line.receive.items(), *line.send.items()])
        argv += tuple(f"--line-{name}={templates.get(name, '')}" for name in LINE_TEMPLATES)
    for address in dict.fromkeys(box.address for box in bus.box):
        argv += ("--address", f"{address:#04x}")
    first = bus.box[0]
    model = box_model(settings, bus, first)
    told = "pads" if model.kind == "rating_pad" else "boxes"
    key = "level_5" if model.kind == "rating_pad" else "next"
    if model.protocol == "modbus":
        key = str(first.first_input + 1)
    values = {"address": f"{first.address:#04x}", "counter": first.counter, "press": key}
    return _virtual(f"boxes-{bus.id}", "box", pty, argv, told, **values)


def _panels(settings: Settings, panels: list[Panel], pty: Path) -> Virtual:
    """All panels of a link in one program."""
    first = panels[0]
    model = panel_model(settings, first)
    assert model is not None, "a panel with a link has a model, or the settings are refused"
    argv: tuple[str, ...] = ("--protocol", PANEL_SIMULATIONS.get(model.protocol, model.protocol))
    argv += ("--characters", str(panel_characters(settings, first)), "--baud", _baud(first.link))
    for panel in panels:
        argv += ("--address", str(panel.address))
    return _virtual(f"panels-{pty.name}", "panel", pty, argv, "panels")


def _scanner(scanner: Scanner, pty: Path) -> Virtual:
    return _virtual(f"scanner-{scanner.id}", "scanner", pty, ("--baud", _baud(scanner.link)), "scanner")


def _card_reader(reader: CardReader, pty: Path) -> Virtual:
    return _virtual(f"reader-{reader.id}", "reader", pty, ("--baud", _baud(reader.link)), "card_reader")
