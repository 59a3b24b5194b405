"""Boards to look at: the shipped hall, calls, and whole scenes as a hall could bring them about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as dataclass_replace
from pathlib import Path

from msgspec.structs import replace

from display.board import Board
from display.io.hall import display_of, hall_of
from display.model import Frame, Hall, Item, Pair
from display.words import Words
from ticketserver.core.terms import CallReason, CounterState, Phase, Role, VisitState
from ticketserver.shared.devices import Display
from ticketserver.shared.local import local_time
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE, load_texts
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_board import (
    AnnouncementView,
    BoardRow,
    BoardView,
    CallView,
    MissedRow,
    NoticeView,
    ZoneWaiting,
)
from ticketserver.wire.views_counters import CounterView

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


def hours(phase: Phase = Phase.CALLING, **other: object) -> HoursView:
    """The sample hall's day."""
    midnight = NINE - 9 * HOUR
    told = {
        "day": "2025-11-25", "numbers_from_ms": midnight + 8 * HOUR,
        "calling_from_ms": midnight + 8 * HOUR + 30 * MINUTE,
        "last_number_ms": midnight + 16 * HOUR + 45 * MINUTE, "ends_ms": midnight + 17 * HOUR,
        "lunch_from_ms": midnight + 12 * HOUR, "lunch_to_ms": midnight + 13 * HOUR + 30 * MINUTE,
        "next_opening_ms": midnight + 32 * HOUR,
    } | other  # fmt: skip
    return HoursView(phase=phase, **told)


def call(call_id: int, number: str = "", counter: int = 3, at: int = NINE, **other: object) -> CallView:
    told = {
        "visit_id": call_id, "zone": "comprehensive", "call_no": 1, "called_at_ms": at,
        "reason": CallReason.WAITED_LONGEST,
    } | other  # fmt: skip
    return CallView(call_id=call_id, number=number or f"A{call_id:03d}", counter=counter, **told)


def row(called: CallView, state: VisitState = VisitState.CALLED) -> BoardRow:
    return BoardRow(call=called, state=state)


def announced(number: int, zh: str = "", en: str = "", at: int = NINE, **other: object) -> AnnouncementView:
    text = zh or f"广播 {number}"
    return AnnouncementView(announcement_id=number, text_zh=text, text_en=en, by=Role.GUIDE, at_ms=at, **other)


def notice(number: int, zh: str, en: str = "", **other: object) -> NoticeView:
    return NoticeView(notice_id=number, text_zh=zh, text_en=en, by=Role.GUIDE, at_ms=NINE, **other)


def board(*rows: BoardRow, when: HoursView | None = None, **other: object) -> BoardView:
    return BoardView(hours=when or hours(), rows=list(rows), **other)


def zones() -> list[ZoneWaiting]:
    people = (38, 12, 4, 0, 7, 3, 0, 2, 5, 9, 1)
    return [
        ZoneWaiting(
            zone=zone.id, waiting=waiting, counters_open=20 if place == 0 else 2,
            wait_p50_ms=(3 + waiting * 2) * MINUTE, wait_p90_ms=(6 + waiting * 3) * MINUTE,
        )
        for place, (zone, waiting) in enumerate(zip(SETTINGS.zone, people, strict=True))
    ]  # fmt: skip


SOON = ["A019", "A020", "C007", "A021", "H002", "A022", "R004", "A1023", "A024"]
MISSED = [MissedRow(number=number, counter=counter, missed_at_ms=NINE) for number, counter in
          (("A003", 4), ("C002", 21), ("A1007", 12), ("F001", 23), ("A008", 1))]  # fmt: skip


def full(*rows: BoardRow, **other: object) -> BoardView:
    """A board on an ordinary day."""
    told = {"soon": SOON, "missed": MISSED, "zones": zones()} | other
    return board(*rows, **told)


@dataclass
class Screen:
    """A board with a clock moved by hand."""

    hall: Hall = HALL
    words: Words = WORDS
    now: int = NINE
    board: Board = field(init=False)

    def __post_init__(self) -> None:
        self.board = Board(self.hall, self.words)

    def see(self, view: BoardView) -> "Screen":
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


def served(count: int, first: int = 1) -> list[BoardRow]:
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


def fresh(count: int, first: int = 100) -> list[BoardRow]:
    """Calls of the last seconds."""
    counters = (3, 21, 12, 105, 8, 30)
    numbers = ("A018", "C006", "A1017", "A016", "A015", "L009")
    zone_of = {counter.number: counter.zone for counter in SETTINGS.counter}
    return [
        row(call(first - place, numbers[place], counters[place], NINE - place * SECOND,
                 zone=zone_of.get(counters[place], "comprehensive")))
        for place in range(count)
    ]  # fmt: skip


def speaking(languages: tuple[str, ...], display: Display = DISPLAY) -> tuple[Hall, Words]:
    """The hall as this display sees it, in languages of that order."""
    settings = replace(SETTINGS, hall=replace(SETTINGS.hall, languages=languages))
    return hall_of(settings, display), Words(tuple(map(load_texts, languages)), LOCAL)


def long_zones(hall: Hall, words: Words) -> Screen:
    told = {"zh": (LONG_ZONE, "机关事业养老保险待遇审核"), "en": (LONG_ZONE_EN, "Public-body pension review")}
    names, area = (Pair(*(told[texts.language][which] for texts in words.texts)) for which in (0, 1))
    windows, areas = dict.fromkeys(hall.windows, names), dict.fromkeys(hall.areas, area)
    return Screen(dataclass_replace(hall, windows=windows, areas=areas), words).see(full(*fresh(2), *served(5)))


