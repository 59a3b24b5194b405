"""The first screen: eight tiles, the search, an enquiry number, a number one has already."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.model import Home
from kiosk.screens.parts import Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv


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
        refill(ids.buttons, presses(model.buttons, self._send))
        ids.basket.show(model.basket, self._send)


load_kv(__file__)
