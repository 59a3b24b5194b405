"""What a panel shows for what the server says of its counter: no I/O, no clock.

| the counter | state | sentence (`panel.look.…`) |
|---|---|---|
| idle, ready | idle | 综合窗口 请听叫号 |
| calling | calling | 请 A012 号 |
| serving | serving | 正在办理 A012 |
| paused | paused | 暂停服务 |
| closed, or unknown to the server | closed | 未开放 |
| whatever it was, once the server is away longer than `STALE_MS` | stale | none: dark |

A number that may be over must not stay, but a server that is started anew is back within seconds, and a panel that went
dark and lit up again meanwhile would only unsettle those who look at it.
"""

from collections.abc import Mapping
from typing import Final

from hardware.devices.panel_parts import PanelLook, PanelState
from ticketserver.core.terms import CounterState
from ticketserver.shared.texts import Texts
from ticketserver.wire.views_counters import CounterView

__all__ = ["DARK", "STALE_MS", "PanelLook", "panel_look"]

STALE_MS: Final = 10_000
DARK: Final = PanelLook()

STATES: Mapping[CounterState, PanelState] = {
    CounterState.CLOSED: "closed",
    CounterState.IDLE: "idle",
    CounterState.READY: "idle",
    CounterState.CALLING: "calling",
    CounterState.SERVING: "serving",
    CounterState.PAUSED: "paused",
}


def panel_look(view: CounterView | None, away_ms: int | None, texts: Texts, place: str) -> PanelLook:
    """The look of a counter's panel. `away_ms`: how long the server has been away, None while it is there; `place` is
    what people call the counter's window or zone. A counter never heard of is dark until the server was there."""
    if away_ms is not None and (view is None or away_ms > STALE_MS):
        return DARK
    state = STATES[view.state] if view is not None else "closed"
    if view is not None and state in ("calling", "serving"):
        return PanelLook(state, view.number, texts(f"panel.look.{state}", number=view.number))
    values = {"place": place} if state == "idle" else {}
    return PanelLook(state, "", texts(f"panel.look.{state}", **values))
