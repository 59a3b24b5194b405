"""How a hall wants its slips to look: plain values out of `[slip]` of hall.toml, made for one printer's paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.codecs.slip import SlipPicture

NUMBER_SIZE = 4


@dataclass(frozen=True)
class SlipLook:
    """`logo` stands over everything. `notices`: lines at the foot, by language. `languages` of every slip, one under
    the other; empty = the one that the person chose."""

    logo: SlipPicture | None = None
    notices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    qr: bool = True
    number_size: int = NUMBER_SIZE


@dataclass(frozen=True)
class PaperUnit:
    """The printer as its test slip names it: its model, the paper's width, a new roll's length (0 = not known)."""

    model: Mapping[str, str] = field(default_factory=dict)
    paper_mm: int = 80
    roll_m: float = 0.0
