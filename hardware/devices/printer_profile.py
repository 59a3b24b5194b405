"""What a kind of slip printer can do, as values: what cannot be asked from the unit itself.

Which kinds there are stands in the models' data. Everything else is found out by the driver: which way the unit tells
that a slip is done, whether it answers while it cannot print.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PrinterProfile:
    """`dots` across, by the paper's width in mm. `device_qr`: it draws QR codes by itself. `select_gbk`: it starts in
    another code. `marker`: it may be asked for the completion marker without taking the question for text.
    `auto_status`: 1D 61 switches on what its name says."""

    dots: Mapping[int, int]
    device_qr: bool = True
    select_gbk: bool = False
    marker: bool = True
    auto_status: bool = False
