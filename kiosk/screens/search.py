"""Typing: a keyboard, what was found so far, and the categories while nothing is typed."""

from dataclasses import replace
from functools import partial

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

import kiosk.screens.rows  # noqa: F401  (its widget stands in the .kv)
from kiosk.buttons import Basket, Button
from kiosk.model import Search
from kiosk.screens.kept import refill
from kiosk.screens.parts import Press, Send, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

WIDE_KEY = 1.5
SHORT_NAME = 6


class KeyRow(BoxLayout):
    pass


class Keys(BoxLayout):
    """Rows of keys, all of one width; a key with a word on it is wider."""

    columns = 10

    def show(self, keys: tuple[tuple[Button, ...], ...], send: Send) -> None:
        rows = []
        for keys_of_row in keys:
            row = KeyRow()
            widths = [WIDE_KEY if len(key.label) > 1 else 1 for key in keys_of_row]
            spare = self.columns - sum(widths)
            if spare > 0:
                row.add_widget(Widget(size_hint_x=spare / 2))
            for key, width in zip(keys_of_row, widths, strict=True):
                press = Press(send, size_hint_x=width)
                press.show(key)
                row.add_widget(press)
            if spare > 0:
                row.add_widget(Widget(size_hint_x=spare / 2))
            rows.append(row)
        refill(self, rows)


class SearchTyping(BoxLayout):
    pass


class SearchFound(BoxLayout):
    roomy = BooleanProperty(False)


class SearchScreen(BoxLayout):
    """Portrait: results over the keyboard. Landscape: the keyboard left, results right. In low reach they are stacked
    too, and what was typed stands in the upper half."""

    stacked = BooleanProperty(True)

    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._send = send
        self._last: Search | None = None
        self._typing, self._found = SearchTyping(), SearchFound()
        self._row_u, self._left = 0, False
        self._found.ids.rows.hold(partial(Press, send), self._show_row)
        self._buttons = presses(self._typing.ids.buttons, send)
        self._arrange()
        theme.bind(portrait=self._arrange, low=self._arrange)

    def on_parent(self, *_: object) -> None:
        """Another screen stood here meanwhile: whoever comes begins at the first page."""
        self._last = None

    def _arrange(self, *_: object) -> None:
        typing, found = self._typing, self._found
        stacked = self.stacked = theme.portrait or theme.low
        typing.size_hint_x, found.size_hint_x = (1, 1) if stacked else (0.75, 0.25)
        typing.size_hint_y = None if stacked else 1
        typing.height = ((0 if theme.low else 50 + 100) + 4 * 108 + 30 + 112 + 5 * 12) * theme.u
        refill(self, (found, typing) if stacked else (typing, found))

    def _show_row(self, press: Press, button: Button) -> None:
        press.show(button, self._row_u, self._left)

    def _columns(self, model: Search) -> int:
        """Rows of services stand under each other; subjects beside each other, four where their names are short."""
        if theme.low:
            return 3
        if not model.wide or not self.stacked:
            return 1
        short = theme.type == 1.0 and all(len(row.label) <= SHORT_NAME for row in model.rows)
        return 4 if short else 3

    def show(self, model: Search) -> None:
        typing, found, last = self._typing.ids, self._found.ids, self._last
        self._arrange()
        typing.hint.said, typing.typed.said = ("", "") if theme.low else (model.title, model.typed)
        if last is None or last.keys != model.keys or not typing.pad.children:
            typing.pad.show(model.keys, self._send)
        self._buttons.show(model.buttons)
        self._found.roomy = model.roomy
        found.heading.said = "" if theme.low else model.heading
        found.basket.show(model.basket if self.stacked else Basket(), self._send)
        typing.basket.show(Basket() if self.stacked else model.basket, self._send)
        found.rows.columns = self._columns(model)
        rows = model.rows if theme.portrait else tuple(replace(row, detail="") for row in model.rows)
        self._row_u = 36 if model.wide and self.stacked else 0
        self._left = not model.wide
        same = last is not None and (last.typed, last.title) == (model.typed, model.title)
        found.rows.show(rows, model.pages, same)
        self._last = model


load_kv(__file__)
