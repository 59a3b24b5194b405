"""Panel buses made from plain values: a link address, a protocol, panels. Nothing is opened yet.

| protocol | addresses | characters | alphabets |
|---|---|---|---|
| led485 | 1–247 | 1–6 (digits: 1–4) | digits, seven-segment |
| led485-text | 1–255 | 1–6 | digits, seven-segment |
| digits4, sunpn | 0–255 | 1–4 | digits |
| ub485 | 32–254 | any | all |
| bx | 1–32767 | any | all; width and height in pixels are needed |
| template | 0–65535 | any | all |

Behind a TCP address a serial server may stand, whose line has a speed that is not seen here; the pauses are those of
9600, which is what such panels come with.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from hardware.codecs import led485, number_boards
from hardware.codecs.panel_template import PanelTemplate
from hardware.devices.opening import Opener, open_link
from hardware.devices.panel import PanelBus
from hardware.devices.panel_boards import DigitBoards, SunpnBoards, TemplateBoards, Ub485Boards
from hardware.devices.panel_bx import BxCards
from hardware.devices.panel_led485 import Led485Lines, Led485Modbus
from hardware.devices.panel_parts import Alphabet, PanelLanguage, PanelSpec
from hardware.transports.open import DEFAULT_BAUD, SerialAddress, parse_address

__all__ = ["PANEL_PROTOCOLS", "panel_bus"]

BITS_PER_BYTE: Final = 10
ANY_WIDTH: Final = range(1, 65)


@dataclass(frozen=True)
class _Limits:
    addresses: range
    characters: range = ANY_WIDTH
    alphabets: tuple[Alphabet, ...] = ("digits", "seven-segment", "text")


_VALUE_CHARACTERS = range(1, led485.VALUE_DIGITS + 1)
_LIMITS: Mapping[str, _Limits] = {
    "led485": _Limits(led485.UNITS, led485.CHARACTERS, ("digits", "seven-segment")),
    "led485-text": _Limits(led485.TEXT_BOARDS, led485.CHARACTERS, ("digits", "seven-segment")),
    "digits4": _Limits(range(256), _VALUE_CHARACTERS, ("digits",)),
    "sunpn": _Limits(range(256), _VALUE_CHARACTERS, ("digits",)),
    "ub485": _Limits(number_boards.UB485_ADDRESSES),
    "bx": _Limits(range(1, 0x8000)),
    "template": _Limits(range(0x10000)),
}
PANEL_PROTOCOLS: Final = tuple(_LIMITS)


def panel_bus(
    link: str,
    protocol: str,
    panels: Sequence[PanelSpec],
    now: Callable[[], datetime] = datetime.now,
    opener: Opener = open_link,
) -> PanelBus:
    """The panels of one protocol on `link`. Raises `ValueError` naming what is wrong and what is allowed."""
    where = parse_address(link)
    if protocol not in _LIMITS:
        raise ValueError(f"panel protocol {protocol!r}: allowed {', '.join(PANEL_PROTOCOLS)}")
    addresses = [panel.address for panel in panels]
    for panel in panels:
        if addresses.count(panel.address) > 1:
            raise ValueError(f"panel address {panel.address} on {link}: there twice; each panel has its own")
        _check(protocol, panel)
    baud = where.baud if isinstance(where, SerialAddress) else DEFAULT_BAUD
    language = _language(protocol, panels, baud, now)
    return PanelBus(partial(opener, link), language, panels, BITS_PER_BYTE * 1000 / baud)


def _check(protocol: str, panel: PanelSpec) -> None:
    limits = _LIMITS[protocol]
    who = f"{protocol} panel at address {panel.address}"
    if panel.address not in limits.addresses:
        raise ValueError(f"{who}: allowed addresses {limits.addresses[0]} to {limits.addresses[-1]}")
    if panel.characters not in limits.characters:
        most = limits.characters[-1]
        raise ValueError(f"{who}: {panel.characters} characters; it has 1 to {most}")
    if panel.alphabet not in limits.alphabets:
        raise ValueError(f"{who}: alphabet {panel.alphabet!r}; it can show {', '.join(limits.alphabets)}")
    if protocol == "led485" and panel.alphabet == "digits" and panel.characters not in _VALUE_CHARACTERS:
        raise ValueError(f"{who}: {panel.characters} digits as one number; it has at most {led485.VALUE_DIGITS}")
    if protocol == "bx" and not (panel.width_px and panel.height_px):
        raise ValueError(f"{who}: needs its width and height in pixels")


def _language(
    protocol: str, panels: Sequence[PanelSpec], baud: int, now: Callable[[], datetime]
) -> Callable[[], PanelLanguage]:
    if protocol == "template":
        frames = {panel.address: PanelTemplate(panel.template, panel.encoding, panel.checksum) for panel in panels}
        return lambda: TemplateBoards(frames)
    makers: Mapping[str, Callable[[], PanelLanguage]] = {
        "led485": lambda: Led485Modbus(baud),
        "led485-text": Led485Lines,
        "digits4": DigitBoards,
        "sunpn": SunpnBoards,
        "ub485": Ub485Boards,
        "bx": lambda: BxCards(now),
    }
    return makers[protocol]
