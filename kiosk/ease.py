"""What makes the screen easier for one person: larger type, stronger contrast, everything within low reach.

Each can be switched on by itself and with the others; all of them end with the visit.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Ease:
    """`low`: everything that can be touched stands in the lower half of the panel."""

    large: bool = False
    contrast: bool = False
    low: bool = False

    def switched(self, name: str) -> "Ease":
        """With this one the other way round."""
        return replace(self, **{name: not getattr(self, name)})


NORMAL = Ease()
EASES = ("large", "contrast", "low")
"""The names of the switches, as taps and in the order in which they stand on the screen."""
