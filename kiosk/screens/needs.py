"""What to bring: a card for each service, on pages where they do not fit. Nothing in them can be touched."""

from kivy.uix.boxlayout import BoxLayout

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.model import Fact, Needs
from kiosk.screens.parts import Card, Send, presses, refill
from ticketserver.window.kv import load_kv


class NeedCard(Card):
    """A service and its papers."""

    def __init__(self, fact: Fact, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ids.head.said, self.ids.text.said = fact.head, fact.text


class NeedsScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Needs) -> None:
        ids = self.ids
        ids.title.said, ids.hint.said = model.title, model.hint
        ids.rows.show([NeedCard(row) for row in model.rows], model.pages, False)
        refill(ids.buttons, presses(model.buttons, self._send))


load_kv(__file__)
