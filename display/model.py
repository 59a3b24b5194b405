"""What stands on the call screen, as values: widgets draw a frame and decide nothing.

Everything said to people comes in two languages, one beneath the other.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from ticketserver.core.ids import CounterNo, ZoneId


class Pair(NamedTuple):
    """The hall's first language, and beneath it the second one (empty where the hall has one language only)."""

    main: str
    side: str = ""


NOTHING: Final = Pair("")


@dataclass(frozen=True)
class Hall:
    """The part of hall.toml that one call screen knows. `zones` are those it shows, in the hall's order; `prefixes` the
    letters of their numbers, None = all. `counters` gives the zone of each counter, `general` the zone whose counters
    are simply 窗口 and need no name. `sign`: the counter that this screen hangs over, 0 = none. `said_in`: in how many
    languages the voice says a call."""

    name: Pair
    windows: dict[ZoneId, Pair]
    areas: dict[ZoneId, Pair]
    zones: tuple[ZoneId, ...]
    prefixes: frozenset[str] | None
    counters: dict[CounterNo, ZoneId]
    general: ZoneId
    notices: tuple[Pair, ...] = ()
    languages: tuple[str, ...] = ("zh", "en")
    sign: CounterNo = CounterNo(0)
    said_in: int = 1

    def shows(self, zone: ZoneId, counter: CounterNo) -> bool:
        """People of this zone look at this screen, or the counter stands in front of it; a sign is for its counter."""
        if self.sign:
            return counter == self.sign
        return zone in self.zones or self.counters.get(counter) in self.zones

    def window_name(self, counter: CounterNo) -> Pair:
        """The name of a specialist's window (养老审核窗口); nothing for a general one."""
        zone = self.counters.get(counter, self.general)
        return NOTHING if zone == self.general else self.windows[zone]

    def counters_of(self, zone: ZoneId) -> int:
        return sum(each == zone for each in self.counters.values())

    def column(self, zone: ZoneId, counter: CounterNo) -> ZoneId:
        """The zone under which a call stands where each has a column: the caller's, else that of the counter."""
        return zone if zone in self.zones else self.counters.get(counter, zone)


@dataclass(frozen=True)
class Card:
    """One call. `fresh` while it is new, `lit` its other colour in a flash; `last` marks the last call before it counts
    as missed, `mark` one that goes before others. `called`: nobody has come yet. `column`: the zone under which it
    stands where each has a column."""

    number: str
    window: Pair
    zone: Pair
    fresh: bool = False
    lit: bool = False
    last: Pair = NOTHING
    mark: Pair = NOTHING
    called: bool = False
    column: ZoneId = ZoneId("")


@dataclass(frozen=True)
class Waiting:
    """Who waits in a zone: `38 人`, `约 20–35 分钟`; no time where nobody waits or nobody serves. `column` names it
    where it has one, for its calls to `counters` counters."""

    zone: Pair
    people: str
    wait: str = ""
    column: ZoneId = ZoneId("")
    counters: int = 1


@dataclass(frozen=True)
class Sign:
    """One counter: its `window` (3 号窗口) and zone, the number in its hands, and what its state means. Without `says`
    nothing is known of it. `fresh` while it calls, `lit` the other colour of the flash; `closed`: nobody is to come."""

    window: Pair
    place: Pair
    number: str = ""
    says: Pair = NOTHING
    fresh: bool = False
    lit: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Announced:
    """What is announced to everybody, large over all but the newest calls."""

    text: Pair
    urgent: bool = False


class Item(NamedTuple):
    """A file that may be shown between calls: a picture, or a film."""

    file: str
    film: bool = False


class Showing(NamedTuple):
    """Whose turn it is between calls. `turn` counts: the same film in another turn begins again."""

    item: Item
    turn: int


class Still(NamedTuple):
    """One moment of a film: rows from the top, three bytes a pixel (red, green, blue)."""

    width: int
    height: int
    rgb: bytes | bytearray


@dataclass(frozen=True)
class Frame:
    """`head` stands over the calls, beside it `order`, why numbers jump. `calls` are one to six in large type, newest
    first: those that are new, else the newest one. `rows` are the others: who is still called before who has come, each
    newest first. What does not find room takes turns: page `turn` modulo the number of pages. `sign` is the counter the
    screen hangs over; `media` the picture or film between calls, None while there is something new. `says` fills the
    place of calls while there is none; `bar` is the line at the foot, `care` whether it wants attention; `stale` covers
    it while the line to the server is down; `announced` goes before all of it."""

    hall: Pair
    date: Pair
    clock: str
    head: Pair = NOTHING
    order: Pair = NOTHING
    calls: tuple[Card, ...] = ()
    rows: tuple[Card, ...] = ()
    sign: Sign | None = None
    says: Pair = NOTHING
    soon: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    bar: Pair = NOTHING
    care: bool = False
    stale: Pair | None = None
    announced: Announced | None = None
    turn: int = 0
    media: Showing | None = None
