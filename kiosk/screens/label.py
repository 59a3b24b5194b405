"""The kiosk's type: that of a window, larger with 大字."""

from kivy.properties import BooleanProperty, NumericProperty

from kiosk.screens.forgetting import Forgets
from ticketserver.window.fitting import Fitting
from ticketserver.window.kv import load_kv

SMALLEST = 0.42


class FitLabel(Forgets, Fitting):
    """Type of `size_u` units. Never below `SMALLEST` of what it would be without 大字."""

    size_u = NumericProperty(40.0)
    strong = BooleanProperty(False)

    def forget(self) -> None:
        """With the picture of the words, which Kivy keeps until there are others."""
        if self.said:
            self.said = self.text = ""
            self._label.refresh()


load_kv(__file__)
