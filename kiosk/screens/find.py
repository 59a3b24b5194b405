"""我已有号: two fields, a pad of keys, and the numbers whose paper did not come out just now."""

from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from kiosk.buttons import Button, Mood
from kiosk.model import Field, Find
from kiosk.screens import theme as t
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Card, Send, presses, refill
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

MISSING_COLUMNS = 3
MISSING_U = 112


class FieldCard(ButtonBehavior, Card):
    """A typed value; a touch makes it the one that takes the keys."""

    def __init__(self, field: Field, send: Send, **kwargs: object) -> None:
        line = t.MAIN if field.active else t.LINE
        super().__init__(line_colour=line, line_u=6 if field.active else 2, **kwargs)
        self.ids.label.said = field.label
        self.ids.value.said = field.value
        self.button = Button(field.label, field.tap)
        self._send = send

    def on_release(self) -> None:
        self._send(self.button.tap)


class FindScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send

    def show(self, model: Find) -> None:
        ids, send = self.ids, self._send
        ids.title.said = model.title
        mood = Mood.CARE if model.problem else Mood.CALM
        set_mood(ids.told, mood)
        ids.hint.said = MARKS[mood] + (model.problem or model.hint)
        refill(ids.fields, [FieldCard(field, send) for field in model.fields])
        ids.missing_head.said = model.missing_head
        rows = -(-len(model.missing) // MISSING_COLUMNS)
        ids.missing.height = (rows * MISSING_U + max(0, rows - 1) * 12) * theme.u
        refill(ids.missing, presses(model.missing, send))
        keys = []
        for keys_of_row in model.keys:
            row = BoxLayout(spacing=12 * theme.u)
            for press in presses(keys_of_row, send, size_u=50):
                row.add_widget(press)
            keys.append(row)
        refill(ids.pad, keys)
        refill(ids.buttons, presses(model.buttons, send))


load_kv(__file__)
