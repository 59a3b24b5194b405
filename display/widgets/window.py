"""The whole call screen: the parts that its layout has, each in its place. Draws frames, decides nothing.

A part is a widget that takes what it shows out of a frame. Which parts are drawn depends on how many calls there are
and on whether it is a picture's turn (display/layout.py).
"""

from collections.abc import Callable
from typing import Final

from kivy.core.window import Window
from kivy.uix.widget import Widget

from display.layout import MANY, QUIET, Layout, Place
from display.model import Frame, Still
from display.widgets import theme as t
from display.widgets.calls import CallArea
from display.widgets.columns import Columns
from display.widgets.lists import Numbers, WaitingStrip
from display.widgets.media import Media
from display.widgets.parts import FootLine, Head, Heads, StaleMark
from display.widgets.sign import SignPlate
from display.widgets.theme import theme
from ticketserver.window.kv import load_kv
from ticketserver.window.plain import read_plain_at_the_point

__all__ = ["BoardWindow", "Heads"]

MAKES: Final[dict[str, Callable[[], Widget]]] = {
    "head": Head, "calls": CallArea, "zones": Columns, "soon": Numbers, "missed": Numbers, "waiting": WaitingStrip,
    "foot": FootLine, "sign": SignPlate, "media": Media, "stale": StaleMark,
}  # fmt: skip
"""Part → its widget, in the order in which they are drawn over each other."""
AGING: Final = ("calls", "zones", "soon", "missed", "waiting", "sign")
"""Parts that are faint while what they show may be old."""


class BoardWindow(Widget):
    """`show` a frame. `panel`: pixels and inches of the display's real panel. `media_px`: the place of a picture or
    film on the frame that is shown, None while there is none to be seen."""

    def __init__(self, heads: Heads, layout: Layout, panel: tuple[int, int], inches: float, **kwargs: object) -> None:
        self._heads, self._layout, self._panel, self._inches = heads, layout, panel, inches
        self._frame: Frame | None = None
        self.media_px: tuple[int, int] | None = None
        self._measure(*Window.size)
        read_plain_at_the_point()
        super().__init__(**kwargs)
        needed = {"calls" if name == MANY else name for name in layout.parts}
        self.parts = {name: make() for name, make in MAKES.items() if name in needed}
        self.fbind("size", self._resized)

    def show(self, frame: Frame) -> None:
        self._frame = frame
        places = self._layout.on(*self.size)
        crowded = any(self.parts[name].crowds(frame, places[name]) for name in ("calls", "zones") if name in places)
        quiet = places.get(QUIET)
        picture = frame.media is not None and not (quiet and CallArea.crowds(frame, quiet))
        drawn = self._layout.drawn(crowded, picture)
        for name, part in self.parts.items():
            shown = name in drawn and (name != "stale" or frame.stale is not None)
            part.opacity = 0 if not shown else t.OLD if frame.stale and name in AGING else 1
            if shown:
                self._put(part, places[drawn[name]])
        media = places["media"] if "media" in drawn else None
        self.media_px = (int(media.width), int(media.height)) if media is not None else None
        self._have([part for part in self.parts.values() if part.opacity])
        self._fill(frame, drawn)

    def _fill(self, frame: Frame, drawn: dict[str, str]) -> None:
        heads = self._heads
        tell: dict[str, Callable[[Widget], None]] = {
            "head": lambda part: part.show(frame.hall, frame.date, frame.clock),
            "calls": lambda part: part.show(frame),
            "zones": lambda part: part.show(frame),
            "soon": lambda part: part.show(heads.soon, frame.soon, frame.turn, taking_turns=False),
            "missed": lambda part: part.show(heads.missed, frame.missed, frame.turn, taking_turns=True),
            "waiting": lambda part: part.show(heads.waiting, frame.waiting),
            "foot": lambda part: part.show(frame.bar, frame.care),
            "sign": lambda part: part.show(frame.sign),
            "media": lambda part: part.show(frame.media),
            "stale": lambda part: part.show(frame.stale),
        }
        for name in drawn:
            tell[name](self.parts[name])

    def paint(self, still: Still) -> None:
        """The film's next picture."""
        if "media" in self.parts:
            self.parts["media"].paint(still)

    def _have(self, seen: list[Widget]) -> None:
        """Only what is seen stands in the window: the rest would be drawn all the same, with no opacity."""
        if self.children[::-1] != seen:
            self.clear_widgets()
            for part in seen:
                self.add_widget(part)

    def _put(self, part: Widget, place: Place) -> None:
        size, pos = (place.width, place.height), (self.x + place.x, self.top - place.y - place.height)
        if tuple(part.size) != size:
            part.size = size
        if tuple(part.pos) != pos:
            part.pos = pos

    def _measure(self, width: float, height: float) -> None:
        layout = self._layout
        theme.fit_panel((width, height), self._panel, self._inches, (layout.width, layout.height))

    def _resized(self, *_: object) -> None:
        """Another window: measure for it, and draw again."""
        self._measure(*self.size)
        if self._frame is not None:
            self.show(self._frame)


load_kv(__file__)
