"""Lines with call boxes, rating pads or panels: does the line open, which devices answer, which keys arrive.

Each line is turned round by its own driver until every device has answered, or its time is up. Boxes that say nothing
unless a key is pressed are noted as such; with `--press` each box is waited for. Panels show 8888, or 测试 where they
can, and go dark at the end: the bridge paints them anew when it runs.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from hardware.bridge.buses import slow_cycle_ms, try_lines
from hardware.bridge.lines import BadLine, Device, Line
from hardware.bridge.port import Health
from hardware.check.links import Opener, in_use, no_link
from hardware.check.parts import Ask, Finding, Trial, Word, note, reason, well, wrong
from hardware.check.turning import turn_for
from hardware.devices.bus_time import LONGEST_CYCLE_MS
from hardware.devices.call_box_parts import BoxEvent, Press, Stranger
from hardware.devices.panel import PanelBus
from hardware.devices.panel_parts import PanelLook
from hardware.transports.open import open_link
from ticketserver.shared.device_values import panel_alphabet

SETTLE_S: Final = 7.5
"""Longer than a box that is asked may stay silent before its driver says so."""
READY_S: Final = 1.0
"""Until a driver is ready for keys."""
SHOW_S: Final = 3.0
NUMBER: Final = "8888"
TEXT: Final = "测试"


def tests(ask: Ask) -> list[Trial]:
    opener = Opener(open_link)
    lines, bad = try_lines(ask.settings, opener)
    buses = {bus.id: bus.link for bus in ask.settings.bus}
    made = [Trial((problem.line,), "", partial(_bad, problem)) for problem in bad]
    for line in lines:
        devices = tuple(device.id for device in line.devices.values())
        # Panels have no line of their own in hall.toml; what is said of all of them is said of the first.
        names = (line.id, *devices) if line.id in buses else devices
        link = buses.get(line.id, line.id)
        run = partial(_test, ask, replace(line, id=names[0]), link, opener)
        made.append(Trial(names, link, run, SETTLE_S + ask.press_s + 2))
    return made


def _bad(problem: BadLine) -> list[Finding]:
    return [wrong(problem.line, "line.bad", problem=problem)]


def _test(ask: Ask, line: Line, link: str, opener: Opener) -> list[Finding]:
    """What is known of a line without opening it, and what its devices say."""
    slow_ms = slow_cycle_ms(line)
    slow = [] if slow_ms is None else [wrong(line.id, "line.slow", cycle=round(slow_ms), most=round(LONGEST_CYCLE_MS))]
    return slow + _answers(ask, line, link, opener)


def _answers(ask: Ask, line: Line, link: str, opener: Opener) -> list[Finding]:
    if used := in_use(ask, link, tuple(device.id for device in line.devices.values())):
        return used
    bus = line.bus
    try:
        if isinstance(bus, PanelBus):
            return _panels(ask, line, bus, opener, link)
        if ask.press_s:
            return _presses(ask, line, link, opener)
        return _boxes(line, link, opener)
    finally:
        bus.close()


def _boxes(line: Line, link: str, opener: Opener) -> list[Finding]:
    """Which boxes answer, until all do or the time is up."""
    answered: set[int] = set()

    def over(_: list[BoxEvent]) -> bool:
        answered.update(address for address, health in line.bus.health().items() if health.state == "online")
        return link in opener.problems or answered == set(line.devices)

    events = turn_for(SETTLE_S, line.bus, over)
    if problem := opener.problems.get(link):
        return [no_link(line.id, link, problem)]
    health = line.bus.health()
    found = [_box(device, health[address], address in answered) for address, device in line.devices.items()]
    return found + _strangers(line, events)


def _box(device: Device, health: Health, answered: bool) -> Finding:
    values = {"kind": Word(f"terms.device_kind.{device.kind}"), "counter": device.counter}
    if health.reason and answered:
        return note(device.id, "line.unsteady", **values)
    if health.reason:
        return wrong(device.id, "line.fault", **values, why=reason(health.reason))
    if health.state == "unheard":
        return note(device.id, "line.box_unheard", **values)
    return well(device.id, "line.box_well", **values)


def _presses(ask: Ask, line: Line, link: str, opener: Opener) -> list[Finding]:
    """One key of each box, from a person's hand."""
    events = turn_for(READY_S, line.bus, lambda _: link in opener.problems)
    if problem := opener.problems.get(link):
        return [no_link(line.id, link, problem)]
    wait = {"seconds": f"{ask.press_s:g}"}
    ask.prompt(note(line.id, "line.press", **wait))
    wanted = set(line.devices)
    events += turn_for(
        ask.press_s, line.bus, lambda events: wanted <= {each.address for each in events if isinstance(each, Press)}
    )
    pressed: dict[int, str] = {each.address: each.key for each in events if isinstance(each, Press)}
    found = []
    for address, device in line.devices.items():
        values = {"kind": Word(f"terms.device_kind.{device.kind}"), "counter": device.counter}
        if address in pressed:
            found.append(well(device.id, "line.pressed", **values, key=_key(pressed[address])))
        else:
            found.append(wrong(device.id, "line.not_pressed", **values, **wait))
    return found + _strangers(line, events)


def _key(key: str) -> Word:
    """A key of a call box, or the level that a key of a rating pad stands for."""
    return Word(f"console.waiting.{key}" if key.startswith("level_") else f"terms.key.{key}")


def _strangers(line: Line, events: list[BoxEvent]) -> list[Finding]:
    met = dict.fromkeys((each.address, each.key) for each in events if isinstance(each, Stranger))
    return [note(line.id, "line.stranger", address=address, key=key) for address, key in met]


def _panels(ask: Ask, line: Line, bus: PanelBus, opener: Opener, link: str) -> list[Finding]:
    """All panels of a line show something for a while."""
    alphabets = {panel.counter: panel_alphabet(ask.settings, panel) for panel in ask.settings.panel}
    shown = {device.id: TEXT if alphabets[device.counter] == "text" else NUMBER for device in line.devices.values()}
    seconds = f"{SHOW_S:g}"
    ask.prompt(note(line.id, "line.look", shown=" / ".join(sorted(set(shown.values()))), seconds=seconds))
    for address in line.devices:
        bus.show(address, PanelLook("serving", NUMBER, TEXT))
    turn_for(SHOW_S, bus, lambda _: link in opener.problems)
    if problem := opener.problems.get(link):
        return [no_link(line.id, link, problem)]
    health = bus.health()
    return [_panel(device, health[address], shown[device.id]) for address, device in line.devices.items()]


def _panel(device: Device, health: Health, shown: str) -> Finding:
    if health.reason:
        kind = Word(f"terms.device_kind.{device.kind}")
        return wrong(device.id, "line.fault", kind=kind, counter=device.counter, why=reason(health.reason))
    if health.state == "unheard":
        return note(device.id, "line.panel_shown", counter=device.counter, shown=shown, seconds=f"{SHOW_S:g}")
    return well(device.id, "line.panel_well", counter=device.counter, shown=shown)
