"""The whole call screen: head, calls, lists, zones, the line at the foot, and the mark of a lost line. Draws frames."""

from dataclasses import dataclass

from kivy.core.window import Window
from kivy.uix.boxlayout import BoxLayout

from display.model import Frame, Pair
from display.widgets import calls, lists
from display.widgets import theme as t
from display.widgets.plate import Plate
from display.widgets.theme import theme
from ticketserver.window.kv import load_kv

__all__ = ["BoardWindow", "Heads", "calls", "lists"]


@dataclass(frozen=True)
class Heads:
    """The words over the parts of the screen, in the hall's languages."""

    calling: Pair
    soon: Pair
    missed: Pair
    waiting: Pair


class StaleMark(Plate):
    """Over the calls while what they show may be old. Without a reason it has no height."""

    def show(self, stale: Pair | None) -> None:
        self.opacity = 1 if stale else 0
        self.height = 104 * theme.u if stale else 0
        self.ids.text.show(stale or Pair(""))


class FootLine(Plate):
    """A notice, or what the hour means."""

    def show(self, pair: Pair, care: bool) -> None:
        self.ground = t.CARE if care else t.BAR
        self.ids.text.ink, self.ids.text.side_ink = (t.CARE_INK, t.CARE_INK) if care else (t.INK, t.SIDE_INK)
        self.ids.text.show(pair)


class BoardWindow(BoxLayout):
    """`show` a frame. `panel`: pixels and inches of the display's real panel."""

    def __init__(self, heads: Heads, panel: tuple[int, int], inches: float, **kwargs: object) -> None:
        self._heads, self._panel, self._inches = heads, panel, inches
        self._frame: Frame | None = None
        theme.fit_panel(Window.size, panel, inches)
        super().__init__(**kwargs)
        self.ids.calling.show(heads.calling)
        self.ids.calls.tell_page(self.ids.calling.show_page)
        self.ids.waiting.show(heads.waiting)
        Window.bind(size=self._resized)

    def fit(self, width: float, height: float) -> None:
        """Measure for a window of this size, and draw again."""
        theme.fit_panel((width, height), self._panel, self._inches)
        if self._frame is not None:
            self.show(self._frame)

    def show(self, frame: Frame) -> None:
        self._frame = frame
        ids, heads = self.ids, self._heads
        ids.hall.show(frame.hall)
        ids.date.show(frame.date)
        ids.clock.said = frame.clock
        ids.calls.show(frame.calls, frame.rows, frame.turn)
        ids.says.show(Pair("") if frame.calls else frame.says)
        ids.soon.show(heads.soon, frame.soon, frame.turn, taking_turns=False)
        ids.missed.show(heads.missed, frame.missed, frame.turn, taking_turns=True)
        ids.zones.show(frame.waiting)
        ids.bar.show(frame.bar, frame.care)
        ids.stale.show(frame.stale)

    def _resized(self, _window: object, size: tuple[float, float]) -> None:
        self.fit(*size)


load_kv(__file__)
