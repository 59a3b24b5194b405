"""BX-5K and BX-6K dot-matrix cards, on a serial line or each behind its own TCP port (codecs/bx_frame, bx_live).

A look is one live area as large as the panel. The card takes it away by itself when nothing new came for `TIMEOUT_S`,
three repaints long. A dark panel has no live area, so a card shows there what it was made to show for itself. A card
that comes back is set to the hall's time. Where the card flashes text by an effect, it does that alone. A sentence
longer than a line wraps where the panel has more of them.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from hardware.codecs import bx_frame, bx_live
from hardware.devices import panel_text
from hardware.devices.panel_parts import Answer, PanelLook, PanelSpec

ANSWER_MS: Final = 300.0
GAP_MS: Final = 20.0
TIMEOUT_S: Final = 30


class BxCards:
    """`now` is the hall's clock."""

    answer_ms = ANSWER_MS
    gap_ms = GAP_MS

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ear = bx_frame.BxDecoder()

    def answers(self, spec: PanelSpec) -> bool:
        return True

    def host_flashes(self, spec: PanelSpec) -> bool:
        return not spec.blink_effect

    def greeting(self, spec: PanelSpec) -> list[bytes]:
        return [bx_frame.encode(spec.address, bx_live.set_clock(self._now()))]

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        if look.state == "stale":
            return bx_frame.encode(spec.address, bx_live.DELETE_ALL)
        sentence = look.text if lit else " "
        text = sentence if spec.alphabet == "text" else panel_text.figures(spec, look, lit)
        flashing = panel_text.flashes(look) and spec.blink_effect
        area = bx_live.LiveArea(
            spec.width_px,
            spec.height_px,
            bx_live.marked_text(text, spec.font, spec.colours.get(look.state)),
            timeout_s=TIMEOUT_S,
            several_lines=panel_text.columns(text) > spec.characters,
            effect=spec.blink_effect if flashing else bx_live.EFFECT_STILL,
        )
        return bx_frame.encode(spec.address, bx_live.live_text(area, answer=True))

    def ping(self, spec: PanelSpec) -> bytes | None:
        return bx_frame.encode(spec.address, bx_live.PING)

    def sent(self, frame: bytes) -> None:
        pass

    def heard(self, data: bytes) -> list[Answer]:
        return [
            Answer(frame.src, refused=bx_live.answer_of(frame.data) == "refused")
            for frame in self._ear.feed(data)
            if frame.dst == bx_frame.HOST
        ]
