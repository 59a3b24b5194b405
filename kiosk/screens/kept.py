"""Widgets that a screen makes once and keeps.

A change only tells them what is different, so that type that stays is neither measured nor drawn anew.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from kivy.uix.widget import Widget

W = TypeVar("W", bound=Widget)
Item = TypeVar("Item")


class Kept(Generic[W, Item]):
    """Widgets of one kind, one in `box` for each item that is shown. Those not needed now are kept for the next time.

    `make` makes one, `draw` shows an item in it.
    """

    def __init__(self, box: Widget, make: Callable[[], W], draw: Callable[[W, Item], None]) -> None:
        self._box, self._make, self._draw = box, make, draw
        self._widgets: list[W] = []

    def show(self, items: Sequence[Item]) -> None:
        while len(self._widgets) < len(items):
            self._widgets.append(self._make())
        for spare in self._widgets[len(items) :]:
            if spare.parent:
                self._box.remove_widget(spare)
        for widget, item in zip(self._widgets, items, strict=False):
            self._draw(widget, item)
            if not widget.parent:
                self._box.add_widget(widget)


def refill(box: Widget, widgets: Sequence[Widget]) -> None:
    """Have just these in a box, in this order."""
    if box.children[::-1] == list(widgets):
        return
    box.clear_widgets()
    for widget in widgets:
        box.add_widget(widget)
