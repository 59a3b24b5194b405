"""The services behind a tile or category; several can be chosen."""

from kivy.uix.boxlayout import BoxLayout

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.model import Listing
from kiosk.screens.parts import Send, presses, refill
from ticketserver.window.kv import load_kv


class ListingScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send
        self._title = ""

    def on_parent(self, *_: object) -> None:
        """Another screen stood here meanwhile: whoever comes begins at the first page."""
        self._title = ""

    def show(self, model: Listing) -> None:
        ids = self.ids
        ids.title.said = model.title
        ids.hint.said = model.hint
        ids.basket.show(model.basket, self._send)
        ids.rows.show(presses(model.rows, self._send, left=True), model.pages, self._title == model.title)
        self._title = model.title
        refill(ids.buttons, presses(model.buttons, self._send))


load_kv(__file__)
