"""Colours, type and measures of the kiosk's window.

One unit `u` is a pixel of a 1080 × 1920 portrait window or of a 1600 × 1080 landscape one, scaled to the window:
a button of 110 u is 20 mm on both the 21.5" panel and the 15" one with 1024 × 768. `type` enlarges all type (大字).
In low reach the lower half of an upright window is drawn like a landscape one, with the same 20 mm.

Colours are those of the palette in use, here by their names in capitals (`theme.INK`). A colour read so stays with the
widget that read it: the window makes its screens anew when the palette changes.
"""

from typing import Final

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty

from kiosk.screens.palette import USUAL, Palette
from ticketserver.window.measures import Colour, Measures

PORTRAIT: Final = (1080, 1920)
LANDSCAPE: Final = (1600, 1080)
LOW: Final = (1390, 1230)
LARGE_TYPE: Final = 1.25


class Theme(Measures):
    """The measures of the kiosk's window, 大字, low reach and the palette in use."""

    type = NumericProperty(1.0)
    low = BooleanProperty(False)
    palette = ObjectProperty(USUAL, rebind=True)
    drawn_portrait, drawn_landscape = PORTRAIT, LANDSCAPE

    def fit(self, width: float, height: float) -> None:
        """Measure for a window of this size, or for its lower half."""
        if self.low:
            self.portrait = False
            self.u = max(0.1, min(width / LOW[0], height / 2 / LOW[1]))
        else:
            super().fit(width, height)


theme: Final = Theme()


def __getattr__(name: str) -> Colour:
    """A colour of the palette in use."""
    if name.isupper() and name.lower() in Palette.__dataclass_fields__:
        found: Colour = getattr(theme.palette, name.lower())
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