def last_call(hall: Hall, words: Words) -> Screen:
    rows = [row(call(50, "C011", 21, zone="pension-review", call_no=3, last=True)), *served(6)]
    return Screen(hall, words).see(full(*rows))


def stale(hall: Hall, words: Words) -> Screen:
    screen = Screen(hall, words).see(full(*fresh(1), *served(6))).wait(20 * SECOND)
    screen.board.lost()
    return screen


def paused(hall: Hall, words: Words) -> Screen:
    return Screen(hall, words).see(full(*served(5), when=hours(calling_paused=True)))


def lunch(hall: Hall, words: Words) -> Screen:
    noon = NINE + 3 * HOUR
    rows = [row(replace(each.call, called_at_ms=each.call.called_at_ms + 3 * HOUR), each.state) for each in served(4)]
    return Screen(hall, words, now=noon + 10 * MINUTE).see(full(*rows, when=hours(Phase.LUNCH)))


def noon(hall: Hall, words: Words) -> Screen:
    """All counters are closed at lunch; some numbers of the morning still stand there."""
    time = NINE + 3 * HOUR
    calls = [replace(each.call, called_at_ms=each.call.called_at_ms + 3 * HOUR) for each in served(4)]
    closed = [replace(each, counters_open=0) for each in zones()]
    rows = [row(each, VisitState.SERVING) for each in calls]
    return Screen(hall, words, now=time + 10 * MINUTE).see(full(*rows, when=hours(Phase.LUNCH), zones=closed))


def before(hall: Hall, words: Words) -> Screen:
    return Screen(hall, words, now=NINE - 50 * MINUTE).see(full(when=hours(Phase.BEFORE_CALLING), missed=[]))


def burst_rows() -> list[BoardRow]:
    """Every counter of the hall calls within a second."""
    rows = []
    for place, counter in enumerate(SETTINGS.counter[:28]):
        letter = next(zone.series for zone in SETTINGS.zone if zone.id == counter.zone)
        made = call(200 + place, f"{letter}{100 + place}", counter.number, NINE - place * 30, zone=counter.zone)
        rows.append(row(made))
    return rows


def burst(hall: Hall, words: Words) -> Screen:
    return Screen(hall, words).see(full(*burst_rows()))


def missed(hall: Hall, words: Words) -> Screen:
    numbers = [(f"{letter}{place:03d}", counter) for place in range(9) for letter, counter in (("A", 3), ("C", 21))]
    rows = [MissedRow(number=number, counter=counter, missed_at_ms=NINE) for number, counter in numbers]
    return Screen(hall, words).see(full(*served(6), missed=rows))


def closed(hall: Hall, words: Words) -> Screen:
    when = hours(Phase.ENDED, next_opening_ms=NINE + 23 * HOUR)
    return Screen(hall, words, now=NINE + 9 * HOUR).see(board(when=when))


def priority(hall: Hall, words: Words) -> Screen:
    rows = [
        row(call(60, "A031", 6, priority=True)),
        row(call(59, "C012", 21, NINE - SECOND, priority=True, last=True, zone="pension-review")),
        row(call(58, "A030", 2, NINE - MINUTE, priority=True, spoken=True)),
    ]
    return Screen(hall, words).see(full(*rows, *served(4)))


def many_fresh(count: int, before: int) -> Callable[[Hall, Words], Screen]:
    return lambda hall, words: Screen(hall, words).see(full(*fresh(count), *served(before)))


PICTURE = str(Path(__file__).resolve().parents[2] / "docs" / "images" / "console.png")


def picture(hall: Hall, words: Words) -> Screen:
    screen = Screen(hall, words).see(full(*served(6))).wait(30 * SECOND)
    screen.board.turns.take((Item(PICTURE),))
    return screen


ROOM: dict[str, Callable[[Hall, Words], Screen]] = {
    "none": lambda hall, words: Screen(hall, words).see(full(soon=[], missed=[])),
    "one": many_fresh(1, 9),
    "only": lambda hall, words: Screen(hall, words).see(full(*fresh(1), missed=[])),
    "two": many_fresh(2, 7),
    "three": many_fresh(3, 7),
    "six": lambda hall, words: many_fresh(6, 8)(hall, words).wait(600),
    "burst": burst,
    "quiet": lambda hall, words: Screen(hall, words).see(full(*served(9))).wait(30 * SECOND),
    "before": before,
    "lunch": lunch,
    "noon": noon,
    "paused": paused,
    "closed": closed,
    "stale": stale,
    "connecting": Screen,
    "last": last_call,
    "priority": priority,
    "long": long_zones,
    "missed": missed,
    "picture": picture,
}


def counter(state: CounterState, number: str = "", at: int = 21) -> CounterView:
    return CounterView(counter=at, state=state, zone="pension-review", profile="review", number=number)


def sign(state: CounterState, number: str = "") -> Callable[[Hall, Words], Screen]:
    """What the screen over window 21 has to show."""

    def made(hall: Hall, words: Words) -> Screen:
        screen = Screen(hall, words).see(full())
        screen.board.counter(counter(state, number))
        return screen

    return made


def sign_stale(hall: Hall, words: Words) -> Screen:
    screen = sign(CounterState.CALLING, "C012")(hall, words)
    screen.board.lost()
    return screen


SIGNS: dict[str, Callable[[Hall, Words], Screen]] = {
    "calling": sign(CounterState.CALLING, "C1012"),
    "serving": sign(CounterState.SERVING, "C012"),
    "idle": sign(CounterState.IDLE),
    "paused": sign(CounterState.PAUSED),
    "closed": sign(CounterState.CLOSED),
    "stale": sign_stale,
}


def scene(name: str, hall: Hall = HALL, words: Words = WORDS) -> Screen:
    return ROOM[name](hall, words)
