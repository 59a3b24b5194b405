"""The first screen: eight tiles, the search, an enquiry number, a number one has already."""

from collections.abc import Sequence
from functools import partial

from kivy.uix.boxlayout import BoxLayout

from kiosk.buttons import Button
from kiosk.model import Home
from kiosk.screens.kept import Kept
from kiosk.screens.parts import Send, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

LINE_U, GAP_U = 130, 18
"""The height of a line of buttons, and the gap between two."""


class Line(BoxLayout):
    """Buttons beside each other."""

    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._presses = presses(self, send)

    def show(self, buttons: Sequence[Button]) -> None:
        self.spacing = GAP_U * theme.u
        self._presses.show(buttons)


class HomeScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send
        self._tiles = presses(self.ids.tiles, send)
        self._lines = Kept(self.ids.buttons, partial(Line, send), Line.show)

    def show(self, model: Home) -> None:
        ids = self.ids
        ids.title.said = model.title
        # In low reach it stands in the upper half, where there is room for it.
        notice = "" if theme.low else model.notice
        ids.notice.said = notice
        ids.notice.height = 90 * theme.u if notice else 0
        self._tiles.show(model.tiles)
        lines = lines_of(model.buttons) if theme.portrait else [model.buttons]
        ids.buttons.height = ((LINE_U + GAP_U) * len(lines) - GAP_U) * theme.u
        self._lines.show(lines)
        ids.basket.show(model.basket, self._send)


def lines_of(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Two beside each other; of an odd number the first has a line of its own."""
    odd = len(buttons) % 2
    return [buttons[:odd]] * odd + [buttons[at : at + 2] for at in range(odd, len(buttons), 2)]


load_kv(__file__)
