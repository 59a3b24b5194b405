"""An announcement over the foot of the call screen: a plain one over lists and zones, so that whoever is called
meanwhile still sees where; an urgent one over half of it.

Over a window there is room for one thing: its sign stays, whatever is announced in the hall, and gives way to an urgent
announcement altogether.
"""

from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from display.model import Announced, Frame, Pair, Still
from display.widgets import theme as t
from display.widgets.plate import Plate
from display.widgets.theme import theme
from display.widgets.window import BoardWindow
from ticketserver.window.kv import load_kv

PLAIN, PORTRAIT, URGENT, SIGN = 0.31, 0.42, 0.5, 1.0
"""How much of the screen's height it takes."""
SHORT = 60
"""A text of so many letters, a Chinese sign counted as two, has large type; type shrinks to half its size at most."""
LARGE_U, SMALL_U = (100.0, 56.0), (60.0, 36.0)


class AnnouncedPlate(Plate):
    """Heading and text, in the colours of what it is."""

    def __init__(self, plain: Pair, urgent: Pair, sign: bool, **kwargs: object) -> None:
        self._heads = {False: plain, True: urgent}
        self._urgent = SIGN if sign else URGENT
        super().__init__(**kwargs)

    def show(self, announced: Announced) -> None:
        ground, ink = (t.LAST, t.INK) if announced.urgent else (t.CARE, t.CARE_INK)
        plain = PORTRAIT if theme.portrait else PLAIN
        self.ground, self.size_hint_y = ground, self._urgent if announced.urgent else plain
        for part, pair in ((self.ids.head, self._heads[announced.urgent]), (self.ids.text, announced.text)):
            part.ink = part.side_ink = ink
            part.show(pair)
        longest = max(2 * len(announced.text.main), len(announced.text.side))
        self.ids.text.main_u, self.ids.text.side_u = LARGE_U if longest <= SHORT else SMALL_U


class AnnouncedOver(FloatLayout):
    """A call screen, and over it what is announced. `show` frames."""

    def __init__(self, window: BoardWindow, plain: Pair, urgent: Pair, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._window = window
        self._plate = AnnouncedPlate(plain, urgent, "sign" in window.parts)
        self.add_widget(window)

    @property
    def media_px(self) -> tuple[int, int] | None:
        return self._window.media_px

    def paint(self, still: Still) -> None:
        self._window.paint(still)

    def show(self, frame: Frame) -> None:
        self._window.show(frame)
        shown: Widget | None = self._plate.parent
        if frame.announced is None:
            if shown is not None:
                self.remove_widget(self._plate)
            return
        self._plate.show(frame.announced)
        if shown is None:
            self.add_widget(self._plate)


load_kv(__file__)
