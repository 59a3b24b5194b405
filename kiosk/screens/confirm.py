"""What the visit needs, before the number: what was chosen, one window or stops, wait, papers."""

from functools import partial
from math import ceil

from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.buttons import Button, Mood
from kiosk.model import Chosen, Confirm, Fact
from kiosk.screens import theme as t
from kiosk.screens.kept import Kept, refill
from kiosk.screens.label import FitLabel
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Card, Press, Send, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

TOOL_U = 106
REMOVE_U = 160
ACT_U = 230
ROW_U = 128
ROWS_SHOWN, ROWS_OF_MANY = 4, 5
"""More rows than the first take the room of the second, turning pages included; not in large print, whose facts need
it."""
FACT_U = 250
LEAD_U, HEAD_U = 212, 140
TOUCHED_U = 134
LINE_SIGNS = 34


class ChosenRow(Card):
    """A service with its count and the way to leave it out."""

    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._less, self._more, self._remove, self._act = (Press(send, size_hint_x=None) for _ in range(4))
        self._count = FitLabel(halign="center", size_u=36, strong=True)

    def show(self, row: Chosen) -> None:
        self.colour = t.GROUND if row.offered else t.CARD
        self.ids.label.said = row.label
        self.ids.detail.said = row.detail
        self.ids.detail.size_hint_y = 0.6 if row.detail else 0.001
        tools: list[Widget] = []
        width = 0
        if row.less and row.more:
            self._count.said = row.count
            tools += [tool(self._less, row.less, 60, TOOL_U), self._count, tool(self._more, row.more, 60, TOOL_U)]
            width += 3 * TOOL_U + 14
        if row.remove:
            tools.append(tool(self._remove, row.remove, 34, REMOVE_U))
            width += REMOVE_U + 10
        if row.act:
            tools.append(tool(self._act, row.act, 34, ACT_U))
            width += ACT_U + 10
        refill(self.ids.tools, tools)
        self.ids.tools.width = width * theme.u


def tool(press: Press, button: Button, size_u: float, width_u: float) -> Press:
    press.show(button, size_u)
    press.width = width_u * theme.u
    return press


class FactCard(Card):
    """One thing to know: a head and a sentence. Instead of the head may stand the button to more of it."""

    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._head, self._text = self.ids.head.__self__, self.ids.text.__self__
        self._lead = Press(send, size_hint_x=None)

    def show(self, said: tuple[Fact, Mood]) -> None:
        """What needs care has no head."""
        fact, mood = said
        button, problem = fact.button, mood is Mood.CARE
        set_mood(self, mood)
        self._head.said = fact.head
        self._head.width = 0 if problem else HEAD_U * theme.u
        self._text.said = MARKS[mood] + fact.text
        self.size_hint_y = 1 if problem else 2.4 + lines_of(fact.text)
        self.size_hint_min_y = TOUCHED_U * theme.u if button else None
        self.padding = [(12 if button else 24) * theme.u, 12 * theme.u]
        first = tool(self._lead, button, 32, LEAD_U) if button else self._head
        refill(self, (first, self._text))


def lines_of(text: str) -> float:
    """About how many lines a fact takes: a Chinese sign is as wide as two letters."""
    return sum(ceil(sum(1 if sign.isascii() else 2 for sign in line) / LINE_SIGNS) for line in text.split("\n"))


class Facts(BoxLayout):
    """Cards that need not grow beyond `most_u`."""

    most_u = NumericProperty(600.0)


def show_lead(press: Press, button: Button) -> None:
    press.show(button)
    press.size_hint_min_y = TOUCHED_U * theme.u


class ConfirmScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        ids = self.ids
        ids.rows.hold(partial(ChosenRow, send), ChosenRow.show)
        self._facts = Kept(ids.facts, partial(FactCard, send), FactCard.show)
        self._leads = Kept(ids.facts, partial(Press, send), show_lead)
        self._take, self._buttons = presses(ids.take, send, size_u=64), presses(ids.buttons, send)
        self._stood = False

    def on_parent(self, *_: object) -> None:
        """Another screen stood here meanwhile: whoever comes begins at the first page."""
        self._stood = False

    def show(self, model: Confirm) -> None:
        ids = self.ids
        ids.title.said = model.title
        most = ROWS_OF_MANY if len(model.rows) > ROWS_SHOWN and theme.type == 1.0 else ROWS_SHOWN
        ids.rows.height = min(len(model.rows), most) * (ROW_U + 14) * theme.u
        ids.rows.show(model.rows, model.pages, self._stood)
        self._stood = True
        # In low reach what is only read stands in the upper half, and only what leads on stands here.
        leads = [fact.button for fact in model.facts if fact.button] if theme.low else []
        facts = [] if theme.low else [(fact, Mood.CALM) for fact in model.facts]
        if model.problem and not theme.low:
            facts.append((Fact("", model.problem), Mood.CARE))
        ids.side.size_hint_x = 1 if not theme.low else 0.3 if leads else 0.001
        ids.facts.most_u = FACT_U * len(leads or facts)
        self._facts.show(facts)
        self._leads.show(leads)
        self._take.show((model.take,))
        self._buttons.show(model.buttons)


load_kv(__file__)
