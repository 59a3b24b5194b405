"""One call: its number, and the window it is called to."""

from kivy.properties import BooleanProperty, ColorProperty, NumericProperty
from kivy.uix.widget import Widget

from display.model import NOTHING, Card, Pair
from display.widgets import theme as t
from display.widgets.label import SMALLEST, BoardLabel
from display.widgets.plate import Plate
from ticketserver.window.fitting import SPARE, width_of
from ticketserver.window.kv import load_kv

JOINER = " · "
BENEATH_U = 27.0
"""Size of the type under the window."""
ROOMY_U = 240.0
"""A place of this height has room for more than number and window."""
STACKED = 2.3
"""A place less wide than this, in its heights, is better used from top to bottom."""
CHIP, CHIP_U = 1.45, 165.0
"""Room for a number and less high than this, in sizes of the number and in units, has no line to spare for marks."""
NUMBER_SHARE = 0.58
"""How much of the height a number has with its window beneath."""
CLOSE = 5.6
"""A place less wide than this, in sizes of its number, has no room for one of the longest."""
NARROW = 6.6
"""A place less wide than this, in sizes of its number, has no air to give away."""


class Chip(BoardLabel):
    """What is special about a call: the last one, or one that goes before others."""

    ground = ColorProperty(t.LAST)


class CallCard(Plate):
    """One call. `compact`: with little air, as the others have it; `tight`: with hardly any; `roomy`: with room for
    more than number and window; `stacked`: with the window under the number. Who has come is told more quietly than
    who is awaited."""

    compact = BooleanProperty(False)
    roomy = BooleanProperty(False)
    stacked = BooleanProperty(False)
    tight = BooleanProperty(False)
    number_wide = NumericProperty(t.NUMBER_EM)
    number = ""

    def show(self, card: Card, large: bool, dense: bool, stacked: bool) -> None:
        ids = self.ids
        self.number = card.number
        self.compact = not large or self.width < NARROW * t.theme.number_px
        self.ground = (t.LIT if card.lit else t.FRESH) if card.fresh else t.CARD
        ink, side = (t.FRESH_INK, t.FRESH_SIDE_INK) if card.fresh else (t.INK, t.SIDE_INK)
        ids.number.said = card.number
        ids.number.color = t.FRESH_INK if card.fresh else t.NUMBER if card.called or large else t.SIDE_INK
        for lines in (ids.window, ids.zone):
            lines.ink, lines.side_ink = ink, side
        tall = large and self.height >= ROOMY_U * t.theme.u
        beside = max(STACKED * self.height, CLOSE * t.theme.number_px)
        self.stacked = stacked or (tall and self.width < beside)
        close = dense or self.width < CLOSE * t.theme.number_px
        self.number_wide = len(card.number) * t.DIGIT_WIDE_EM if close else t.NUMBER_EM
        roomy = self.roomy = tall and not self.stacked
        self.tight = dense
        least = max(CHIP * t.theme.number_px, CHIP_U * t.theme.u)
        chip = large and self.height * (NUMBER_SHARE if self.stacked else 1) >= least
        ids.window.show(card.window if roomy else Pair(card.window.main, self._beneath(card, dense, chip)))
        ids.zone.show(card.zone if roomy else NOTHING)
        show_part(ids.zone, roomy and bool(card.zone.main), 0.44)
        marks = (card.last.main, card.mark.main) if card.last.main and card.mark.main else (*card.last, *card.mark)
        ids.chip.said = JOINER.join(filter(None, marks))
        ids.chip.ground = t.LAST if card.last.main else t.MARK
        show_part(ids.chip, chip and bool(ids.chip.said), 0.22)

    def _beneath(self, card: Card, dense: bool, chip: bool) -> str:
        """What stands under the window in small type: the zone only where there is room for it."""
        mark = "" if chip else card.last.main or card.mark.main
        full = JOINER.join(filter(None, (mark, card.zone.main, card.window.side)))
        number = 0 if self.stacked else max(self.width * 0.46, self.number_wide * t.theme.number_px)
        room = self.width - number - 100 * t.theme.u
        small = BENEATH_U * SMALLEST * t.theme.u
        if dense or (width_of(t.theme.font, full) + SPARE) * small > room:
            return JOINER.join(filter(None, (mark, card.window.side)))
        return full


def show_part(part: Widget, shown: bool, share: float) -> None:
    """A part of a card that stands there only when it has something to say."""
    part.opacity, part.size_hint_y = (1, share) if shown else (0, 0.001)


load_kv(__file__)
