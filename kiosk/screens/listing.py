"""The services behind a tile or category; several can be chosen."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.model import Listing
from kiosk.screens.parts import Press, Send, presses
from ticketserver.window.kv import load_kv


class ListingScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send
        self._buttons = presses(self.ids.buttons, send)
        self.ids.rows.hold(partial(Press, send), partial(Press.show, left=True))
        self._title = ""

    def on_parent(self, *_: object) -> None:
        """Another screen stood here meanwhile: whoever comes begins at the first page."""
        self._title = ""

    def show(self, model: Listing) -> None:
        ids = self.ids
        ids.title.said = model.title
        ids.hint.said = model.hint
        ids.basket.show(model.basket, self._send)
        ids.rows.show(model.rows, model.pages, self._title == model.title)
        self._title = model.title
        self._buttons.show(model.buttons)


load_kv(__file__)
