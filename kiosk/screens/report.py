"""Facts about the machine, one a row: a short head, and what there is to say of it."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.model import Fact, Report
from kiosk.screens.kept import Kept
from kiosk.screens.parts import Card, Send, presses
from ticketserver.window.kv import load_kv


class FactRow(Card):
    def show(self, fact: Fact) -> None:
        self.ids.head.said, self.ids.text.said = fact.head, fact.text


class ReportScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._rows = Kept(self.ids.rows, FactRow, FactRow.show)
        self._buttons = presses(self.ids.buttons, send)

    def show(self, model: Report) -> None:
        self.ids.title.said = model.title
        self._rows.show(model.rows)
        self._buttons.show(model.buttons)


load_kv(__file__)
