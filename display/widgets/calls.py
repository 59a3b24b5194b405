"""The calls: large ones that flash while they are new, and the others in turns."""

from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from display.model import Card, Pair
from display.widgets import theme as t
from display.widgets.label import BoardLabel
from display.widgets.places import Place, Room, page
from display.widgets.plate import Plate
from ticketserver.window.kv import load_kv

JOINER = " · "
NOTHING = Pair("")
ROOMY_U = 240.0
"""A place of this height has room for more than number and window."""
STACKED = 2.3
"""A place less wide than this, in its heights, is better used from top to bottom."""
NARROW = 6.6
"""A place less wide than this, in sizes of its number, has no air to give away."""
NARROWEST = 5.6
"""The least width of a place, in sizes of its number: five signs of number, and the window's."""


class LastCall(BoardLabel):
    """The mark of a last call."""


class CallCard(Plate):
    """One call. `compact`: with little air, as the others have it; `roomy`: with room for more than number and window;
    `stacked`: with the window under the number."""

    compact = BooleanProperty(False)
    roomy = BooleanProperty(False)
    stacked = BooleanProperty(False)

    def show(self, card: Card, large: bool) -> None:
        ids = self.ids
        self.compact = not large or self.width < NARROW * t.theme.number_px
        self.ground = (t.LIT if card.lit else t.FRESH) if card.fresh else t.CARD
        ink, side = (t.FRESH_INK, t.FRESH_SIDE_INK) if card.fresh else (t.INK, t.SIDE_INK)
        ids.number.said, ids.number.color = card.number, t.FRESH_INK if card.fresh else t.NUMBER
        for words in (ids.window, ids.zone):
            words.ink, words.side_ink = ink, side
        tall = large and self.height >= ROOMY_U * t.theme.u
        self.stacked = tall and self.width < STACKED * self.height
        roomy = self.roomy = tall and not self.stacked
        beneath = JOINER.join(filter(None, (card.zone.main, card.window.side)))
        ids.window.show(card.window if roomy else Pair(card.window.main, beneath))
        ids.zone.show(card.zone if roomy else NOTHING)
        show_part(ids.zone, roomy and bool(card.zone.main), 0.44)
        ids.last.said = JOINER.join(filter(None, card.last))
        show_part(ids.last, large and bool(card.last.main), 0.22)


def show_part(part: Widget, shown: bool, share: float) -> None:
    """A part of a card that stands there only when it has something to say."""
    part.opacity, part.size_hint_y = (1, share) if shown else (0, 0.001)


class Calls(Widget):
    """As many calls as have places; the rest on further pages. `paged` hears which of how many is shown."""

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
        size = t.theme.number_px
        gap = 14 * t.theme.u
        room = Room(self.width, self.height, gap, size * NARROWEST, max(size * 1.34, 108 * t.theme.u))
        places = room.places(len(self._calls), len(self._rows))
        large, kept = self._calls[: len(places.large)], self._calls[len(places.large) :]
        others, number, pages = page([*kept, *self._rows], len(places.others), self._turn)
        self._paged(number, pages)
        shown = [(card, place, True) for card, place in zip(large, places.large, strict=True)]
        shown += [(card, place, False) for card, place in zip(others, places.others, strict=False)]
        while len(self.children) > len(shown):
            self.remove_widget(self.children[0])
        while len(self.children) < len(shown):
            self.add_widget(CallCard())
        for widget, (card, place, is_large) in zip(reversed(self.children), shown, strict=True):
            self._put(widget, place)
            widget.show(card, is_large)

    def _put(self, widget: Widget, place: Place) -> None:
        widget.size = place.width, place.height
        widget.pos = self.x + place.x, self.top - place.y - place.height


load_kv(__file__)
