"""The first screen: eight tiles, the search, an enquiry number, a number one has already."""

from collections.abc import Sequence

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.buttons import Button
from kiosk.model import Home
from kiosk.screens.parts import Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

LINE_U, GAP_U = 130, 18
"""The height of a line of buttons, and the gap between two."""


class HomeScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Home) -> None:
        ids = self.ids
        ids.title.said = model.title
        ids.notice.said = model.notice
        ids.notice.height = 90 * theme.u if model.notice else 0
        refill(ids.tiles, presses(model.tiles, self._send))
        lines = lines_of(model.buttons) if theme.portrait else [model.buttons]
        ids.buttons.height = ((LINE_U + GAP_U) * len(lines) - GAP_U) * theme.u
        refill(ids.buttons, [self._line(each) for each in lines])
        ids.basket.show(model.basket, self._send)

    def _line(self, buttons: Sequence[Button]) -> Widget:
        line = BoxLayout(spacing=GAP_U * theme.u)
        for press in presses(buttons, self._send):
            line.add_widget(press)
        return line


def lines_of(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Two beside each other; of an odd number the first has a line of its own."""
    odd = len(buttons) % 2
    return [buttons[:odd]] * odd + [buttons[at : at + 2] for at in range(odd, len(buttons), 2)]


load_kv(__file__)
