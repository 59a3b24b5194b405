"""Type that always fits its place."""

from functools import cache, lru_cache, partial

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.label import Label

from kiosk.screens.kv import load_kv
from kiosk.screens.wrap import wrap

SMALLEST = 0.42
SHRINK = 0.94
SPARE = 0.25
"""Of an em: what a line of type is allowed to be wider than the sum of its pieces."""


class FitLabel(Label):
    """`said` in type that wraps to the label's width and, where it is still too large, shrinks.

    Never below `SMALLEST` of what it would be without 大字.
    """

    said = StringProperty("")
    size_u = NumericProperty(40.0)
    wish = NumericProperty(40.0)
    least = NumericProperty(16.0)
    strong = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "said", "wish", "font_name"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit_now(self, *_: object) -> None:
        if self.width <= 1 or self.height <= 1:
            self.text = ""
            return
        font, size = self.font_name, max(1, round(self.wish))
        smallest = max(1, int(self.least))
        while True:
            room = self.width - 2 - size * SPARE
            text, widest = wrap(self.said, room, partial(width_of, font, size), self.halign == "center")
            height = (text.count("\n") + 1) * line_height(font, size)
            if (height <= self.height and widest <= room) or size <= smallest:
                break
            size = max(smallest, int(size * SHRINK))
        # Without a height to keep to: Kivy leaves out the last line where it finds the height tight.
        self.text, self.font_size, self.text_size = text, size, (self.width, None)


@cache
def _measuring(font: str, size: int) -> CoreLabel:
    return CoreLabel(font_name=font, font_size=size)


@lru_cache(maxsize=20_000)
def width_of(font: str, size: int, piece: str) -> float:
    """Pixels across of a piece."""
    return float(_measuring(font, size).get_extents(piece)[0])


@cache
def line_height(font: str, size: int) -> float:
    return float(_measuring(font, size).get_extents("国Ag")[1])


load_kv(__file__)
