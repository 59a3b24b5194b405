"""The panels on one link: looks in, frames out, health as values.

One thread owns a bus and turns it round, as with call boxes:

    while not stopped:
        bus.wait(0.02)         blocks on the line at most so long
        bus.poll(now_ms)       never blocks longer than one write

`show` only notes what a panel should show. `poll` says one frame at a time and waits for its answer where one is due,
so that two never meet on the line; which frame, panel_turns.py decides. A panel that does not answer costs the others
one short time-out, `LOST_MISSES` times, then one in five seconds. A link that breaks is opened again after 0.5, 1, 2,
then every 5 s, and everything is shown anew. `close` leaves the panels dark: nobody may follow a number that nobody
keeps.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hardware.devices.kept_link import KeptLink
from hardware.devices.panel_parts import PanelHealth, PanelLanguage, PanelLook, PanelSpec
from hardware.devices.panel_turns import PanelTurns, Showing, Turn
from hardware.transports.link import Link

LATE_MS: Final = 2_000
"""An answer may come so long after its question; a later one is somebody else's."""
ANSWER_BYTES: Final = 12
MOST_RESTS: Final = 20


class PanelBus:
    """All panels on one link. `open_link` opens it anew each time; `language` makes the language of one opened link;
    `byte_ms` is how long a byte is on the wire."""

    def __init__(
        self,
        open_link: Callable[[], Link],
        language: Callable[[], PanelLanguage],
        panels: Sequence[PanelSpec],
        byte_ms: float,
    ) -> None:
        self._link = KeptLink(open_link)
        self._make_language = language
        self._language = language()
        self._turns = PanelTurns(self._language, panels)
        self._byte_ms = byte_ms
        self._awaited: Turn | None = None
        self._answer_until_ms = self._free_from_ms = 0.0
        self._cost_ms = self._frame_ms(ANSWER_BYTES)

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return self._link.down

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        return self._link.wait(timeout_s)

    def show(self, address: int, look: PanelLook) -> None:
        """What the panel at `address` shows from now on."""
        self._turns.panels[address].look = look

    def poll(self, now_ms: int) -> tuple[()]:
        """Take what arrived, send what is due, open what is down; `now_ms` from any clock that only grows. Panels have
        no keys, so nothing ever happens on them."""
        if self._link.open_due(now_ms):
            self._language = self._make_language()
            self._turns.link_opened(self._language)
            self._awaited, self._free_from_ms = None, now_ms
        self._link.wait(0)
        self._hear(now_ms)
        if self._awaited is not None and now_ms >= self._answer_until_ms:
            if self._awaited.counts:
                self._turns.missed(self._awaited.panel)
            self._free(now_ms)
        if self._link.usable and self._awaited is None and now_ms >= self._free_from_ms:
            turn = self._turns.due(now_ms, self._cost_ms)
            if turn is not None:
                self._send(turn, now_ms)
        self._link.settle(now_ms)
        return ()

    def health(self) -> Mapping[int, PanelHealth]:
        """address → health, as of the last poll."""
        return {address: self._health(panel) for address, panel in self._turns.panels.items()}

    def close(self) -> None:
        """Leave the panels dark, which takes each a frame's time, and give the link back."""
        if self._link.usable:
            self._rest(self._language.gap_ms if self._awaited is None else self._language.answer_ms)
            for panel in self._turns.panels.values():
                if not panel.silent:
                    frame = self._language.look(panel.spec, PanelLook(), True)
                    self._link.write(frame)
                    answer_ms = self._language.answer_ms if self._language.answers(panel.spec) else 0.0
                    self._rest(self._frame_ms(len(frame)) + answer_ms)
        self._link.close()

    def _health(self, panel: Showing) -> PanelHealth:
        if self._link.down:
            return PanelHealth("offline", "link_down")
        if panel.silent:
            return PanelHealth("offline", "silent")
        if panel.refused:
            return PanelHealth("degraded", "refused")
        return PanelHealth("online" if panel.heard else "unheard")

    def _hear(self, now_ms: int) -> None:
        for answer in self._language.heard(self._link.take()):
            panel = self._turns.panels.get(answer.address)
            if panel is None or panel.asked_ms is None or now_ms - panel.asked_ms > LATE_MS:
                continue
            self._turns.answered(panel, answer.refused)
            if self._awaited is not None and self._awaited.panel is panel:
                self._free(now_ms)

    def _send(self, turn: Turn, now_ms: int) -> None:
        took_ms = self._frame_ms(len(turn.frame))
        self._language.sent(turn.frame)
        self._link.write(turn.frame)
        turn.panel.asked_ms = now_ms
        self._free_from_ms = now_ms + took_ms
        self._cost_ms = took_ms
        if self._language.answers(turn.panel.spec):
            self._awaited, self._answer_until_ms = turn, now_ms + took_ms + self._language.answer_ms
            self._cost_ms += ANSWER_BYTES * self._byte_ms

    def _free(self, now_ms: int) -> None:
        self._awaited, self._free_from_ms = None, now_ms + self._language.gap_ms

    def _frame_ms(self, count: int) -> float:
        return count * self._byte_ms + self._language.gap_ms

    def _rest(self, span_ms: float) -> None:
        """Let what is on the line pass: silence for `span_ms`, or an answer and the silence behind it."""
        self._link.wait(span_ms / 1000)
        for _ in range(MOST_RESTS):
            if not self._link.take():
                return
            self._link.wait(self._language.gap_ms / 1000)
