"""Colours and measures that the theme of every window is made of."""

from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

Colour = tuple[float, float, float, float]
Size = tuple[int, int]


def colour(text: str) -> Colour:
    """`#RRGGBB` as Kivy wants it."""
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue, 1.0


class Measures(EventDispatcher):
    """What all widgets of one window share; they are bound to it and follow its changes.

    One unit `u` is a pixel of a window of the size the program was drawn for.
    """

    u = NumericProperty(1.0)
    portrait = BooleanProperty(True)
    font = StringProperty("Roboto")
    bold = StringProperty("Roboto")
    drawn_portrait: Size
    drawn_landscape: Size

    def fit(self, width: float, height: float) -> None:
        """Measure for a window of this size."""
        self.portrait = height >= width
        across, down = self.drawn_portrait if self.portrait else self.drawn_landscape
        self.u = max(0.1, min(width / across, height / down))
