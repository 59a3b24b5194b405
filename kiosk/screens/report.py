"""Facts about the machine, one a row: a short head, and what there is to say of it."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.model import Fact, Report
from kiosk.screens.parts import Card, Send, presses, refill
from ticketserver.window.kv import load_kv


class FactRow(Card):
    def __init__(self, fact: Fact, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ids.head.said, self.ids.text.said = fact.head, fact.text


class ReportScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Report) -> None:
        self.ids.title.said = model.title
        refill(self.ids.rows, [FactRow(fact) for fact in model.rows])
        refill(self.ids.buttons, presses(model.buttons, self._send))


load_kv(__file__)
