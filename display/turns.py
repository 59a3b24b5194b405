"""Whose turn it is between calls: each picture for `PICTURE_MS`, each film to its end, by name, round and round.

Theory. A turn begins when it is asked for first. A picture's is over by the clock, also while a call stands before it.
A film's is over when its player says so: it stands still while a call goes before it, and then goes on. What is taken
out of the folder loses its turn. The same film once more is another turn, so that it begins again.

What can go wrong: the clock is set back by a new line to the server. A picture's turn is over then.
"""

from typing import Final

from display.model import Item, Showing

PICTURE_MS: Final = 12_000


class Turns:
    """Told by `take` and `over`; `at` a moment it says whose turn it is."""

    def __init__(self) -> None:
        self._items: tuple[Item, ...] = ()
        self._now: Showing | None = None
        self._began_ms = 0
        self._turns = 0
        self._over = 0

    def take(self, items: tuple[Item, ...]) -> None:
        """What can be shown, by name."""
        self._items = items

    def over(self, turn: int) -> None:
        """The film of this turn has ended."""
        self._over = turn

    def at(self, now: int) -> Showing | None:
        """None where there is nothing to show."""
        if not self._items:
            self._now = None
        elif self._now is None or self._now.item not in self._items or self._is_over(self._now, now):
            self._turns += 1
            self._now = Showing(self._next(), self._turns)
            self._began_ms = now
        return self._now

    def _is_over(self, showing: Showing, now: int) -> bool:
        if showing.item.film:
            return self._over == showing.turn
        return not 0 <= now - self._began_ms < PICTURE_MS

    def _next(self) -> Item:
        before = self._now.item.file if self._now is not None else ""
        return next((item for item in self._items if item.file > before), self._items[0])
