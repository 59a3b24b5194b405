"""Where calls stand on the screen: rectangles for the large ones, and beneath them for the others.

    one large            two, four, six          three, five
    ┌───────────┐        ┌─────┬─────┐          ┌───────────┐
    │           │        │     │     │          ├─────┬─────┤
    ├─────┬─────┤        ├─────┼─────┤          ├─────┼─────┤
    ├─────┼─────┤        ├─────┼─────┤          ├─────┼─────┤
    └─────┴─────┘        └─────┴─────┘          └─────┴─────┘

The others have the least height at which their number has its size; the large ones share the rest. A screen too narrow
for two columns has one. At least one line of others stays while there are any: no number is out of sight for long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

SHOWN: Final = 6
TALLEST: Final = 0.7
"""The most of the height that a call alone on the screen takes."""

T = TypeVar("T")


class Place(NamedTuple):
    """From the top left corner, in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Places:
    """For as many as fit: there may be fewer places than calls, and further pages of others."""

    large: tuple[Place, ...]
    others: tuple[Place, ...]


@dataclass(frozen=True)
class Room:
    """The area of calls in pixels, the gap between places, and the least a place may measure."""

    width: float
    height: float
    gap: float
    least_width: float
    least_height: float

    def places(self, large: int, others: int) -> Places:
        """For this many calls; without a large one there are no others."""
        if large == 0:
            return Places((), ())
        columns = 2 if self.width >= 2 * self.least_width + self.gap else 1
        fits = max(1, int((self.height + self.gap) // (self.least_height + self.gap)))
        spare = max(fits - -(-large // columns), min(1, fits - 1))
        wanted = max(1, (SHOWN - large) // columns)
        lines = min(spare, wanted, -(-others // columns))
        return self._laid(min(large, (fits - lines) * columns), lines, columns)

    def _laid(self, large: int, lines: int, columns: int) -> Places:
        below = lines * (self.least_height + self.gap)
        rows = -(-large // columns)
        tall = (self.height - below - self.gap * (rows - 1)) / rows
        if large == 1 and not lines:
            tall = min(tall, max(self.height * TALLEST, self.least_height))
        places: list[Place] = []
        for row in range(rows):
            alone = columns == 1 or (row == 0 and large % 2)
            places += self._row(row * (tall + self.gap), tall, 1 if alone else columns)
        top = self.height - below + self.gap
        small = [
            place for line in range(lines)
            for place in self._row(top + line * (self.least_height + self.gap), self.least_height, columns)
        ]  # fmt: skip
        return Places(tuple(places), tuple(small))

    def _row(self, y: float, height: float, count: int) -> list[Place]:
        width = (self.width - self.gap * (count - 1)) / count
        return [Place(column * (width + self.gap), y, width, height) for column in range(count)]


def page(everything: Sequence[T], size: int, turn: int) -> tuple[Sequence[T], int, int]:
    """(the page whose turn it is, its number, how many pages there are), with `size` on each."""
    if size == 0:
        return (), 1, 1
    pages = max(1, -(-len(everything) // size))
    place = turn % pages
    return everything[place * size : (place + 1) * size], place + 1, pages
