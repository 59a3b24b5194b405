"""One sentence for everybody to read, and what can be done."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.buttons import Mood
from kiosk.model import Message
from kiosk.screens import theme as t
from kiosk.screens.parts import Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

GROUNDS = {Mood.CALM: (t.CARD, t.LINE), Mood.GOOD: (t.GOOD, t.GOOD_LINE), Mood.CARE: (t.CARE, t.CARE_LINE)}
BUTTON_U = 140


class MessageScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Message) -> None:
        ids = self.ids
        ids.card.colour, ids.card.line_colour = GROUNDS[model.mood]
        ids.title.said = model.title
        ids.title.height = 90 * theme.u if model.title else 0
        ids.text.said = model.text
        rows = len(model.buttons) if theme.portrait else min(1, len(model.buttons))
        ids.buttons.height = (rows * BUTTON_U + max(0, rows - 1) * 18) * theme.u
        refill(ids.buttons, presses(model.buttons, self._send, size_u=50))


load_kv(__file__)
