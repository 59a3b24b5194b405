"""Which panel of a link is spoken to next, and with what: nothing is queued, every frame is made from the newest look.

| first | what |
|---|---|
| 1 | a greeting or a look that a panel does not show yet; whom one tried longest ago comes first |
| 2 | the lit half of flashing, when the dark one has lasted `FLASH_MS` |
| 3 | asking a panel that is silent, every `ASK_AGAIN_MS` |
| 4 | the same look again each `REPAINT_MS`: a panel that lost its power comes back dark and says nothing |
| 5 | the dark half of flashing |

Flashing never takes more than half of the line: a dark half begins only when the line has rested as long as a frame
takes, and only so many panels are dark at once as can be lit again in time. So a crowded line flashes slower, and a new
call waits for no more than the frame that is on its way. No I/O and no clock here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hardware.devices.panel_parts import PanelLanguage, PanelLook, PanelSpec
from hardware.devices.panel_text import flashes

FLASH_MS: Final = 500
REPAINT_MS: Final = 10_000
ASK_AGAIN_MS: Final = 5_000
LOST_MISSES: Final = 3
LIT_AGAIN_MS: Final = 250


@dataclass(frozen=True)
class Turn:
    """A frame to be sent to a panel now; `counts`: an answer that does not come is a sign of its silence."""

    panel: "Showing"
    frame: bytes
    counts: bool


@dataclass
class Showing:
    """One panel as the host speaks to it. `shown` is the frame of the look it has, None = not known; `asked_ms` when
    its last frame went out, None = none since the link was opened; `made` the frame of a look, made once."""

    spec: PanelSpec
    look: PanelLook = PanelLook()
    greetings: list[bytes] = field(default_factory=list)
    shown: bytes | None = None
    shown_ms: int = 0
    tried_ms: int = 0
    asked_ms: int | None = None
    turned_ms: int = 0
    dark: bool = False
    heard: bool = False
    refused: bool = False
    misses: int = 0
    made: tuple[PanelLook, bytes] | None = None

    @property
    def silent(self) -> bool:
        return self.misses >= LOST_MISSES


class PanelTurns:
    """All panels of a link. `language` is replaced with each opened link (`link_opened`)."""

    def __init__(self, language: PanelLanguage, specs: Iterable[PanelSpec]) -> None:
        self._language = language
        self.panels = {spec.address: Showing(spec) for spec in specs}
        self._rested_from_ms = 0.0

    def link_opened(self, language: PanelLanguage) -> None:
        """Nothing is known of the panels any more."""
        self._language = language
        for panel in self.panels.values():
            panel.heard = panel.refused = False
            panel.misses = panel.tried_ms = 0
            panel.asked_ms = panel.made = None
            self._forget(panel)

    def due(self, now_ms: int, cost_ms: float) -> Turn | None:
        """Whom to send what now, noted as sent; `cost_ms` is how long a frame and its answer hold the line."""
        well = [panel for panel in self.panels.values() if not panel.silent]
        for panel in sorted(well, key=lambda panel: panel.tried_ms):
            if panel.greetings:
                panel.tried_ms = now_ms
                return Turn(panel, panel.greetings.pop(0), counts=False)
            if self._lit(panel) != panel.shown:
                return self._show(panel, now_ms)
        for panel in well:
            if panel.dark and (not flashes(panel.look) or now_ms - panel.turned_ms >= FLASH_MS):
                return self._show(panel, now_ms)
        for panel in self.panels.values():
            if panel.silent and now_ms - panel.tried_ms >= ASK_AGAIN_MS:
                return self._ask(panel, now_ms)
        for panel in well:
            if now_ms - panel.shown_ms >= REPAINT_MS:
                return self._show(panel, now_ms)
        return self._darken(well, now_ms, cost_ms)

    def answered(self, panel: Showing, refused: bool) -> None:
        """It spoke; one that was silent may have lost its power, so it is greeted and shown everything anew."""
        if panel.silent:
            self._forget(panel)
        panel.heard, panel.refused, panel.misses = True, refused, 0

    def missed(self, panel: Showing) -> None:
        """An answer that was due did not come: what it was told is told again, after the others' turns."""
        panel.misses += 1
        self._forget(panel)

    def _forget(self, panel: Showing) -> None:
        panel.greetings = self._language.greeting(panel.spec)
        panel.shown, panel.dark = None, False

    def _show(self, panel: Showing, now_ms: int) -> Turn:
        panel.shown = self._lit(panel)
        panel.shown_ms = panel.tried_ms = panel.turned_ms = now_ms
        panel.dark = False
        return self._turn(panel, panel.shown)

    def _ask(self, panel: Showing, now_ms: int) -> Turn:
        panel.tried_ms = now_ms
        return self._turn(panel, self._language.ping(panel.spec) or self._lit(panel))

    def _darken(self, well: list[Showing], now_ms: int, cost_ms: float) -> Turn | None:
        dark = sum(panel.dark for panel in well)
        if now_ms < self._rested_from_ms or dark >= max(1, int(LIT_AGAIN_MS / cost_ms)):
            return None
        waiting = [
            panel for panel in well
            if flashes(panel.look) and not panel.dark and self._language.host_flashes(panel.spec)
            and now_ms - panel.turned_ms >= FLASH_MS
        ]  # fmt: skip
        if not waiting:
            return None
        panel = min(waiting, key=lambda panel: panel.turned_ms)
        panel.dark, panel.turned_ms, panel.tried_ms = True, now_ms, now_ms
        self._rested_from_ms = now_ms + 2 * cost_ms
        return self._turn(panel, self._language.look(panel.spec, panel.look, False))

    def _lit(self, panel: Showing) -> bytes:
        if panel.made is None or panel.made[0] != panel.look:
            panel.made = panel.look, self._language.look(panel.spec, panel.look, True)
        return panel.made[1]

    def _turn(self, panel: Showing, frame: bytes) -> Turn:
        return Turn(panel, frame, counts=self._language.answers(panel.spec))
