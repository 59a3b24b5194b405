"""The kiosk without touching the glass: by a keyboard, a keypad, or one or two switches that send such keys.

In come keys by name and the buttons that can be pressed now, in reading order, as they stand in the window; out comes
which one is pressed, and where the ring stands that shows where one is. It shows once a key was used, until a touch.

| key | without the ring | with the ring |
|---|---|---|
| `next`, `last` (tab, back tab), `left` … `down` | ring at the beginning | to the next, or to the neighbour that way |
| `press` (enter, space) | ring at the beginning | presses what it stands on |
| a sign | presses the screen's own key of that sign; ring on what was found, or on the pad's way on | the same |
| `rub` (backspace) | the screen's key that rubs out; without one as `back` | the same |
| `back` (escape) | the way back; where only leaving is left, the ring goes there, and `press` leaves | the same |

With one switch (`scans`) the ring moves by itself (`advance`), first over lines of buttons, and a press goes into the
line; where few buttons stand, over the buttons at once. What can go wrong: a button goes while the ring is on it (it
goes to the beginning); nobody presses inside a line (after two rounds the ring is on lines again).
"""

from collections.abc import Sequence

from kiosk.buttons import Look
from kiosk.controls import SWITCHES
from kiosk.events import Tap
from kiosk.model import Find, Screen
from kiosk.spots import WAYS, Box, Spot, beginning, lines, neighbour

AT_ONCE = 8
"""Up to so many buttons one switch goes through one by one."""
ROUNDS = 2


class Focus:
    """`see` each screen, then `key`, `advance` and `ring` with the spots on it."""

    def __init__(self, scans: bool = False) -> None:
        self.shown = False
        self._scans = scans
        self._screen: tuple[type[Screen], str] | None = None
        self._at: tuple[Tap, int] | None = None
        self._on: Tap | None = None
        self._inside = False
        self._rounds = 0

    def see(self, screen: Screen) -> None:
        """Another screen begins at its beginning; its own words in another language do not make it another."""
        seen = type(screen), str(getattr(screen, "title", ""))
        if seen != self._screen:
            self._screen, self._inside = seen, False
            if self._at is None or self._at[0].name not in SWITCHES:
                self._at = None
        self._on = screen.keys[-1][-1].tap if isinstance(screen, Find) else None

    def hide(self) -> None:
        """Somebody touches, or nobody has used a key for long."""
        self.shown = self._inside = False
        self._at = None

    def key(self, key: str, spots: Sequence[Spot]) -> int | None:
        """→ which spot is pressed."""
        shown, self.shown = self.shown, True
        if not spots:
            return None
        if key in ("rub", "back"):
            return self._back(key, spots)
        if len(key) == 1:
            return self._type(key, spots)
        if not shown:
            self._at = None
            return None
        if key == "press":
            return self._press(spots)
        self._inside = False
        at = self._index(spots)
        if key in WAYS:
            self._go(neighbour(spots, at, key), spots)
        else:
            self._go((at + (1 if key == "next" else -1)) % len(spots), spots)
        return None

    def advance(self, spots: Sequence[Spot]) -> None:
        """The ring's own step, for one switch."""
        if not spots:
            return
        at = self._index(spots)
        line = self._line(spots)
        if self._by_lines(spots) and not self._inside:
            self._go(line[-1] + 1 if line[-1] + 1 < len(spots) else 0, spots)
        elif not self._inside:
            self._go((at + 1) % len(spots), spots)
        elif at < line[-1]:
            self._go(at + 1, spots)
        else:
            self._rounds += 1
            self._inside = self._rounds < ROUNDS
            self._go(line[0], spots)

    def ring(self, spots: Sequence[Spot]) -> Box | None:
        """Around the button, or around the whole line while one switch goes over lines."""
        if not (self.shown and spots):
            return None
        if not self._by_lines(spots) or self._inside:
            return spots[self._index(spots)].box
        boxes = [spots[place].box for place in self._line(spots)]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def _press(self, spots: Sequence[Spot]) -> int | None:
        line = self._line(spots)
        if self._by_lines(spots) and not self._inside and len(line) > 1:
            self._inside, self._rounds = True, 0
            self._go(line[0], spots)
            return None
        self._inside = False
        return self._index(spots)

    def _type(self, sign: str, spots: Sequence[Spot]) -> int | None:
        self._at, self._inside = (self._on, 0) if self._on else None, False
        keys = (place for place, spot in enumerate(spots) if spot.button.look is Look.KEY)
        return next((place for place in keys if spots[place].button.label == sign.upper()), None)

    def _back(self, key: str, spots: Sequence[Spot]) -> int | None:
        names = [spot.button.tap.name for spot in spots]
        self._inside = False
        if key == "rub":
            rubs = [place for place, name in enumerate(names) if name.endswith(("delete", "rub"))]
            if rubs:
                return rubs[0]
        backs = [place for place, name in enumerate(names) if name.endswith("back") or name == "cancel_no"]
        backs += [place for place, name in enumerate(names) if name == "home"]
        if backs:
            return backs[0]
        if "end" in names:
            self._go(names.index("end"), spots)
        return None

    def _go(self, place: int, spots: Sequence[Spot]) -> None:
        tap = spots[place].button.tap
        self._at = tap, sum(spot.button.tap == tap for spot in spots[:place])

    def _index(self, spots: Sequence[Spot]) -> int:
        """Where the ring is: on its button wherever that stands now, or at the beginning."""
        if self._at is not None:
            same = [place for place, spot in enumerate(spots) if spot.button.tap == self._at[0]]
            if len(same) > self._at[1]:
                return same[self._at[1]]
        return beginning(spots)

    def _by_lines(self, spots: Sequence[Spot]) -> bool:
        return self._scans and len(spots) > AT_ONCE

    def _line(self, spots: Sequence[Spot]) -> list[int]:
        at = self._index(spots)
        return next(line for line in lines(spots) if at in line)
