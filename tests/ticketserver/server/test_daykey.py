"""The day's key: made at the opening, kept over a restart, told to who reads cards, gone at the day's end."""

import asyncio
import logging
import os
import stat
from pathlib import Path

import pytest

from tests.ticketserver.server.servers import WAIT_S, running, settings_in
from ticketserver.core.events import DayEnded, DayOpened
from ticketserver.core.ids import BusinessDay, Ms
from ticketserver.core.model import DayPlan
from ticketserver.core.state import new_state
from ticketserver.core.terms import Phase, Role
from ticketserver.server.daykey import DayKey, key_path

DAY, NEXT = BusinessDay("2026-11-25"), BusinessDay("2026-11-26")


def opened(day: BusinessDay) -> DayOpened:
    return DayOpened(rules=None, plan=DayPlan(day, Ms(1), Ms(1), Ms(2), Ms(2)), next_visit=1, next_call=1)


def ended(day: BusinessDay) -> DayEnded:
    return DayEnded(day=day)


def state(day: BusinessDay | None, phase: Phase = Phase.CALLING):
    made = new_state()
    made.plan = DayPlan(day, Ms(1), Ms(1), Ms(2), Ms(2)) if day else None
    made.phase = phase
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data.day-key"


def test_a_day_has_a_key_and_the_next_another(file: Path) -> None:
    day_key = DayKey(file)
    assert day_key.told_to(Role.KIOSK) == ""
    day_key.decided((opened(DAY),))
    first = day_key.told_to(Role.KIOSK)
    assert len(bytes.fromhex(first)) == 32
    assert day_key.told_to(Role.GUIDE) == first
    day_key.decided((ended(DAY), opened(NEXT)))
    assert day_key.told_to(Role.KIOSK) not in ("", first)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.KIOSK, Role.GUIDE)])
def test_nobody_else_is_told(file: Path, role: Role) -> None:
    day_key = DayKey(file)
    day_key.decided((opened(DAY),))
    assert day_key.told_to(role) == ""


def test_the_file_is_for_its_owner_only_and_gone_at_the_days_end(file: Path) -> None:
    before = os.umask(0)
    try:
        day_key = DayKey(file)
        day_key.decided((opened(DAY),))
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert day_key.told_to(Role.KIOSK) in file.read_text()
    day_key.decided((ended(DAY),))
    assert day_key.told_to(Role.KIOSK) == ""
    assert list(file.parent.iterdir()) == []


def test_a_restart_on_the_same_day_keeps_it(file: Path) -> None:
    day_key = DayKey(file)
    day_key.decided((opened(DAY),))
    again = DayKey(file)
    again.resumed(state(DAY))
    assert again.told_to(Role.KIOSK) == day_key.told_to(Role.KIOSK)


@pytest.mark.parametrize("found", [state(None), state(DAY, Phase.ENDED), state(DAY, Phase.NO_DAY)])
def test_a_restart_without_an_open_day_leaves_none(file: Path, found) -> None:
    DayKey(file).decided((opened(DAY),))
    again = DayKey(file)
    again.resumed(found)
    assert again.told_to(Role.KIOSK) == ""
    assert not file.exists()


def test_a_key_of_another_day_is_not_used(file: Path) -> None:
    day_key = DayKey(file)
    day_key.decided((opened(DAY),))
    again = DayKey(file)
    again.resumed(state(NEXT))
    assert again.told_to(Role.KIOSK) not in ("", day_key.told_to(Role.KIOSK))


@pytest.mark.parametrize("held", [b"", b"2026-11-25 abc\n", b"\xff\xfe"])
def test_a_file_that_holds_something_else(file: Path, held: bytes, caplog: pytest.LogCaptureFixture) -> None:
    file.write_bytes(held)
    day_key = DayKey(file)
    with caplog.at_level(logging.ERROR):
        day_key.resumed(state(DAY))
    assert len(day_key.told_to(Role.KIOSK)) == 64
    assert "a new one is made" in caplog.text
    assert day_key.told_to(Role.KIOSK) not in caplog.text


def test_a_place_that_cannot_be_written_does_not_stop_the_hall(tmp_path: Path, caplog) -> None:
    day_key = DayKey(tmp_path / "missing" / "data.day-key")
    with caplog.at_level(logging.ERROR):
        day_key.decided((opened(DAY),))
    key = day_key.told_to(Role.KIOSK)
    assert len(key) == 64
    assert "cannot be written" in caplog.text
    assert key not in caplog.text


def test_a_file_that_cannot_be_removed_is_named(tmp_path: Path, caplog) -> None:
    file = tmp_path / "data.day-key"
    (file / "inside").mkdir(parents=True)
    with caplog.at_level(logging.ERROR):
        DayKey(file).resumed(state(None))
    assert f"still in {file}" in caplog.text


async def test_told_at_hello_by_role_and_kept_over_a_restart(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    keys = {}
    for start in ("first", "second"):
        async with running(settings) as hall:
            for role in ("kiosk", "guide", "clerk", "display", "supervisor", "phone"):
                async with hall.bare() as talk:
                    hello = await talk.call("hello", protocol=1, role=role, token=hall.token(role))
                    keys[start, role] = hello.get("day_key", "")
    assert len(keys["first", "kiosk"]) == 64
    assert {keys[start, role] for start in ("first", "second") for role in ("kiosk", "guide")} == {
        keys["first", "kiosk"]
    }
    assert {key for (_, role), key in keys.items() if role not in ("kiosk", "guide")} == {""}
    assert key_path(settings) == tmp_path / "data.day-key"
    journal = b"".join(each.read_bytes() for each in (tmp_path / "data").iterdir() if each.is_file())
    assert keys["first", "kiosk"].encode() not in journal
    assert bytes.fromhex(keys["first", "kiosk"]) not in journal


async def test_who_reads_cards_greets_again_on_a_new_day(tmp_path: Path) -> None:
    """The others are left alone: nothing was told to them that is over."""
    hour = 3_600_000
    now = [1_795_647_600_000]
    async with (
        running(settings_in(tmp_path), clock=lambda: Ms(now[0])) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("clerk") as clerk,
    ):
        async with hall.bare() as talk:
            first = await talk.call("hello", protocol=1, role="kiosk", token=hall.token("kiosk"))
        now[0] += 24 * hour
        hall.server.line._tick()
        async with asyncio.timeout(WAIT_S):
            await kiosk.socket.wait_closed()
        assert (kiosk.socket.close_code, kiosk.socket.close_reason) == (1001, "a new day")
        async with hall.bare() as talk:
            second = await talk.call("hello", protocol=1, role="kiosk", token=hall.token("kiosk"))
        assert first["day_key"] != second["day_key"]
        assert first["hours"]["day"] != second["hours"]["day"]
        assert (await clerk.call("get_catalogue"))["services"]
