"""The small parts of the picture: buttons, the basket, the words for turning pages, and words not to be read aloud."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.events import Tap


class Look(StrEnum):
    """How a button stands among others."""

    MAIN = "main"
    SIDE = "side"
    QUIET = "quiet"
    TILE = "tile"
    CHOSEN = "chosen"
    KEY = "key"


class Private(str):
    """Words for one person's eyes: shown and never read aloud, since others hear a loudspeaker."""

    __slots__ = ()


class Mood(StrEnum):
    """The colour of a message."""

    CALM = "calm"
    GOOD = "good"
    CARE = "care"


@dataclass(frozen=True)
class Button:
    """`detail`: a second, smaller line. A button that is not enabled is drawn so."""

    label: str
    tap: Tap
    look: Look = Look.SIDE
    detail: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class Basket:
    """What has been chosen so far, and the way on. Without `done` nothing has been chosen. `afresh`: the way to an
    empty one, for whoever finds what somebody else chose."""

    text: str = ""
    done: Button | None = None
    afresh: Button | None = None


@dataclass(frozen=True)
class Pages:
    """Words for turning pages, where rows do not fit."""

    earlier: str
    later: str
