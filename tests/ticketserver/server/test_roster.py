"""The roster: who waits, in the order of calling, out of a journal that is written, left behind, or damaged."""

import csv
import io
import sqlite3
from contextlib import asynccontextmanager
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from tests.ticketserver.server.servers import running, settings_in
from ticketserver.__main__ import main
from ticketserver.core.terms import VisitState
from ticketserver.server.boot import journal_path
from ticketserver.server.line import wall_ms
from ticketserver.server.roster import read_roster
from ticketserver.server.roster_forms import FORMS, as_csv, as_html, as_text, show_roster
from ticketserver.server.roster_words import RosterWords
from ticketserver.shared.texts import HERE
from ticketserver.store.port import StoreDamaged, StoreFailed

DAY_MS = 86_400_000
COMPREHENSIVE, REVIEW, TALENT = "ARC-01", "PEN-03", "TAL-02"


def waiting(roster):
    """Zone → the numbers that wait there, in order."""
    return {group.zone: [visit.number for visit in group.waiting] for group in roster.groups}


def others(roster):
    return {visit.number: visit.state for group in roster.groups for visit in group.others}


async def called_in_turn(hall, counter, count):
    """What the hall itself calls at a counter, one after the other."""
    async with hall.talk("supervisor") as desk:
        await desk.change("open_counter", counter=counter)
        numbers = []
        for _ in range(count):
            called = await desk.change("call_next", counter=counter)
            numbers.append(called["number"])
            await desk.change("start_service", counter=counter)
            await desk.change("finish_service", counter=counter)
        return numbers


@asynccontextmanager
async def at_once(settings, clock):
    """A hall whose clock the test moves, with a kiosk and a supervisor."""
    async with (
        running(settings, clock=lambda: clock[0]) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("supervisor") as desk,
    ):
        yield kiosk, desk, hall


async def missed(desk, clock, counter):
    """Nobody came for as long as the rules ask."""
    clock[0] += 10 * 60_000
    await desk.change("mark_no_show", counter=counter)


async def test_it_stands_in_the_order_in_which_the_hall_then_calls(tmp_path):
    settings = settings_in(tmp_path, cap=2)
    minute, now = 60_000, wall_ms()
    clock = [now]
    async with running(settings, clock=lambda: clock[0]) as hall, hall.talk("guide") as guide:
        for at, weight in enumerate(("", "", "veteran", "", "veteran", "age", "", "veteran", "veteran", "")):
            clock[0] = now + at * minute
            priority = {"priority": {"class_id": weight, "basis": "seen"}} if weight else {}
            await guide.issue(COMPREHENSIVE, **priority)
        clock[0] = now + 12 * minute
        told = waiting(read_roster(settings, clock[0]))["comprehensive"]
        assert len(told) == 10
        assert told != sorted(told)
        assert told == await called_in_turn(hall, 3, 10)


