"""What kind of printer a virtual one is: paper, speeds, and the habits in which makers differ.

At 203 dpi, 8 dots a millimetre, 58 mm paper has a print width of 48 mm, 384 of 464 dots; 80 mm paper 72 mm, 576 of 640.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DOTS_PER_MM = 8
PRINT_DOTS: Mapping[int, int] = MappingProxyType({58: 384, 80: 576})
BUFFER_BYTES = (4096, 65536)
SPEED_MM_S = (20, 400)


@dataclass(frozen=True)
class Profile:
    """The switches of one printer. `chinese`: double-byte mode is on at power-on. `silent_when_not_ready`: no answer
    at all while offline, as many USB and LAN units. `recovers`: after what the host's DLE ENQ is obeyed, `any` stop or
    a `cutter` error only. `auto_status`: it tells of changes unasked once it is asked to (GS a). `identity`: what it
    says it is, true or not."""

    paper_mm: int = 80
    speed_mm_s: int = 150
    buffer_bytes: int = 4096
    near_end_sensor: bool = True
    marker: bool = True
    auto_status: bool = True
    chinese: bool = True
    partial_cut_only: bool = False
    silent_when_not_ready: bool = False
    recovers: str = "any"
    identity: str = "VIRTUAL-80"

    def __post_init__(self) -> None:
        if self.paper_mm not in PRINT_DOTS:
            raise ValueError(f"paper of {self.paper_mm} mm: there is 58 and 80")
        for name, value, (least, most) in (
            ("buffer", self.buffer_bytes, BUFFER_BYTES),
            ("speed", self.speed_mm_s, SPEED_MM_S),
        ):
            if not least <= value <= most:
                raise ValueError(f"{name} {value}: from {least} to {most}")
        if not (self.identity.isascii() and self.identity.isprintable()):
            raise ValueError(f"identity {self.identity!r}: printable ASCII")

    @property
    def print_dots(self) -> int:
        return PRINT_DOTS[self.paper_mm]

    @property
    def paper_dots(self) -> int:
        return self.paper_mm * DOTS_PER_MM
