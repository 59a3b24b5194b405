"""What the visit needs, before the number: what was chosen, one window or stops, wait, papers."""

from math import ceil

from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.buttons import Mood
from kiosk.model import Chosen, Confirm
from kiosk.screens.label import FitLabel
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Card, Press, Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

TOOL_U = 106
REMOVE_U = 160
ROW_U = 128
ROWS_SHOWN = 4
FACT_U = 250
LINE_SIGNS = 34


class ChosenRow(Card):
    """A service with its count and the way to leave it out."""

    def __init__(self, row: Chosen, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ids.label.said = row.label
        self.ids.detail.said = row.detail
        if not row.detail:
            self.ids.detail.size_hint_y = 0.001
        tools = self.ids.tools
        width = 0
        if row.less and row.more:
            tools.add_widget(Press(row.less, send, size_u=60, size_hint_x=None, width=TOOL_U * theme.u))
            count = FitLabel(said=row.count, halign="center", size_u=36, strong=True)
            tools.add_widget(count)
            tools.add_widget(Press(row.more, send, size_u=60, size_hint_x=None, width=TOOL_U * theme.u))
            width += 3 * TOOL_U + 14
        if row.remove:
            tools.add_widget(Press(row.remove, send, size_u=34, size_hint_x=None, width=REMOVE_U * theme.u))
            width += REMOVE_U + 10
        tools.width = width * theme.u


class FactCard(Card):
    """One thing to know: a head and a sentence."""


def lines_of(text: str) -> float:
    """About how many lines a fact takes: a Chinese sign is as wide as two letters."""
    return sum(ceil(sum(1 if sign.isascii() else 2 for sign in line) / LINE_SIGNS) for line in text.split("\n"))


class Facts(BoxLayout):
    """Cards that need not grow beyond `most_u`."""

    most_u = NumericProperty(600.0)


class ConfirmScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Confirm) -> None:
        ids = self.ids
        ids.title.said = model.title
        rows = [ChosenRow(row, self._send) for row in model.rows]
        ids.rows.height = min(len(rows), ROWS_SHOWN) * (ROW_U + 14) * theme.u
        ids.rows.show(rows, model.pages, True)
        # In low reach what is only read stands in the upper half.
        cards = []
        for fact in () if theme.low else model.facts:
            card = FactCard(size_hint_y=2.4 + lines_of(fact.text))
            card.ids.head.said, card.ids.text.said = fact.head, fact.text
            cards.append(card)
        if model.problem and not theme.low:
            card = FactCard()
            set_mood(card, Mood.CARE)
            card.ids.text.said, card.ids.head.width = MARKS[Mood.CARE] + model.problem, 0
            cards.append(card)
        ids.facts.most_u = FACT_U * len(cards)
        refill(ids.facts, cards)
        refill(ids.take, presses((model.take,), self._send, size_u=64))
        refill(ids.buttons, presses(model.buttons, self._send))


load_kv(__file__)
