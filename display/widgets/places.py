"""Where calls stand on the screen: rectangles for the large ones, and beneath them for the others.

    one large            two, four, six          three, five             many
    ┌───────────┐        ┌─────┬─────┐          ┌───────────┐          ┌───┬───┬───┐
    │           │        │     │     │          ├─────┬─────┤          ├──┬┴─┬─┴┬──┤
    ├─────┬─────┤        ├─────┼─────┤          ├─────┼─────┤          ├──┼──┼──┼──┤
    ├─────┼─────┤        ├─────┼─────┤          ├─────┼─────┤          ├──┼──┼──┼──┤
    └─────┴─────┘        └─────┴─────┘          └─────┴─────┘          └──┴──┴──┴──┘

The others have the least height at which their number has its size; the large ones share the rest. A screen too narrow
for two columns has one. At least one line of others stays while there are any: no number is out of sight for long.
Where these places are too few for all who are to move, everything stands closer, in as many columns as there is room
for: twenty-eight numbers at once on a common screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from display.layout import Place

SHOWN: Final = 6
TALLEST: Final = 0.7
"""The most of the height that a call alone on the screen takes."""

T = TypeVar("T")


class Size(NamedTuple):
    width: float
    height: float


@dataclass(frozen=True)
class Places:
    """For as many as fit: there may be fewer places than calls, and further pages of others."""

    large: tuple[Place, ...]
    others: tuple[Place, ...]
    dense: bool = False

    def __len__(self) -> int:
        return len(self.large) + len(self.others)


@dataclass(frozen=True)
class Room:
    """The area of calls in pixels, the gap between places, the least a place may measure, and when there are many."""

    width: float
    height: float
    gap: float
    least: Size
    dense: Size

    def places(self, large: int, others: int, called: int = 0) -> Places:
        """For this many calls, `called` of the others being awaited; without a large one there are no others."""
        if large == 0:
            return Places((), ())
        usual = self._usual(large, others)
        return usual if len(usual) >= large + called else max(usual, self._close(large, others), key=len)

    def holds(self, large: int, called: int) -> bool:
        """Whether all who are to move have a place at once."""
        return len(self.places(large, called, called)) >= large + called

    def _usual(self, large: int, others: int) -> Places:
        columns = 2 if self.width >= 2 * self.least.width + self.gap else 1
        fits = _fits(self.height, self.least.height, self.gap)
        spare = max(fits - -(-large // columns), min(1, fits - 1))
        wanted = max(1, (SHOWN - large) // columns)
        lines = min(spare, wanted, -(-others // columns))
        count = min(large, (fits - lines) * columns)
        rows = [columns] * (count // columns)
        if count % columns:
            rows.insert(0, 1)
        tall = self._tall(len(rows), lines, self.least.height)
        if large == 1 and not lines:
            tall = min(tall, max(self.height * TALLEST, self.least.height))
        return self._laid(rows, tall, lines, columns, self.least.height)

    def _close(self, large: int, others: int) -> Places:
        """In no more columns than it takes to have everyone, each place as large as that allows; where all columns
        there is room for do not have everyone, some of the large ones are like the others."""
        most, lines = _fits(self.width, self.dense.width, self.gap), _fits(self.height, self.dense.height, self.gap)
        choices = ((columns, across) for columns in range(2, most + 1) for across in range(2, columns + 1))
        fit = ((c, a) for c, a in choices if -(-large // a) - (-others // c) <= lines)
        columns, across = next(fit, (most, most))
        rows = [across] * (large // across)
        if large % across and (not rows or len(rows) - (-others // columns) < lines):
            rows.insert(0, large % across)
        rows = rows[:lines]
        below = min(-(-(large + others - sum(rows)) // columns), lines - len(rows))
        places = self._laid(rows, self._tall(len(rows), below, self.dense.height), below, columns, self.dense.height)
        return Places(places.large, places.others, dense=True)

    def _tall(self, rows: int, lines: int, least: float) -> float:
        """The height of a row of large ones."""
        return (self.height - lines * (least + self.gap) - self.gap * (rows - 1)) / rows

    def _laid(self, rows: Sequence[int], tall: float, lines: int, columns: int, low: float) -> Places:
        large: list[Place] = []
        for row, count in enumerate(rows):
            large += self._row(row * (tall + self.gap), tall, count)
        top = self.height - lines * (low + self.gap) + self.gap
        others = [place for line in range(lines) for place in self._row(top + line * (low + self.gap), low, columns)]
        return Places(tuple(large), tuple(others))

    def _row(self, y: float, height: float, count: int) -> list[Place]:
        width = (self.width - self.gap * (count - 1)) / count
        return [Place(column * (width + self.gap), y, width, height) for column in range(count)]


def _fits(room: float, each: float, gap: float) -> int:
    return max(1, int((room + gap) // (each + gap)))


def page(everything: Sequence[T], size: int, turn: int) -> tuple[Sequence[T], int, int]:
    """(the page whose turn it is, its number, how many pages there are), with `size` on each."""
    if size == 0:
        return (), 1, 1
    pages = max(1, -(-len(everything) // size))
    place = turn % pages
    return everything[place * size : (place + 1) * size], place + 1, pages


def turned(stay: Sequence[T], change: Sequence[T], size: int, turn: int) -> tuple[list[T], int, int]:
    """As `page`, but those who `stay` have places on every page as far as there are any."""
    if len(stay) >= size or not change:
        shown, number, pages = page(stay, size, turn)
        return list(shown), number, pages
    shown, number, pages = page(change, size - len(stay), turn)
    return [*stay, *shown], number, pages
