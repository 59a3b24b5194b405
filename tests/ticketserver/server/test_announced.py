"""Waits that were said beside those that came: kept for each number, reported by day."""

import csv

import pytest

from tests.ticketserver.core.halls import DAY, HOUR, MINUTE, PLAN, RULES, Hall
from tests.ticketserver.server.servers import running, settings_in
from ticketserver.__main__ import parser
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import Seq
from ticketserver.server import waits_verb
from ticketserver.server.announced import Announced, reports
from ticketserver.server.line import wall_ms


def report_of(hall: Hall):
    announced = Announced()
    for at, events in hall.journal:
        announced.apply(events, at)
    return announced.report()


def test_each_number_is_judged_by_its_first_call():
    """INJ takes 15 minutes at counter 5. The first number is told 1–2 and called at once, the second 8–25, the third
    22–40."""
    hall = Hall()
    hall.open(5)
    hall.take("INJ")
    hall.call(5)
    told = [hall.take("INJ") for _ in range(2)]
    assert [each.number for each in told] == ["B002", "B003"]
    hall.later(4 * MINUTE)
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))
    hall.call(5)
    hall.later(50 * MINUTE)
    hall.ok(c.StartService(counter=5))
    hall.ok(c.FinishService(counter=5))
    hall.call(5)
    report = report_of(hall)
    assert report.day == DAY
    zone, together = report.zones
    assert (zone.zone, zone.told, zone.called, zone.sooner, zone.later) == ("injury", 3, 3, 1, 1)
    assert zone.late_p90_ms > 10 * MINUTE
    assert (together.zone, together.told, together.called) == ("", 3, 3)


def test_who_still_waits_was_told_something_and_who_had_no_number_was_not():
    hall = Hall()
    hall.open(1)
    hall.ok(c.ServeWalkIn(counter=1, token=hall.token(), items=(c.Item("ARC"),), reason="old"))
    hall.take("PAY")
    zone, _ = report_of(hall).zones
    assert (zone.told, zone.called, zone.off_ms) == (1, 0, 0)


def test_before_calling_begins_and_while_it_is_paused_no_minutes_are_told():
    hall = Hall(at=PLAN.numbers_from_ms)
    hall.open(1)
    hall.take("PAY")
    hall.later(PLAN.calling_from_ms - hall.now)
    hall.take("PAY")
    hall.ok(c.SetHours(calling_paused=True))
    hall.take("PAY")
    hall.ok(c.SetHours(calling_paused=False))
    hall.take("PAY")
    zone, _ = report_of(hall).zones
    assert zone.told == 2


def test_a_second_call_changes_nothing():
    hall = Hall()
    hall.open(1)
    hall.take("ARC")
    hall.call(1)
    hall.later(10 * MINUTE)
    hall.ok(c.Recall(counter=1))
    assert report_of(hall).zones[-1].called == 1


def test_a_journal_gives_one_report_a_day():
    hall = Hall()
    hall.take("ARC")
    journal = [Record(Seq(seq), at, tuple(events)) for seq, (at, events) in enumerate(hall.journal, 1)]
    opened = e.DayOpened(
        rules=RULES, plan=type(PLAN)("2026-11-24", 8 * HOUR, 9 * HOUR, 16 * HOUR, 17 * HOUR), next_visit=2, next_call=1
    )
    journal.append(Record(Seq(len(journal) + 1), hall.now, (opened,)))
    assert [(each.day, each.zones[-1].told) for each in reports(journal)] == [(DAY, 1), ("2026-11-24", 0)]
    assert list(reports([])) == []


@pytest.fixture
async def journal(tmp_path):
    """A hall that has told one person a wait, called them after half an hour, and is gone."""
    settings = settings_in(tmp_path)
    clock = [wall_ms()]
    async with (
        running(settings, clock=lambda: clock[0]) as hall,
        hall.talk("guide") as guide,
        hall.talk("supervisor") as desk,
    ):
        await guide.issue("ARC-01")
        clock[0] += 30 * MINUTE
        await desk.change("open_counter", counter=1)
        await desk.change("call_next", counter=1)
        report = await desk.call("get_wait_report")
    return settings, report


def waits(settings, *more):
    return waits_verb.run(parser().parse_args(["waits", "--config", settings.file, *more]), settings)


async def test_a_supervisor_sees_today_and_the_command_says_the_same(journal, capsys):
    settings, report = journal
    together = report["zones"][-1]
    assert (together["told"], together["called"], together["later"]) == (1, 1, 1)
    assert waits(settings) == 0
    said = capsys.readouterr().out
    assert report["day"] in said
    assert "综合窗口\t1\t1\t0\t0\t1\t" in said


async def test_all_days_go_into_a_table(journal, tmp_path, capsys):
    settings, report = journal
    file = tmp_path / "waits.csv"
    assert waits(settings, "--csv", str(file)) == 0
    with file.open(encoding="utf-8-sig") as table:
        rows = list(csv.DictReader(table))
    assert [(row["day"], row["zone"], row["later"]) for row in rows] == [
        (report["day"], "comprehensive", "1"), (report["day"], "all", "1"),
    ]  # fmt: skip
    assert waits(settings, "--csv", str(tmp_path)) == 1
    assert str(tmp_path) in capsys.readouterr().err


async def test_a_day_that_is_not_there_is_named(journal, capsys):
    settings, report = journal
    assert waits(settings, "--day", "2020-01-01") == 1
    assert report["day"] in capsys.readouterr().err
