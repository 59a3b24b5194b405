"""Grounds, and words in two languages one beneath the other."""

from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, OptionProperty
from kivy.uix.boxlayout import BoxLayout

from display.model import Pair
from display.widgets import theme as t
from ticketserver.window.kv import load_kv

REMARK_U = 800.0
"""A heading less wide than this has no room for a remark."""


class Plate(BoxLayout):
    """A box on a rounded ground."""

    ground = ColorProperty(t.PANEL)
    edge = ColorProperty(t.LINE)
    edge_u = NumericProperty(0.0)
    radius_u = NumericProperty(16.0)


class TwoLines(BoxLayout):
    """A pair. Where the second line is empty the first has the whole height, unless it `keeps` its
    place. `one_line`: the first line never becomes two."""

    main_u = NumericProperty(32.0)
    side_u = NumericProperty(21.0)
    ink = ColorProperty(t.INK)
    side_ink = ColorProperty(t.SIDE_INK)
    strong = BooleanProperty(True)
    align = OptionProperty("left", options=["left", "center", "right"])
    share = NumericProperty(0.62)
    keeps = BooleanProperty(False)
    one_line = BooleanProperty(False)

    def show(self, pair: Pair) -> None:
        self.ids.main.said, self.ids.side.said = pair.main, pair.side
        self.ids.side.size_hint_y = 1 - self.share if pair.side or self.keeps else 0.001


class Heading(BoxLayout):
    """The name of a part of the screen: both languages on one line, then a remark, and at the end which page is shown
    of how many."""

    def show(self, pair: Pair, remark: Pair) -> None:
        self.ids.main.said, self.ids.side.said = pair.main, pair.side
        self.ids.remark.show(remark)

    def show_page(self, number: int, pages: int) -> None:
        self.ids.page.said = f"{number}/{pages}" if pages > 1 else ""


load_kv(__file__)
