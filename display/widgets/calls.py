"""The calls: large ones that flash while they are new, and the others, in turns where there are too many."""

from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.layout import Place
from display.model import NOTHING, Card, Frame
from display.widgets import theme as t
from display.widgets.card import CallCard
from display.widgets.places import Room, Size, turned
from ticketserver.window.kv import load_kv

NARROWEST = 5.6
"""The least width of a place, in sizes of its number: five signs of number, and the window's."""
LOW = 1.34
"""Its least height."""
CLOSE = 0.92
"""Its height where there are many."""
STACKED_LOW = 1.68
"""Its height where the window stands under the number."""
BESIDE = 1.3
"""The least room of a window beside its number."""
SIDES_U = 26.0
"""What a place has at its sides."""
HEADING_U = 60.0


class Calls(Widget):
    """As many calls as have places; the rest on further pages. `tell_page` hears which of how many is shown."""

    def __init__(self, **kwargs: object) -> None:
        self._calls: Sequence[Card] = ()
        self._rows: Sequence[Card] = ()
        self._turn = 0
        self._paged: Callable[[int, int], None] = lambda number, pages: None
        self._lay = Clock.create_trigger(self._lay_now, -1)
        super().__init__(**kwargs)
        self.fbind("size", self._lay)
        self.fbind("pos", self._lay)

    def tell_page(self, paged: Callable[[int, int], None]) -> None:
        self._paged = paged

    def show(self, calls: Sequence[Card], rows: Sequence[Card], turn: int) -> None:
        self._calls, self._rows, self._turn = calls, rows, turn
        self._lay_now()

    def _lay_now(self, *_: object) -> None:
        calls, rows = self._calls, self._rows
        places = room(self.width, self.height, [*calls, *rows]).places(len(calls), len(rows), called(rows))
        stacked = narrow(self.width, longest([*calls, *rows]))
        large, kept = calls[: len(places.large)], calls[len(places.large) :]
        stay, change = [card for card in rows if card.called], [card for card in rows if not card.called]
        others, number, pages = turned([*kept, *stay], change, len(places.others), self._turn)
        self._paged(number, pages)
        shown = [(card, place, True) for card, place in zip(large, places.large, strict=True)]
        shown += [(card, place, False) for card, place in zip(others, places.others, strict=False)]
        for widget, (card, place, is_large) in zip(self._widgets([card for card, _, _ in shown]), shown, strict=True):
            self._put(widget, place)
            widget.show(card, is_large, places.dense, stacked)

    def _widgets(self, cards: Sequence[Card]) -> list[CallCard]:
        """One for each, that which has shown it before where there is one: what only moves is not written anew."""
        while len(self.children) > len(cards):
            self.remove_widget(self.children[0])
        while len(self.children) < len(cards):
            self.add_widget(CallCard())
        numbers = {card.number for card in cards}
        known = {each.number: each for each in self.children if each.number in numbers}
        free = [each for each in self.children if known.get(each.number) is not each]
        return [known.pop(card.number, None) or free.pop() for card in cards]

    def _put(self, widget: Widget, place: Place) -> None:
        widget.size = place.width, place.height
        widget.pos = self.x + place.x, self.top - place.y - place.height


class CallArea(BoxLayout):
    """The calls under their heading; while there are none, what that means."""

    def on_kv_post(self, _base: object) -> None:
        self.ids.calls.tell_page(self.ids.head.show_page)

    def show(self, frame: Frame) -> None:
        self.ids.head.show(frame.head, frame.order)
        self.ids.calls.show(frame.calls, frame.rows, frame.turn)
        self.ids.says.show(NOTHING if frame.calls else frame.says)

    @staticmethod
    def crowds(frame: Frame, place: Place) -> bool:
        """Whether not all who are to move would have a place at once there."""
        cards = [*frame.calls, *frame.rows]
        here = room(place.width, place.height - HEADING_U * t.theme.u, cards)
        return not here.holds(len(frame.calls), called(frame.rows))


def room(width: float, height: float, cards: Sequence[Card]) -> Room:
    """What calls of these numbers need, in a place of this size."""
    size, u = t.theme.number_px, t.theme.u
    signs = longest(cards)
    if narrow(width, signs):
        stacked = Size(width, size * STACKED_LOW)
        return Room(width, height, 10 * u, stacked, stacked)
    usual = Size(size * NARROWEST, max(size * LOW, 108 * u))
    close = Size(size * (signs * t.DIGIT_WIDE_EM + BESIDE) + SIDES_U * u, size * CLOSE)
    return Room(width, height, (8 if size > 100 * u else 14) * u, usual, close)


def longest(cards: Sequence[Card]) -> int:
    """Signs of the longest number."""
    return max((len(card.number) for card in cards), default=0)


def narrow(width: float, signs: int) -> bool:
    """Whether a place has no room for a window beside a number."""
    return width < (signs * t.DIGIT_WIDE_EM + BESIDE) * t.theme.number_px + 2 * SIDES_U * t.theme.u


def called(rows: Sequence[Card]) -> int:
    return sum(row.called for row in rows)


load_kv(__file__)
