"""Slip printers by kind, as data: what cannot be asked from the unit itself.

| profile | dots on 58 / 80 mm | QR code | text code |
|---|---|---|---|
| generic | 384 / 576 | by the printer | GBK at power-up |
| narrow-80 | 384 / 512 | by the printer | GBK at power-up |
| picture-qr | 384 / 576 | sent as a picture, for boards without the command | GBK at power-up |
| select-gbk | 384 / 576 | by the printer | another at power-up, GBK is selected |

Everything else is found out by the driver: whether the unit reports that a slip is done, which sensors it has, whether
it answers while it cannot print.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class PrinterProfile:
    dots: Mapping[int, int]
    """Dots across, by the paper's width in mm."""
    device_qr: bool = True
    select_gbk: bool = False


_DOTS: Final = MappingProxyType({58: 384, 80: 576})

PROFILES: Final[Mapping[str, PrinterProfile]] = MappingProxyType(
    {
        "generic": PrinterProfile(_DOTS),
        "narrow-80": PrinterProfile(MappingProxyType({58: 384, 80: 512})),
        "picture-qr": PrinterProfile(_DOTS, device_qr=False),
        "select-gbk": PrinterProfile(_DOTS, select_gbk=True),
    }
)


def profile_of(name: str) -> PrinterProfile:
    """The profile called `name`; `ValueError` names those there are."""
    if name not in PROFILES:
        raise ValueError(f"printer profile {name!r}: allowed {', '.join(PROFILES)}")
    return PROFILES[name]
