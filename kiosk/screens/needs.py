"""What to bring: a card for each service, on pages where they do not fit. Nothing in them can be touched."""

from kivy.uix.boxlayout import BoxLayout

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.model import Fact, Needs
from kiosk.screens.parts import Card, Send, presses
from ticketserver.window.kv import load_kv


class NeedCard(Card):
    """A service and its papers."""

    def show(self, fact: Fact) -> None:
        self.ids.head.said, self.ids.text.said = fact.head, fact.text


class NeedsScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._buttons = presses(self.ids.buttons, send)
        self.ids.rows.hold(NeedCard, NeedCard.show)

    def show(self, model: Needs) -> None:
        ids = self.ids
        ids.title.said, ids.hint.said = model.title, model.hint
        ids.rows.show(model.rows, model.pages, False)
        self._buttons.show(model.buttons)


load_kv(__file__)
