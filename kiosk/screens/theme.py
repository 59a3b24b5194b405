"""Colours, type and measures of the kiosk's window.

One unit `u` is a pixel of a 1080 × 1920 portrait window or of a 1600 × 1080 landscape one, scaled to the window:
a button of 110 u is 20 mm on both the 21.5" panel and the 15" one with 1024 × 768. `type` enlarges all type (大字).
Every ink has at least 7:1 on its ground; tests/kiosk/test_theme.py works it out.
"""

from typing import Final

from kivy.properties import NumericProperty

from ticketserver.window.measures import Measures, colour

GROUND: Final = colour("#EEF2F5")
CARD: Final = colour("#FFFFFF")
INK: Final = colour("#14202B")
FAINT_INK: Final = colour("#3E4C59")
MAIN: Final = colour("#0B4F71")
MAIN_DOWN: Final = colour("#083B55")
MAIN_INK: Final = colour("#FFFFFF")
SIDE_DOWN: Final = colour("#D5E4EC")
LINE: Final = colour("#9FB3C1")
CHOSEN: Final = colour("#D9EEF7")
OFF: Final = colour("#E1E6EA")
OFF_INK: Final = colour("#46535F")
CARE: Final = colour("#FFF1D0")
CARE_LINE: Final = colour("#B7791F")
GOOD: Final = colour("#DFF3E4")
GOOD_LINE: Final = colour("#1F7A43")

PORTRAIT: Final = (1080, 1920)
LANDSCAPE: Final = (1600, 1080)
LARGE_TYPE: Final = 1.25


class Theme(Measures):
    """The measures of the kiosk's window, and 大字."""

    type = NumericProperty(1.0)
    drawn_portrait, drawn_landscape = PORTRAIT, LANDSCAPE


theme: Final = Theme()
