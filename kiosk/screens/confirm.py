"""What the visit needs, before the number: what was chosen, one window or stops, wait, papers."""

from math import ceil

from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.buttons import Mood
from kiosk.model import Chosen, Confirm, Fact
from kiosk.screens import theme as t
from kiosk.screens.label import FitLabel
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Card, Press, Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

TOOL_U = 106
REMOVE_U = 160
ACT_U = 230
ROW_U = 128
ROWS_SHOWN = 4
FACT_U = 250
LEAD_U = 212
TOUCHED_U = 134
LINE_SIGNS = 34


class ChosenRow(Card):
    """A service with its count and the way to leave it out."""

    def __init__(self, row: Chosen, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        if row.offered:
            self.colour = t.GROUND
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
        if row.act:
            tools.add_widget(Press(row.act, send, size_u=34, size_hint_x=None, width=ACT_U * theme.u))
            width += ACT_U + 10
        tools.width = width * theme.u


class FactCard(Card):
    """One thing to know: a head and a sentence. Instead of the head may stand the button to more of it."""

    def lead(self, fact: Fact, send: Send) -> None:
        head = self.ids.head
        if fact.button is None:
            head.said = fact.head
            return
        at = self.children.index(head)
        self.remove_widget(head)
        self.add_widget(Press(fact.button, send, size_u=32, size_hint_x=None, width=LEAD_U * theme.u), at)
        self.padding[0] = self.padding[1]
        self.size_hint_min_y = TOUCHED_U * theme.u


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
        self._stood = False

    def on_parent(self, *_: object) -> None:
        """Another screen stood here meanwhile: whoever comes begins at the first page."""
        self._stood = False

    def show(self, model: Confirm) -> None:
        ids = self.ids
        ids.title.said = model.title
        rows = [ChosenRow(row, self._send) for row in model.rows]
        ids.rows.height = min(len(rows), ROWS_SHOWN) * (ROW_U + 14) * theme.u
        ids.rows.show(rows, model.pages, self._stood)
        self._stood = True
        # In low reach what is only read stands in the upper half, and only what leads on stands here.
        leads = [fact.button for fact in model.facts if fact.button] if theme.low else []
        cards: list[Widget] = [Press(lead, self._send, size_hint_min_y=TOUCHED_U * theme.u) for lead in leads]
        ids.side.size_hint_x = 1 if not theme.low else 0.3 if leads else 0.001
        for fact in () if theme.low else model.facts:
            card = FactCard(size_hint_y=2.4 + lines_of(fact.text))
            card.ids.text.said = fact.text
            card.lead(fact, self._send)
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
