"""A picture of the window for people far from it: written whole or not at all, at most one a second."""

from pathlib import Path

from kivy.clock import Clock
from kivy.uix.widget import Widget

EVERY_S = 1.0
SETTLED_S = 0.15
SETTLED_FRAMES = 8
"""Places are measured some frames after a change, and the type in them after that: a picture is taken later, and not
by the clock alone. A window's first frames come slowly, and before them it is black."""


class Picture:
    """`changed()` whenever something new is drawn."""

    def __init__(self, widget: Widget, path: Path) -> None:
        self._widget = widget
        self._path = path
        self._last_s = -EVERY_S
        self._frames = 0
        self._take_next = Clock.create_trigger(self._take_now)
        self._take = Clock.create_trigger(self._take_now, SETTLED_S)
        self._take_later = Clock.create_trigger(self._take_now, EVERY_S)
        path.parent.mkdir(parents=True, exist_ok=True)

    def changed(self) -> None:
        rested = Clock.get_boottime() - self._last_s >= EVERY_S
        (self._take if rested else self._take_later)()

    def _take_now(self, _elapsed: float) -> None:
        if self._frames < SETTLED_FRAMES:
            self._frames += 1
            self._take_next()
            return
        self._frames = 0
        self._last_s = Clock.get_boottime()
        half = self._path.with_name(f".{self._path.stem}.part.png")
        self._widget.export_as_image().save(str(half))
        half.replace(self._path)
