"""What the panels over the counters show, as the server's word comes and goes: no I/O, no clock, no threads.

The look of each panel follows from its counter's state alone (panel_looks.py). While the server is away a panel keeps
what it shows for `STALE_MS` and then goes dark; `tick` has to be called at `next_deadline_ms` for that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hardware.bridge.logic import BoxId
from hardware.bridge.panel_looks import DARK, STALE_MS, PanelLook, panel_look
from ticketserver.shared.texts import Texts
from ticketserver.wire.views_counters import CounterView


@dataclass(frozen=True)
class ShowPanel:
    """Let a panel show this from now on."""

    panel: BoxId
    look: PanelLook


class PanelLogic:
    """All panels of one bridge. `panels`: panel → public counter number; `places`: counter → what people call it."""

    def __init__(self, panels: Mapping[BoxId, int], places: Mapping[int, str], texts: Texts) -> None:
        self._panels = dict(panels)
        self._places = dict(places)
        self._texts = texts
        self._views: dict[int, CounterView] = {}
        self._lost_ms: int | None = 0
        self._shown: dict[BoxId, PanelLook] = {}

    def start(self, now_ms: int) -> list[ShowPanel]:
        """What the panels show before the server was ever reached: nothing."""
        self._lost_ms = now_ms
        return self._show(now_ms)

    def connected(self, views: Iterable[CounterView], now_ms: int) -> list[ShowPanel]:
        """The snapshot after a connect or resync."""
        self._lost_ms = None
        self._views = {view.counter: view for view in views}
        return self._show(now_ms)

    def counter_changed(self, view: CounterView, now_ms: int) -> list[ShowPanel]:
        self._views[view.counter] = view
        return self._show(now_ms)

    def disconnected(self, now_ms: int) -> None:
        if self._lost_ms is None:
            self._lost_ms = now_ms

    def tick(self, now_ms: int) -> list[ShowPanel]:
        """Go dark where the server has been away too long at `now_ms`."""
        return self._show(now_ms)

    def next_deadline_ms(self) -> int | None:
        """When `tick` has something to do; None while the server is there, or all panels are dark."""
        if self._lost_ms is None or all(look == DARK for look in self._shown.values()):
            return None
        return self._lost_ms + STALE_MS + 1

    def _show(self, now_ms: int) -> list[ShowPanel]:
        """What changed on any panel."""
        away_ms = None if self._lost_ms is None else now_ms - self._lost_ms
        changed = []
        for panel, counter in self._panels.items():
            look = panel_look(self._views.get(counter), away_ms, self._texts, self._places.get(counter, ""))
            if self._shown.get(panel) != look:
                self._shown[panel] = look
                changed.append(ShowPanel(panel, look))
        return changed
