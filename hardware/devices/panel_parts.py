"""What the panels over the counters share: what one shows, what one is, how it is, and what its language must do.

A panel renders the counter's state as the server last told it. It is dark where nothing is to be called (idle, closed
on a digits panel) and where nothing is known any more (`stale`): a number that may be over must not stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

PanelState = Literal["idle", "calling", "serving", "paused", "closed", "stale"]
Alphabet = Literal["digits", "seven-segment", "text"]
PanelCondition = Literal["online", "unheard", "degraded", "offline"]


@dataclass(frozen=True)
class PanelLook:
    """What stands on a panel: the counter's state, the visit's number ("A012"), and the whole sentence for panels that
    show text. The first look, before anybody said anything, is a dark panel."""

    state: PanelState = "stale"
    number: str = ""
    text: str = ""


@dataclass(frozen=True)
class PanelSpec:
    """One panel on a link. `characters` it shows at once (a Chinese one is two); of a BX card those of one line.

    `answers`: the maker says that it acknowledges, where the protocol alone does not say so. `colours`: the maker's
    code of a colour by state. `blank`: the value that leaves a number board dark, -1 = none does. `blink_effect`: the
    code of the effect that flashes, 0 = the host flashes. `template`, `encoding`, `checksum`: see
    codecs/panel_template.
    """

    address: int
    counter: int = 0
    characters: int = 4
    alphabet: Alphabet = "seven-segment"
    answers: bool = False
    width_px: int = 0
    height_px: int = 0
    font: str = ""
    colours: Mapping[str, int] = field(default_factory=dict)
    blank: int = -1
    blink_effect: int = 0
    template: str = ""
    encoding: str = "gbk"
    checksum: str = ""


@dataclass(frozen=True)
class PanelHealth:
    """online: it answers · unheard: the line is open; the panel has not spoken yet, or never does · degraded with a
    reason: `refused`, it answers and does not show what it is told · offline with a reason: `link_down`, or `silent`
    where it should answer and does not."""

    state: PanelCondition
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """A panel said something: it lives; `refused`: it does not do what it was told."""

    address: int
    refused: bool = False


class PanelLanguage(Protocol):
    """One opened link's language.

    `gap_ms` is the silence after each frame, or after its answer. `answer_ms`: how long an answer may take after the
    last byte of a frame. `look` gives the frame that shows a look; with `lit` False the dark half of flashing, which is
    asked for where `host_flashes`. `greeting` comes before the first look of a panel that was away, and need not be
    answered; `ping` asks a panel that is silent (None: its look does that). `answers`: a look is acknowledged.
    """

    gap_ms: float
    answer_ms: float

    def answers(self, spec: PanelSpec) -> bool: ...
    def host_flashes(self, spec: PanelSpec) -> bool: ...
    def greeting(self, spec: PanelSpec) -> list[bytes]: ...
    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes: ...
    def ping(self, spec: PanelSpec) -> bytes | None: ...
    def sent(self, frame: bytes) -> None: ...
    def heard(self, data: bytes) -> list[Answer]: ...
