"""What stands on the call screen at a moment, worked out from the board the server tells and the time.

Theory. A call goes through three forms:

    told as it is made, or found CALLED and under FRESH_MS old ──place free──▶ fresh ──LARGE_MS over and spoken──▶ row
    anything else on the server's board (CALLED, or called in the last five minutes) ────────────────────────────▶ row

- At most `PLACES` calls are fresh at once, the oldest first; the others stand among the rows until a place is free, so
  everybody finds their number at once, and everybody's number is large for a while.
- A fresh call flashes for `LARGE_MS` and stays large until it was spoken; where nobody speaks it, for `UNSPOKEN_MS`
  in each language of the voice.
- Where nothing is fresh the newest call stays large, without a flash.
- Who is still called stands before who has come: where rows take turns, nobody who is to move has to wait for a page.
- A screen over one counter shows urgent announcements only: others would hide who is called there.
- Lists follow the server. A screen for some zones shows the calls of those who wait there and of the counters there;
  coming numbers carry no zone and are told apart by the letters of the zones' series.

What can go wrong: the line goes down. The board stays as it was, under a mark that says so, until it is told anew.
Time is the server's, going on by a steady clock; a wall clock moved by hand only shows on the clock's face.
"""

from typing import Final

from display.cards import card_of
from display.fresh import FLASH_MS, FRESH_MS, Fresh, Key, key_of
from display.model import Announced, Card, Frame, Hall, Pair, Showing, Sign, Waiting
from display.sign import sign_of
from display.told import Told
from display.turns import Turns
from display.words import Words
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_board import AnnouncementView, BoardRow, BoardView, CallView, ZoneWaiting
from ticketserver.wire.views_counters import CounterView

TURN_MS: Final = 6_000


class Board:
    """Told by `see`, `call`, `counter`, `lost` and `notice`; `place` at every change and tick, then `frame`.
    `turns` is told what may stand between calls."""

    def __init__(self, hall: Hall, words: Words) -> None:
        self._hall = hall
        self._words = words
        self._view: BoardView | None = None
        self._rows: list[BoardRow] = []
        self._fresh = Fresh(hall.said_in)
        self._stale = True
        self._notice: Pair | None = None
        self._told = Told(hall)
        self._counter: CounterView | None = None
        self.turns = Turns()

    def see(self, view: BoardView, now: int) -> None:
        """The whole board, as it stands."""
        self._view = view
        self._told.see(view, now)
        self._stale = False
        rows = [row for row in view.rows if self._hall.shows(row.call.zone, row.call.counter)]
        self._take(rows, {key_of(row.call) for row in rows if now - row.call.called_at_ms < FRESH_MS})

    def call(self, call: CallView) -> None:
        """One call, before the board that has it. Its visit's earlier call is over."""
        if self._hall.shows(call.zone, call.counter):
            others = [row for row in self._rows if row.call.visit_id != call.visit_id]
            self._take([BoardRow(call=call, state=VisitState.CALLED), *others], {key_of(call)})

    def counter(self, view: CounterView) -> None:
        """The counter that this screen hangs over, as it stands."""
        if view.counter == self._hall.sign:
            self._counter = view

    def lost(self) -> None:
        """The line to the server is down."""
        self._stale = True
        self._counter = None

    def notice(self, said: Pair | None) -> None:
        """What the voice is telling everybody; None when that is over."""
        self._notice = said

    def announcing(self, announcement: AnnouncementView | None) -> None:
        """What the voice is announcing; None when that is over."""
        self._told.saying(announcement)

    def place(self, now: int) -> list[CallView]:
        """Give free places to new calls, the oldest first; → the calls that are shown large from now on."""
        return self._fresh.place(self._rows, now)

    def frame(self, now: int) -> Frame:
        """The screen at this moment."""
        words, view, turn = self._words, self._view, now // TURN_MS
        clock, date = words.clock(now), words.date(now)
        if view is None:
            connecting = words.say("display.stale.connecting")
            return Frame(self._hall.name, date, clock, sign=self._sign(now), stale=connecting)
        large = [row for row in self._rows if self._fresh.has(row, now)] or self._rows[:1]
        rows = [row for row in self._rows if row not in large]
        zones = [zone for zone in view.zones if zone.zone in self._hall.zones]
        called, serving = not all(map(_has_come, self._rows)), any(zone.counters_open for zone in zones)
        hours = words.hours(view.hours, now, called or serving)
        bar, care = self._bar(view, hours, turn)
        return Frame(
            self._hall.name,
            date,
            clock,
            *words.over_calls(view.hours, called, serving),
            calls=tuple(self._card(row, now) for row in large),
            rows=tuple(self._card(row, now) for row in sorted(rows, key=_has_come)),
            sign=self._sign(now),
            says=hours if hours.main else words.say("display.call.none"),
            soon=tuple(number for number in view.soon if self._expects(number)),
            missed=tuple(row.number for row in view.missed if self._hall.counters.get(row.counter) in self._hall.zones),
            waiting=tuple(self._waiting(zone, view.hours.calling_paused) for zone in zones),
            bar=bar,
            care=care,
            stale=words.say("display.stale.title") if self._stale else None,
            announced=self._announced(now),
            turn=turn,
            media=self._showing(now),
        )

    def _waiting(self, zone: ZoneWaiting, paused: bool) -> Waiting:
        return self._words.waiting(self._hall.areas[zone.zone], zone, self._hall.counters_of(zone.zone), paused)

    def _announced(self, now: int) -> Announced | None:
        told = self._told.announcement(now)
        return None if told is not None and self._hall.sign and not told.urgent else told

    def _showing(self, now: int) -> Showing | None:
        """The one whose turn it is; none while a call is new or is not spoken yet, or the board may be old."""
        if self._stale or any(self._fresh.has(row, now) for row in self._rows):
            return None
        return self.turns.at(now)

    def _take(self, rows: list[BoardRow], fresh: set[Key]) -> None:
        """Newest call first."""
        self._rows = sorted(rows, key=_age)
        self._fresh.take(self._rows, fresh)

    def _card(self, row: BoardRow, now: int) -> Card:
        return card_of(row, self._hall, self._words, self._fresh.has(row, now), self._fresh.lit(row, now))

    def _sign(self, now: int) -> Sign | None:
        return sign_of(self._hall, self._counter, self._words, lit=now // FLASH_MS % 2 == 0)

    def _bar(self, view: BoardView, hours: Pair, turn: int) -> tuple[Pair, bool]:
        """What the voice says goes before everything, then a pause; the hour and the notices take turns."""
        if self._notice is not None:
            return self._notice, True
        if view.hours.calling_paused:
            return hours, True
        lines = [hours] * bool(hours.main and self._rows) + list(self._hall.notices)
        lines += self._told.notices(turn * TURN_MS)
        lines.append(self._words.say("display.foot.always"))
        return lines[turn % len(lines)], False

    def _expects(self, number: str) -> bool:
        return self._hall.prefixes is None or number[:1] in self._hall.prefixes


def _has_come(row: BoardRow) -> bool:
    return row.state is not VisitState.CALLED


def _age(row: BoardRow) -> tuple[int, int]:
    return -row.call.called_at_ms, -row.call.call_id
