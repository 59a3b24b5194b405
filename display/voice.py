"""What the voice's parts tell each other: the hall's rules for it, events in, effects out; and the names of notices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from display.phrases import Voicing
from ticketserver.core.ids import CallId, ZoneId
from ticketserver.wire.views_board import AnnouncementView, BoardView, CallView

OPENING: Final = "notice-opening"
CUT_OFF: Final = "notice-cut-off"
PAUSED: Final = "notice-paused"


class FreeText(NamedTuple):
    """Words that no clip was made for, in one language (`zh`, `en`)."""

    language: str
    text: str


Clip = str | FreeText
"""What is played: a clip by its name, or a text that is made into one."""


@dataclass(frozen=True)
class VoiceRules:
    """`zones` that this voice speaks for, None = all; the cut-off's notice comes `cut_off_ms` before the last number,
    0 = never. `languages` of announcements, in the hall's order. `quiet`: whether it keeps silent at that time."""

    how: Voicing
    zones: frozenset[ZoneId] | None = None
    repeat: int = 2
    gap_ms: int = 1_000
    short_from: int = 3
    cut_off_ms: int = 0
    languages: tuple[str, ...] = ("zh", "en")
    quiet: Callable[[int], bool] = lambda _now: False


@dataclass(frozen=True)
class Seen:
    """Event: the whole board, as it stands."""

    board: BoardView


@dataclass(frozen=True)
class Called:
    """Event: one call, before the board that has it."""

    call: CallView


@dataclass(frozen=True)
class Played:
    """Event: what was to be played has been, or would have been by now."""


@dataclass(frozen=True)
class Ticked:
    """Event: time has passed."""


@dataclass(frozen=True)
class Play:
    """Effect: play these clips; then say `Played`."""

    clips: tuple[Clip, ...]


@dataclass(frozen=True)
class Report:
    """Effect: tell the server that this call was spoken."""

    call_id: CallId


@dataclass(frozen=True)
class Shown:
    """Effect: tell the server that this call stands on the screen and is not spoken."""

    call_id: CallId


@dataclass(frozen=True)
class Notice:
    """Effect: this notice is being said; None when it is over."""

    name: str | None


@dataclass(frozen=True)
class Stop:
    """Effect: break off what is being played; no `Played` comes of it."""


@dataclass(frozen=True)
class Announcing:
    """Effect: this announcement is being said; None when it is over."""

    announcement: AnnouncementView | None


Event = Seen | Called | Played | Ticked
Effect = Play | Stop | Report | Shown | Notice | Announcing
