"""The roll of paper in a printer: how much of it is used, and when another one has been put in.

| seen | means |
|---|---|
| no paper, cover closed | the roll has ended; the next paper is a new roll |
| little paper (sensor, or counted), then no paper under an open cover | the roll was taken out; the same |
| little paper by the sensor, an open cover, then enough | changed before its end |
| an open cover alone | somebody looked inside: the same roll |
| somebody says so | a new roll |

A unit without a sensor tells of the roll's end only by stopping, so the paper of every slip is counted, and the last
`warn_m` of a roll of `roll_m` are little paper. What can go wrong: a roll that is shorter than the settings say ends
without a warning; one changed early while a count says that it is nearly new goes on being counted. A sensor that
wavers at the edge makes no new roll.
"""

from dataclasses import dataclass, replace
from enum import Enum

MM_PER_M = 1000


class Paper(Enum):
    """What a printer says of its paper."""

    OK = "ok"
    LITTLE = "near_end"
    OUT = "out"


@dataclass(frozen=True)
class Roll:
    """`ended`: another roll has to be put in. `little`: the sensor said so. `opened`: the cover was open since then."""

    used_mm: float = 0.0
    ended: bool = False
    little: bool = False
    opened: bool = False


@dataclass(frozen=True)
class RollLimits:
    """`counted`: by the metres, since the unit has no sensor."""

    roll_m: float
    warn_m: float
    counted: bool

    def little(self, roll: Roll) -> bool:
        """Whether so much is used that somebody should bring a roll."""
        return self.counted and roll.used_mm >= (self.roll_m - self.warn_m) * MM_PER_M


def after_slip(roll: Roll, paper_mm: float) -> Roll:
    return replace(roll, used_mm=roll.used_mm + paper_mm)


def after_look(roll: Roll, limits: RollLimits, paper: Paper, cover_open: bool, ready: bool) -> tuple[Roll, bool]:
    """The roll after a look at a printer that answers, and whether it is another one. `ready`: it can print."""
    if paper is Paper.OUT:
        ended = roll.ended or not cover_open or roll.little or limits.little(roll)
        return replace(roll, ended=ended), False
    if cover_open:
        return replace(roll, opened=roll.little), False
    if not ready:
        return roll, False
    if roll.ended or (roll.opened and paper is Paper.OK):
        return Roll(little=paper is Paper.LITTLE), True
    if paper is Paper.LITTLE:
        return replace(roll, little=True, opened=False), False
    return roll, False
