"""我已有号: two fields, a pad of keys, and the numbers whose paper did not come out just now."""

from collections.abc import Sequence
from functools import partial

from kivy.uix.boxlayout import BoxLayout

from kiosk.buttons import Button, Mood
from kiosk.model import Field, Find
from kiosk.screens import theme as t
from kiosk.screens.kept import Kept
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Card, Send, Sends, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

MISSING_COLUMNS = 3
MISSING_U = 112


class FieldCard(Sends, Card):
    """A typed value; a touch makes it the one that takes the keys."""

    def show(self, field: Field) -> None:
        self.button = Button(field.label, field.tap)
        self.line_colour, self.line_u = (t.MAIN, 6) if field.active else (t.LINE, 2)
        self.ids.label.said = field.label
        self.ids.value.said = field.value


class PadRow(BoxLayout):
    """Keys beside each other."""

    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._keys = presses(self, send, size_u=50)

    def show(self, keys: Sequence[Button]) -> None:
        self._keys.show(keys)


class FindScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        ids = self.ids
        self._fields = Kept(ids.fields, partial(FieldCard, send), FieldCard.show)
        self._missing, self._buttons = presses(ids.missing, send), presses(ids.buttons, send)
        self._pad = Kept(ids.pad, partial(PadRow, send), PadRow.show)

    def show(self, model: Find) -> None:
        ids = self.ids
        ids.title.said = "" if theme.low else model.title
        mood = Mood.CARE if model.problem else Mood.CALM
        set_mood(ids.told, mood)
        ids.hint.said = MARKS[mood] + (model.problem or model.hint)
        self._fields.show(model.fields)
        ids.missing_head.said = model.missing_head
        rows = -(-len(model.missing) // MISSING_COLUMNS)
        ids.missing.height = (rows * MISSING_U + max(0, rows - 1) * 12) * theme.u
        self._missing.show(model.missing)
        self._pad.show(model.keys)
        self._buttons.show(model.buttons)


load_kv(__file__)
