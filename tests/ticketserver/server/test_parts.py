"""The server's small parts: days, tokens, origins, buckets, devices, calls for help."""

import stat
from datetime import UTC, date, datetime

import pytest

from tests.ticketserver.server.servers import SAMPLE
from ticketserver.core.refusal import RefusedError
from ticketserver.core.terms import DeviceHealth, Role
from ticketserver.server.hallday import HallDays
from ticketserver.server.limits import Bucket
from ticketserver.server.origins import Origins
from ticketserver.server.registry import HELP_MS, KEPT_HELP, Devices, Helps
from ticketserver.server.tokens import TokenFileError, Tokens
from ticketserver.shared.rules import Calendar
from ticketserver.shared.settings import load_settings
from ticketserver.wire import params as p

SHANGHAI = "Asia/Shanghai"


def ms(text):
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


DAYS = HallDays(load_settings(SAMPLE).calendar, SHANGHAI)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-24T19:59:59", "2026-11-24"),
        ("2026-11-24T20:00:00", "2026-11-25"),
        ("2026-11-25T15:59:00", "2026-11-25"),
    ],
)
def test_the_business_day_turns_at_four(utc, day):
    assert DAYS.business_day(ms(utc)).isoformat() == day


def test_a_days_plan_in_plain_numbers():
    plan = DAYS.plan(date(2026, 11, 25))
    assert plan.day == "2026-11-25"
    said = [DAYS.said(moment)[11:] for moment in (plan.numbers_from_ms, plan.calling_from_ms, plan.lunch_from_ms)]
    assert said == ["08:00", "08:30", "12:00"]
    assert "INJ-02" in plan.not_at_lunch


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-11-25", True), ("2026-11-28", False), ("2026-10-01", False), ("2026-10-10", True), ("2026-02-14", True)],
)
def test_working_days_holidays_and_make_up_days(day, works):
    assert DAYS.works(date.fromisoformat(day)) is works


def test_the_next_opening_is_after_the_weekend_or_today():
    assert DAYS.said(DAYS.next_opening(ms("2026-11-27T12:00:00"))) == "2026-11-30 08:00"
    assert DAYS.said(DAYS.next_opening(ms("2026-11-24T22:00:00"))) == "2026-11-25 08:00"
    never = HallDays(Calendar(working_days=()), SHANGHAI)
    assert never.next_opening(ms("2026-11-27T12:00:00")) == 0


def test_open_now_is_open_from_turn_to_turn():
    days = HallDays(Calendar(working_days=()), SHANGHAI, open_now=True)
    plan = days.plan(date(2026, 11, 28))
    assert days.works(date(2026, 11, 28))
    assert plan.ends_ms - plan.numbers_from_ms == 86_400_000
    assert plan.last_number_ms == plan.ends_ms


def test_a_day_with_a_clock_change_keeps_its_hours():
    days = HallDays(Calendar(), "Europe/Berlin")
    summer = days.plan(date(2026, 3, 29))
    assert days.said(summer.calling_from_ms) == "2026-03-29 08:30"


def test_tokens_are_made_once_and_only_for_their_owner(tmp_path):
    folder = tmp_path / "tokens"
    made = Tokens(folder)
    again = Tokens(folder)
    assert made.of(Role.CLERK) == again.of(Role.CLERK) != made.of(Role.KIOSK)
    assert stat.S_IMODE((folder / "clerk").stat().st_mode) == 0o600
    assert made.role_of(made.of(Role.GUIDE)) is Role.GUIDE
    assert made.role_of("x") is None
    assert made.proves("", Role.PHONE)
    assert not made.proves("", Role.CLERK)


def test_token_files_that_cannot_be_used_are_named(tmp_path):
    (tmp_path / "kiosk").write_text("short\n")
    with pytest.raises(TokenFileError, match="kiosk"):
        Tokens(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(TokenFileError):
        Tokens(tmp_path / "file" / "tokens")


@pytest.mark.parametrize(
    ("origin", "host", "admitted"),
    [
        (None, "127.0.0.1:8765", True),
        ("http://127.0.0.1:8080", "127.0.0.1:8765", True),
        ("http://[::1]:8080", "[::1]:8765", True),
        ("http://localhost:8080", "localhost:8765", True),
        ("http://desk.hall:8080", "desk.hall:8765", True),
        ("https://hall.example", "hall.example", True),
        ("http://hall.example", "hall.example", False),
        ("http://127.0.0.1:9090", "127.0.0.1:8765", False),
        ("http://192.168.1.9:8080", "127.0.0.1:8765", False),
        ("http://evil.example:8080", "evil.example:8765", False),
        ("null", "127.0.0.1:8765", False),
        ("http://x:port", "127.0.0.1:8765", False),
        ("http://127.0.0.1:8080", None, False),
    ],
)
def test_whose_page_may_open_a_socket(origin, host, admitted):
    origins = Origins("desk.hall", "https://hall.example/", lambda: 8080)
    assert origins.admits(origin, host) is admitted


def test_a_bucket_lets_a_burst_through_and_then_a_rate():
    bucket = Bucket(rate=2, burst=3, now=0.0)
    assert [bucket.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert bucket.take(0.5)
    assert not bucket.take(0.5)
    assert [bucket.take(100.0) for _ in range(4)] == [True, True, True, False]


def health(device, state=DeviceHealth.ONLINE, reason=""):
    return p.ReportHealth(device=device, kind="printer", health=state, reason=reason)


def test_a_device_is_news_only_when_it_changes_and_belongs_to_its_last_reporter():
    devices, one, two = Devices(), object(), object()
    assert devices.report(one, health("printer1"), 5).since_ms == 5
    assert devices.report(one, health("printer1"), 6) is None
    changed = devices.report(two, health("printer1", DeviceHealth.OFFLINE, "paper_out"), 7)
    assert (changed.reason, changed.since_ms) == ("paper_out", 7)
    assert devices.gone(one, 8) == []
    (gone,) = devices.gone(two, 9)
    assert (gone.health, gone.reason) == (DeviceHealth.OFFLINE, "not_connected")
    assert devices.report(two, health("printer1"), 10).health is DeviceHealth.ONLINE


def ask(number, request):
    return p.RequestHelp(request_id=request, number=number)


def test_calls_for_help_are_one_for_a_request_and_are_forgotten_in_time():
    helps = Helps()
    first, new = helps.request("kiosk1", ask("A001", "request-1"), 0)
    assert (first.device, new) == ("kiosk1", True)
    assert helps.request("kiosk1", ask("A001", "request-1"), 1) == (first, False)
    accepted, news = helps.accept(p.AcceptHelp(request_id="accept-11", help_id=first.help_id))
    assert (accepted.accepted, news) == (True, True)
    assert helps.accept(p.AcceptHelp(request_id="accept-12", help_id=first.help_id)) == (accepted, False)
    assert helps.open() == []
    helps.request("kiosk1", ask("A002", "request-2"), HELP_MS + 1)
    assert [view.number for view in helps.calls.values()] == ["A002"]
    with pytest.raises(RefusedError):
        helps.accept(p.AcceptHelp(request_id="accept-13", help_id=first.help_id))
    for number in range(KEPT_HELP):
        helps.request("kiosk1", ask("A003", f"request-x{number}"), HELP_MS + 2)
    assert len(helps.open()) == KEPT_HELP
    assert "A002" not in {view.number for view in helps.open()}
