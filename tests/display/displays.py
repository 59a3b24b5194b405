"""Boards to look at: the shipped hall, calls, and whole scenes as a hall could bring them about."""

from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec.structs import replace

from display.board import Board
from display.io.hall import display_of, hall_of
from display.model import Frame
from display.words import Words
from ticketserver.core.terms import CallReason, Phase, Role, VisitState
from ticketserver.shared.local import local_time
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE, load_texts
from ticketserver.wire import views as v

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
SETTINGS = load_settings(HERE.parent / "sample" / "hall.toml")
DISPLAY = display_of(SETTINGS, "display1")
LOCAL = local_time(SETTINGS)
WORDS = Words((load_texts("zh"), load_texts("en")), LOCAL)
HALL = hall_of(SETTINGS, DISPLAY)
NINE = 1_764_032_400_000
"""Tuesday, 25 November 2025, 9:00 in the hall."""
LONG_ZONE = "机关事业单位养老保险待遇审核与职业年金经办服务窗口"
LONG_ZONE_EN = "Public-body pension review and occupational annuity counters"


def hours(phase: Phase = Phase.CALLING, **other: object) -> v.HoursView:
    """The sample hall's day."""
    midnight = NINE - 9 * HOUR
    told = {
        "day": "2025-11-25", "numbers_from_ms": midnight + 8 * HOUR,
        "calling_from_ms": midnight + 8 * HOUR + 30 * MINUTE,
        "last_number_ms": midnight + 16 * HOUR + 45 * MINUTE, "ends_ms": midnight + 17 * HOUR,
        "lunch_from_ms": midnight + 12 * HOUR, "lunch_to_ms": midnight + 13 * HOUR + 30 * MINUTE,
        "next_opening_ms": midnight + 32 * HOUR,
    } | other  # fmt: skip
    return v.HoursView(phase=phase, **told)


def call(call_id: int, number: str = "", counter: int = 3, at: int = NINE, **other: object) -> v.CallView:
    told = {
        "visit_id": call_id, "zone": "comprehensive", "call_no": 1, "called_at_ms": at,
        "reason": CallReason.WAITED_LONGEST,
    } | other  # fmt: skip
    return v.CallView(call_id=call_id, number=number or f"A{call_id:03d}", counter=counter, **told)


def row(called: v.CallView, state: VisitState = VisitState.CALLED) -> v.BoardRow:
    return v.BoardRow(call=called, state=state)


def announced(number: int, zh: str = "", en: str = "", at: int = NINE, **other: object) -> v.AnnouncementView:
    text = zh or f"广播 {number}"
    return v.AnnouncementView(announcement_id=number, text_zh=text, text_en=en, by=Role.GUIDE, at_ms=at, **other)


def notice(number: int, zh: str, en: str = "", **other: object) -> v.NoticeView:
    return v.NoticeView(notice_id=number, text_zh=zh, text_en=en, by=Role.GUIDE, at_ms=NINE, **other)


def board(*rows: v.BoardRow, when: v.HoursView | None = None, **other: object) -> v.BoardView:
    return v.BoardView(hours=when or hours(), rows=list(rows), **other)


def zones() -> list[v.ZoneWaiting]:
    people = (38, 12, 4, 0, 7, 3, 0, 2, 5, 9, 1)
    return [
        v.ZoneWaiting(
            zone=zone.id, waiting=waiting, counters_open=20 if place == 0 else 2,
            wait_p50_ms=(3 + waiting * 2) * MINUTE, wait_p90_ms=(6 + waiting * 3) * MINUTE,
        )
        for place, (zone, waiting) in enumerate(zip(SETTINGS.zone, people, strict=True))
    ]  # fmt: skip


SOON = ["A019", "A020", "C007", "A021", "H002", "A022", "R004", "A1023", "A024"]
MISSED = [v.MissedRow(number=number, counter=counter, missed_at_ms=NINE) for number, counter in
          (("A003", 4), ("C002", 21), ("A1007", 12), ("F001", 23), ("A008", 1))]  # fmt: skip


def full(*rows: v.BoardRow, **other: object) -> v.BoardView:
    """A board on an ordinary day."""
    told = {"soon": SOON, "missed": MISSED, "zones": zones()} | other
    return board(*rows, **told)