async def test_beside_a_server_that_runs_and_after_it_died_it_says_the_same(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        numbers = [(await kiosk.issue(COMPREHENSIVE))["number"] for _ in range(3)]
        beside = waiting(read_roster(settings, wall_ms()))
    assert beside == {"comprehensive": numbers}
    assert waiting(read_roster(settings, wall_ms())) == beside


async def test_it_also_names_who_is_called_served_on_hold_and_missed(tmp_path):
    settings, clock = settings_in(tmp_path, calls=1), [wall_ms()]
    async with at_once(settings, clock) as (kiosk, desk, _):
        numbers = [(await kiosk.issue(COMPREHENSIVE))["number"] for _ in range(5)]
        for counter in (3, 4, 5, 6):
            await desk.change("open_counter", counter=counter)
            await desk.change("call_next", counter=counter)
        for counter in (4, 5):
            await desk.change("start_service", counter=counter)
        await desk.change("hold_visit", counter=5, kind="papers_kept", same_counter=True)
        await missed(desk, clock, 6)
    found = read_roster(settings, wall_ms())
    assert waiting(found) == {"comprehensive": numbers[4:]}
    states = (VisitState.CALLED, VisitState.SERVING, VisitState.HELD, VisitState.NO_SHOW)
    assert others(found) == dict(zip(numbers, states, strict=False))
    text = as_text(RosterWords(settings, found, wall_ms()))
    for said in ("已呼叫,3 号窗口", "办理中,4 号窗口", "挂起,5 号窗口", "过号,6 号窗口"):
        assert said in text


async def test_a_comeback_stands_behind_those_it_lets_pass(tmp_path):
    settings, clock = settings_in(tmp_path, calls=1, comeback_after=2), [wall_ms()]
    async with at_once(settings, clock) as (kiosk, desk, hall):
        tickets = [await kiosk.issue(COMPREHENSIVE) for _ in range(5)]
        await desk.change("open_counter", counter=3)
        await desk.change("call_next", counter=3)
        await missed(desk, clock, 3)
        await desk.change("check_in", visit_id=tickets[0]["visit_id"])
        told = waiting(read_roster(settings, wall_ms()))["comprehensive"]
        numbers = [ticket["number"] for ticket in tickets]
        assert told == [numbers[1], numbers[2], numbers[0], *numbers[3:]]
        assert told == await called_in_turn(hall, 4, 5)


async def test_a_visit_of_two_stages_stands_where_it_goes_first(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue(COMPREHENSIVE, TALENT)
    found = read_roster(settings, wall_ms())
    (group,) = found.groups
    words = RosterWords(settings, found, wall_ms())
    (row,) = words.rows(group)
    assert row.stage == "1/2"


async def test_a_priority_that_nobody_confirmed_says_so(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue(COMPREHENSIVE, priority={"class_id": "disabled", "basis": "declared"})
    words = RosterWords(settings, read_roster(settings, wall_ms()), wall_ms())
    assert [row.priority for row in words.rows(words.groups[0])] == ["残疾人(未核实)"]


def damage(settings, seq):
    """Change one byte of a record behind SQLite's back."""
    connection = sqlite3.connect(journal_path(settings))
    changed = "CAST(replace(payload, 'ARC', 'ARX') AS BLOB)"
    connection.execute(f"UPDATE journal SET payload = {changed} WHERE seq = ?", (seq,))
    connection.commit()
    connection.close()


async def test_of_a_damaged_journal_it_tells_what_is_sound_and_warns(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        numbers = [(await kiosk.issue(COMPREHENSIVE))["number"] for _ in range(4)]
    damage(settings, 4)
    found = read_roster(settings, wall_ms())
    assert waiting(found) == {"comprehensive": numbers[:2]}
    words = RosterWords(settings, found, wall_ms())
    assert "从第 4 笔起损坏" in words.warnings()[0]
    for form in FORMS.values():
        assert "damaged from entry 4" in form(words)


async def test_where_the_file_cannot_be_used_in_its_place_a_copy_is_read(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue(COMPREHENSIVE)
        before = waiting(read_roster(settings, wall_ms()))
        path = journal_path(settings)
        data, wal = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
    # As a power cut leaves them; a folder in the place of the shared memory keeps SQLite from using them there.
    for name in ("hall.sqlite3-wal", "hall.sqlite3-shm"):
        (path.parent / name).unlink(missing_ok=True)
    path.write_bytes(data)
    path.with_name("hall.sqlite3-wal").write_bytes(wal)
    path.with_name("hall.sqlite3-shm").mkdir()
    assert wal
    assert waiting(read_roster(settings, wall_ms())) == before
    assert path.read_bytes() == data


def test_what_is_no_journal_is_told_as_such(tmp_path):
    settings = settings_in(tmp_path)
    with pytest.raises(StoreFailed, match="unusable"):
        read_roster(settings, wall_ms())
    path = journal_path(settings)
    path.parent.mkdir()
    path.write_bytes(b"not a journal " * 100)
    with pytest.raises(StoreDamaged, match="damaged"):
        read_roster(settings, wall_ms())


async def test_a_day_that_ended_and_another_day_are_named(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue(COMPREHENSIVE)
    tomorrow = wall_ms() + DAY_MS
    words = RosterWords(settings, read_roster(settings, tomorrow), tomorrow)
    assert ["今天是" in line for line in words.warnings()] == [True, False]
    clock = [tomorrow]
    async with at_once(settings, clock) as (kiosk, desk, _):
        await kiosk.issue(COMPREHENSIVE)
        await desk.change("set_hours", last_number_ms=tomorrow, ends_ms=tomorrow + 1)
        told = await desk.call("subscribe", topics=["board"])
        while told["board"]["hours"]["phase"] != "ended":
            clock[0] += 1_000
            told = await desk.note("board_changed")
    words = RosterWords(settings, read_roster(settings, tomorrow), tomorrow)
    assert words.groups == ()
    assert "已经闭厅" in words.warnings()[0]
    assert "没有人在等。" in as_text(words)


def test_a_hall_that_never_opened_has_a_roster_too(tmp_path):
    settings = settings_in(tmp_path)
    from ticketserver.store.sqlite import SqliteJournal

    SqliteJournal(journal_path(settings)).close()
    text = as_text(RosterWords(settings, read_roster(settings, wall_ms()), wall_ms()))
    assert "还没有开过门" in text
    assert "Nobody waits." in text


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.cells, self.within = [], ""

    def handle_starttag(self, tag, attrs):
        self.within = dict(attrs).get("class", "") if tag == "td" else ""

    def handle_data(self, data):
        if self.within == "number":
            self.cells.append(data)


async def test_the_page_and_the_table_hold_every_number_once(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        numbers = [(await kiosk.issue(each))["number"] for each in (COMPREHENSIVE, REVIEW, COMPREHENSIVE)]
    words = RosterWords(settings, read_roster(settings, wall_ms()), wall_ms())
    page = Cells()
    page.feed(as_html(words))
    assert sorted(page.cells) == sorted(numbers)
    table = as_csv(words)
    assert table.startswith("\ufeff")
    rows = [row for row in csv.reader(io.StringIO(table)) if len(row) == 8]
    assert sorted(row[2] for row in rows[1:]) == sorted(numbers)
    lines = as_text(words).splitlines()
    assert sorted(line.split()[2] for line in lines if line.startswith("[ ]")) == sorted(numbers)


def test_text_between_signs_of_html_is_text(tmp_path):
    settings = settings_in(tmp_path)
    settings = replace(settings, hall=replace(settings.hall, name_zh="<b>厅</b>"))
    from ticketserver.store.sqlite import SqliteJournal

    SqliteJournal(journal_path(settings)).close()
    assert "<b>" not in as_html(RosterWords(settings, read_roster(settings, wall_ms()), wall_ms()))


async def test_it_is_saved_by_the_ending_of_its_name(tmp_path, capsys):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        number = (await kiosk.issue(COMPREHENSIVE))["number"]
    for ending in FORMS:
        file = tmp_path / f"roster{ending}"
        assert show_roster(settings, file) == 0
        assert number in file.read_text("utf-8")
    assert show_roster(settings, tmp_path / "roster.pdf") == 2
    assert ".txt, .html, .csv" in capsys.readouterr().err
    assert show_roster(settings, tmp_path / "nowhere" / "roster.txt") == 1
    assert "No such file" in capsys.readouterr().err
    assert show_roster(settings, None) == 0
    assert number in capsys.readouterr().out


def test_the_verb_says_where_the_journal_should_be(tmp_path, capsys):
    text = (HERE.parent / "sample/hall.toml").read_text("utf-8").replace('"run/', f'"{tmp_path}/')
    text = text.replace('"catalogue.toml"', f'"{HERE.parent / "sample/catalogue.toml"}"')
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    assert main(["roster", "--config", str(file)]) == 2
    assert "hall.sqlite3" in capsys.readouterr().err
