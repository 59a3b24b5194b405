"""Type that always fits its place."""

from functools import cache, lru_cache, partial

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.label import Label

from ticketserver.window.wrap import wrap

SHRINK = 0.94
SPARE = 0.3
"""Ems that a line of type may be wider than the sum of its pieces, which are measured at one size."""
MEASURED_PX = 48


class Fitting(Label):
    """`said` in type of `wish` pixels that wraps to the label's width and, where it is still too large, shrinks, never
    below `least`; `one_line` of it only shrinks. A program derives its own label and gives face, sizes and ink in its
    .kv file."""

    said = StringProperty("")
    wish = NumericProperty(40.0)
    least = NumericProperty(16.0)
    one_line = BooleanProperty(False)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "said", "wish", "font_name", "one_line"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit_now(self, *_: object) -> None:
        if self.width <= 1 or self.height <= 1:
            self.text = ""
            return
        font, size = self.font_name, even(self.wish)
        least = even(self.least)
        while True:
            room = (self.width - 2) / size - SPARE
            text, widest = self._lines(font, room)
            height = (text.count("\n") + 1) * (line_height(font) * size + 1)
            if (height <= self.height and widest <= room) or size <= least:
                break
            size = max(least, min(size - 2, even(size * SHRINK)))
        # Without a height to keep to: Kivy leaves out the last line where it finds the height tight.
        self.text, self.font_size, self.text_size = text, size, (self.width, None)

    def on_texture(self, _label: object, texture: Texture | None) -> None:
        """Its pixels lie on those of the window: there is nothing to read between them."""
        if texture is not None:
            texture.mag_filter = texture.min_filter = "nearest"

    def _lines(self, font: str, room: float) -> tuple[str, float]:
        """The words with their line ends, and the widest of what must not be broken, in ems."""
        if self.one_line:
            return self.said, width_of(font, self.said)
        return wrap(self.said, room, partial(width_of, font), self.halign == "center")


def even(size: float) -> int:
    """Type in even sizes only: every size that is used holds the whole typeface in memory once more."""
    return max(2, int(size / 2) * 2)


@cache
def _measuring(font: str) -> CoreLabel:
    return CoreLabel(font_name=font, font_size=MEASURED_PX)


@lru_cache(maxsize=20_000)
def width_of(font: str, piece: str) -> float:
    """How wide a piece is, in ems."""
    return float(_measuring(font).get_extents(piece)[0]) / MEASURED_PX


@cache
def line_height(font: str) -> float:
    """In ems."""
    return float(_measuring(font).get_extents("国Ag")[1]) / MEASURED_PX