@dataclass
class Screen:
    """A board with a clock moved by hand."""

    now: int = NINE
    board: Board = field(default_factory=lambda: Board(HALL, WORDS))

    def see(self, view: v.BoardView) -> "Screen":
        self.board.see(view, self.now)
        self.board.place(self.now)
        return self

    def wait(self, ms: int) -> "Screen":
        self.now += ms
        self.board.place(self.now)
        return self

    @property
    def frame(self) -> Frame:
        return self.board.frame(self.now)


def served(count: int, first: int = 1) -> list[v.BoardRow]:
    """Earlier calls, a minute apart, at counters all over the hall."""
    counters = (7, 21, 12, 3, 28, 15, 9, 23, 18, 5)
    zone_of = {counter.number: counter.zone for counter in SETTINGS.counter}
    rows = []
    for place in range(count):
        counter = counters[place % len(counters)]
        letter = "A" if counter <= 20 else "C" if counter < 28 else "L"
        at = NINE - (place + 2) * 40 * SECOND
        state = VisitState.CALLED if place % 3 == 0 else VisitState.SERVING
        made = call(first + place, f"{letter}{14 - place:03d}", counter, at, zone=zone_of[counter], spoken=True)
        rows.append(row(made, state))
    return rows


def fresh(count: int, first: int = 100) -> list[v.BoardRow]:
    """Calls of the last seconds."""
    counters = (3, 21, 12, 105, 8, 30)
    numbers = ("A018", "C006", "A1017", "A016", "A015", "L009")
    zone_of = {counter.number: counter.zone for counter in SETTINGS.counter}
    return [
        row(call(first - place, numbers[place], counters[place], NINE - place * SECOND,
                 zone=zone_of.get(counters[place], "comprehensive")))
        for place in range(count)
    ]  # fmt: skip


def long_zones() -> Screen:
    names = type(HALL.areas["comprehensive"])(LONG_ZONE, LONG_ZONE_EN)
    windows = dict.fromkeys(HALL.windows, names)
    areas = {zone: type(names)("机关事业养老保险待遇审核", "Public-body pension review") for zone in HALL.areas}
    hall = type(HALL)(**(vars(HALL) | {"windows": windows, "areas": areas}))
    screen = Screen(board=Board(hall, WORDS))
    return screen.see(full(*fresh(2), *served(5)))


def last_call() -> Screen:
    rows = [row(call(50, "C011", 21, zone="pension-review", call_no=3, last=True)), *served(6)]
    return Screen().see(full(*rows))


def stale() -> Screen:
    screen = Screen().see(full(*fresh(1), *served(6))).wait(20 * SECOND)
    screen.board.lost()
    return screen


def paused() -> Screen:
    return Screen().see(full(*served(5), when=hours(calling_paused=True)))


def lunch() -> Screen:
    noon = NINE + 3 * HOUR
    rows = [row(replace(each.call, called_at_ms=each.call.called_at_ms + 3 * HOUR), each.state) for each in served(4)]
    return Screen(now=noon + 10 * MINUTE).see(full(*rows, when=hours(Phase.LUNCH)))


def before() -> Screen:
    return Screen(now=NINE - 50 * MINUTE).see(full(when=hours(Phase.BEFORE_CALLING), missed=[]))


SCENES: dict[str, Callable[[], Screen]] = {
    "one": lambda: Screen().see(full(*fresh(1), *served(9))),
    "only": lambda: Screen().see(full(*fresh(1), missed=[])),
    "two": lambda: Screen().see(full(*fresh(2), *served(7))),
    "three": lambda: Screen().see(full(*fresh(3), *served(7))),
    "six": lambda: Screen().see(full(*fresh(6), *served(8))).wait(600),
    "quiet": lambda: Screen().see(full(*served(9))).wait(30 * SECOND),
    "none": lambda: Screen().see(full(soon=[], missed=[])),
    "before": before,
    "lunch": lunch,
    "paused": paused,
    "stale": stale,
    "connecting": Screen,
    "last": last_call,
    "long": long_zones,
}
