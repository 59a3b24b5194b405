"""The call screen's type: words that fit their place, and numbers as large as their place allows."""

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.label import Label

from display.widgets.theme import DIGIT_WIDE_EM, TIGHT_EM
from ticketserver.window.fitting import Fitting, even
from ticketserver.window.kv import load_kv

SMALLEST = 0.5
ROUNDING = 0.001
NUMBER_FACE = "Roboto"
"""Kivy's own face, of which every machine has the same: numbers need no Chinese signs, and a lower line suits them."""


class BoardLabel(Fitting):
    """Words of `size_u` units, smaller where they do not fit."""

    size_u = NumericProperty(30.0)
    strong = BooleanProperty(False)


class BigNumber(Label):
    """A ticket number as high as its place, at most `most_px`, and narrow enough for its signs. At least `signs` are
    reckoned with: numbers of a list have one size whatever their length."""

    said = StringProperty("")
    most_px = NumericProperty(1_000.0)
    signs = NumericProperty(4)

    def __init__(self, **kwargs: object) -> None:
        self._fit = Clock.create_trigger(self._fit_now, -1)
        super().__init__(**kwargs)
        for name in ("size", "said", "most_px", "signs"):
            self.fbind(name, self._fit)
        self._fit()

    def _fit_now(self, *_: object) -> None:
        signs = max(len(self.said), self.signs)
        size = min(self.most_px, self.height / TIGHT_EM, self.width / (signs * DIGIT_WIDE_EM))
        self.font_size, self.text = even(size + ROUNDING), self.said


load_kv(__file__)
