"""The two sets of colours of the kiosk's window: the usual one, and the one for eyes that need strong contrast.

In the usual one every ink has at least 7:1 on its ground; in the strong one so has every line as well, so that a
button's edge is seen as surely as its words. tests/kiosk/screens/test_theme.py works it out. No colour means anything
by itself: what is chosen carries a tick and a thicker line, what needs care a mark, what is off has no line.
"""

from dataclasses import dataclass
from typing import Final

from ticketserver.window.measures import Colour, colour


@dataclass(frozen=True)
class Palette:
    """`off`: what cannot be pressed now; `care`, `good`: grounds of messages by their mood; `ring` within `ring_edge`:
    where a keyboard or a switch is."""

    ground: Colour
    card: Colour
    ink: Colour
    faint_ink: Colour
    main: Colour
    main_down: Colour
    main_ink: Colour
    side_down: Colour
    line: Colour
    chosen: Colour
    off: Colour
    off_ink: Colour
    care: Colour
    care_line: Colour
    good: Colour
    good_line: Colour
    ring: Colour
    ring_edge: Colour


USUAL: Final = Palette(
    ground=colour("#EEF2F5"),
    card=colour("#FFFFFF"),
    ink=colour("#14202B"),
    faint_ink=colour("#3E4C59"),
    main=colour("#0B4F71"),
    main_down=colour("#083B55"),
    main_ink=colour("#FFFFFF"),
    side_down=colour("#D5E4EC"),
    line=colour("#9FB3C1"),
    chosen=colour("#D9EEF7"),
    off=colour("#E1E6EA"),
    off_ink=colour("#46535F"),
    care=colour("#FFF1D0"),
    care_line=colour("#B7791F"),
    good=colour("#DFF3E4"),
    good_line=colour("#1F7A43"),
    ring=colour("#FFD60A"),
    ring_edge=colour("#000000"),
)
STRONG: Final = Palette(
    ground=colour("#000000"),
    card=colour("#000000"),
    ink=colour("#FFFFFF"),
    faint_ink=colour("#FFFFFF"),
    main=colour("#FFE14D"),
    main_down=colour("#FFFFFF"),
    main_ink=colour("#000000"),
    side_down=colour("#3A3A3A"),
    line=colour("#FFFFFF"),
    chosen=colour("#12303F"),
    off=colour("#1C1C1C"),
    off_ink=colour("#C8C8C8"),
    care=colour("#000000"),
    care_line=colour("#FFE14D"),
    good=colour("#000000"),
    good_line=colour("#7CFFB0"),
    ring=colour("#FFFFFF"),
    ring_edge=colour("#000000"),
)
