"""Buttons as they stand in the window: where one begins, what lies beside what, which of them are a line.

Boxes are in pixels of the window, upwards. Everything takes the spots in reading order and gives places in that list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.buttons import Button, Look

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
WAYS = {"left": (0, -1), "right": (0, 1), "down": (1, -1), "up": (1, 1)}
"""Axis and sign of each arrow."""


@dataclass(frozen=True)
class Spot:
    """A button that can be pressed now. `head`: one of the switches that stand on every screen."""

    button: Button
    box: Box
    head: bool = False


def beginning(spots: Sequence[Spot]) -> int:
    """The uppermost thing that a person comes to this screen for: no switch, key, small button or way back."""
    apart = (Look.KEY, Look.QUIET)
    content = [place for place, spot in enumerate(spots) if not spot.head]
    wanted = [
        place
        for place in content
        if spots[place].button.look not in apart and not spots[place].button.tap.name.endswith("back")
    ]
    return min(wanted or content or range(len(spots)), key=lambda place: (-spots[place].box[3], spots[place].box[0]))


def neighbour(spots: Sequence[Spot], at: int, way: str) -> int:
    """The nearest spot that lies wholly that way, or the same where there is none."""
    axis, sign = WAYS[way]
    here = spots[at].box

    def far(place: int) -> float:
        there = spots[place].box
        gap = there[axis] - here[axis + 2] if sign > 0 else here[axis] - there[axis + 2]
        across = (there[1 - axis] + there[3 - axis] - here[1 - axis] - here[3 - axis]) / 2
        return gap + abs(across)

    def beyond(there: Box) -> bool:
        return there[axis] >= here[axis + 2] - 1 if sign > 0 else there[axis + 2] <= here[axis] + 1

    return min((place for place, spot in enumerate(spots) if beyond(spot.box)), key=far, default=at)


def lines(spots: Sequence[Spot]) -> list[list[int]]:
    """Neighbours in reading order that stand beside each other."""
    found: list[list[int]] = []
    for place, spot in enumerate(spots):
        if found and spot.head is spots[found[-1][0]].head and _beside(spot.box, spots[found[-1][0]].box):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _beside(one: Box, other: Box) -> bool:
    """Whether they share more than half of the lower one's height."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > min(one[3] - one[1], other[3] - other[1]) / 2
