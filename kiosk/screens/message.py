"""One sentence for everybody to read, and what can be done."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.buttons import Mood
from kiosk.model import Message
from kiosk.screens import theme as t
from kiosk.screens.parts import Card, Send, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

GROUNDS = {Mood.CALM: ("CARD", "LINE"), Mood.GOOD: ("GOOD", "GOOD_LINE"), Mood.CARE: ("CARE", "CARE_LINE")}
MARKS = {Mood.CALM: "", Mood.GOOD: "✓ ", Mood.CARE: "! "}
"""A mood is told by a mark and by the thickness of the line as well as by its colour."""
BUTTON_U = 140
TITLE_U = 150
"""Two lines of a narrow window."""


def set_mood(card: Card, mood: Mood) -> None:
    ground, line = GROUNDS[mood]
    card.colour, card.line_colour = getattr(t, ground), getattr(t, line)
    card.line_u = 2 if mood is Mood.CALM else 6


class MessageScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._buttons = presses(self.ids.buttons, send, size_u=50)

    def show(self, model: Message) -> None:
        ids = self.ids
        set_mood(ids.card, model.mood)
        # In low reach the text below a title stands in the upper half, and the card is left to the title.
        title, text = ("", model.title) if model.title and theme.low else (model.title, model.text)
        ids.title.said = MARKS[model.mood] + title if title else ""
        ids.title.height = (TITLE_U if theme.portrait else 90) * theme.u if title else 0
        ids.text.said = text if title else MARKS[model.mood] + text
        rows = len(model.buttons) if theme.portrait else min(1, len(model.buttons))
        ids.buttons.height = (rows * BUTTON_U + max(0, rows - 1) * 18) * theme.u
        self._buttons.show(model.buttons)


load_kv(__file__)
