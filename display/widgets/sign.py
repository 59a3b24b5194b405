"""The sign over one counter: which window it is, the number it calls or serves, and what its state means."""

from kivy.properties import BooleanProperty, NumericProperty

from display.model import Sign
from display.widgets import theme as t
from display.widgets.plate import Plate
from ticketserver.window.kv import load_kv

BAR = 3.0
"""A place wider than this, in its heights, has everything side by side."""


class SignPlate(Plate):
    """Without a number the words have its place. `bar`: everything side by side."""

    bar = BooleanProperty(False)
    numbered = NumericProperty(0)

    def show(self, sign: Sign) -> None:
        ids = self.ids
        self.bar = self.width > BAR * self.height
        self.ground = (t.LIT if sign.lit else t.FRESH) if sign.fresh else t.OFF if sign.closed else t.CARD
        ink, side = (t.FRESH_INK, t.FRESH_SIDE_INK) if sign.fresh else (t.INK, t.SIDE_INK)
        self.numbered = 1 if sign.number else 0
        ids.number.said, ids.number.color = sign.number, t.FRESH_INK if sign.fresh else t.NUMBER
        for words, pair in ((ids.window, sign.window), (ids.place, sign.place), (ids.says, sign.says)):
            words.ink, words.side_ink = ink, side
            words.show(pair)


load_kv(__file__)
