"""The buttons of a frame as spots, laid out one line a tuple, for who works the flow by keys without a window."""

import dataclasses

from kiosk.buttons import Basket, Button, Look, Pages
from kiosk.events import Tap
from kiosk.model import Field, Frame
from kiosk.spots import Spot

LINE_PX, BUTTON_PX = 100, 100


def spot(name: str, column: int = 0, row: int = 0, look: Look = Look.SIDE, head: bool = False) -> Spot:
    """A button by this name that sends a tap of this name."""
    return Spot(Button(name, Tap(name), look), box(column, row), head)


def spots(frame: Frame) -> list[Spot]:
    """Controls first, then the screen from top to bottom; every tuple of keys is a line, every other button its own."""
    return [
        Spot(button, box(place, -number), head=not number)
        for number, line in enumerate(standing(frame))
        for place, button in enumerate(line)
        if button.enabled
    ]


def standing(frame: Frame) -> list[list[Button]]:
    """Lines of buttons, those among them that cannot be pressed now."""
    return [list(frame.controls), *_lines(frame.screen)]


def box(column: int, row: int) -> tuple[float, float, float, float]:
    """The place in this column, of a line that many above the lowest."""
    x, y = column * BUTTON_PX, row * LINE_PX
    return x, y, x + BUTTON_PX - 10, y + LINE_PX - 10


def _lines(value: object) -> list[list[Button]]:
    if isinstance(value, Button):
        return [[value]]
    if isinstance(value, Field):
        return [[Button(value.label, value.tap)]]
    if isinstance(value, tuple):
        if value and all(isinstance(each, Button) and each.look is Look.KEY for each in value):
            return [list(value)]
        return [line for each in value for line in _lines(each)]
    if dataclasses.is_dataclass(value) and not isinstance(value, Pages):
        fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
        # The basket stands below everything, whatever the order of the fields.
        fields.sort(key=lambda field: isinstance(field, Basket))
        return [line for field in fields for line in _lines(field)]
    return []
