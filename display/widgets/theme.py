"""Colours and measures of the call screen.

One unit `u` is a pixel of the screen that the layout was drawn for, scaled to the window. Numbers are measured by the
panel instead: digits at least `DIGIT_MM` high on the glass, whatever its pixels. Every ink has at least 4.5:1 on its
ground; tests/display/widgets/test_theme.py works it out.
"""

from math import ceil, hypot
from typing import Final

from kivy.properties import NumericProperty

from ticketserver.window.measures import Measures, colour

GROUND: Final = colour("#0A1D30")
PANEL: Final = colour("#0F2740")
CARD: Final = colour("#16385A")
INK: Final = colour("#FFFFFF")
SIDE_INK: Final = colour("#B7CDE0")
NUMBER: Final = colour("#FFD666")
FRESH: Final = colour("#FFC53D")
LIT: Final = colour("#FFF3CC")
FRESH_INK: Final = colour("#10202E")
FRESH_SIDE_INK: Final = colour("#3A3215")
LINE: Final = colour("#2B5580")
LAST: Final = colour("#B42318")
CARE: Final = colour("#FFE2A8")
CARE_INK: Final = colour("#3B2600")
STALE: Final = colour("#B42318")
BAR: Final = colour("#16385A")
MARK: Final = colour("#0B6E4F")
OFF: Final = colour("#1A2630")
OLD: Final = 0.45
"""How much of what may be old is still to be seen."""

DIGIT_MM: Final = 40.0
DIGIT_EM: Final = 0.711
"""Height of a digit in the face of the numbers (Roboto), in ems."""
DIGIT_WIDE_EM: Final = 0.61
"""Width of its widest sign that numbers have, with a little air."""
NUMBER_EM: Final = 5 * DIGIT_WIDE_EM
"""Width of the longest number (A1013)."""
LINE_EM: Final = 0.95
"""Height of a line of them: digits and air. The line of the face is higher, for signs that numbers do not have."""
TIGHT_EM: Final = 0.84
"""The least height of a place for one."""
MM_PER_INCH: Final = 25.4


class Theme(Measures):
    """The measures of the call screen. `number_px`: size of type whose digits have the least height; it comes
    in even sizes (ticketserver/window/fitting.py)."""

    number_px = NumericProperty(88.0)

    def fit_panel(
        self, window: tuple[float, float], panel: tuple[float, float], inches: float, drawn: tuple[float, float]
    ) -> None:
        """Measure for a window that shows the picture of a panel, on a developer's screen a smaller one, in a layout
        drawn for a screen of `drawn` units."""
        self.portrait = window[1] >= window[0]
        self.u = max(0.1, min(window[0] / drawn[0], window[1] / drawn[1]))
        scale = min(window[0] / panel[0], window[1] / panel[1])
        px_per_mm = hypot(*panel) / (inches * MM_PER_INCH) * scale
        self.number_px = 2 * ceil(DIGIT_MM * px_per_mm / DIGIT_EM / 2)


theme: Final = Theme()
