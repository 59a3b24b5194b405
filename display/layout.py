"""Where the parts of a call screen stand, as data: a hall chooses one of the product's layouts, or writes its own.

Places count from the top left corner, in units of the screen that the layout was drawn for; on another screen they are
stretched to it. Parts that may lie over others: `stale`; `calls_many`, where all calls stand while more of
them are open than `calls` or `zones` holds; `media` with `calls_quiet`, a picture and the calls beside it while nobody
is called anew. A part that one of these covers is not drawn meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

CALLS: Final = "calls"
MANY: Final = "calls_many"
QUIET: Final = "calls_quiet"
MEDIA: Final = "media"
STALE: Final = "stale"


class Place(NamedTuple):
    """From the top left corner."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Place") -> bool:
        """Both have some of the screen in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True)
class Layout:
    """`width` × `height`: the screen it was drawn for. `parts`: name → place."""

    width: float
    height: float
    parts: Mapping[str, Place]

    def on(self, width: float, height: float) -> dict[str, Place]:
        """All places on a window of this size, in its pixels."""
        across, down = width / self.width, height / self.height
        return {name: Place(x * across, y * down, w * across, h * down) for name, (x, y, w, h) in self.parts.items()}

    def drawn(self, crowded: bool, picture: bool) -> dict[str, str]:
        """Part → the name of the place it has now; what is covered or has nothing to show is missing. `crowded`: more
        calls are open than their usual place holds; `picture`: there is one to show, and time for it."""
        crowded = crowded and MANY in self.parts
        picture = picture and not crowded and MEDIA in self.parts
        now = {name: name for name in self.parts if name not in (MANY, QUIET, MEDIA)}
        if crowded:
            now |= {CALLS: MANY}
        elif picture:
            now |= {MEDIA: MEDIA, CALLS: QUIET if QUIET in self.parts else CALLS}
        over = self.parts[MANY] if crowded else self.parts[MEDIA] if picture else Place(0, 0, 0, 0)
        return {
            name: place for name, place in now.items()
            if name == STALE or place in (MANY, QUIET, MEDIA) or not self.parts[place].meets(over)
        }  # fmt: skip
