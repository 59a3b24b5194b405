"""Codes of appointments: signed and read, used once, at their time, by the server's word."""

import re
import subprocess
import sys
from datetime import date, datetime

import pytest
import zxingcpp
from PIL import Image

from kiosk.scans import appointment_code
from tests.ticketserver.server.servers import TOKENS, Refused, running, settings_in
from ticketserver.__main__ import main
from ticketserver.server.appointments import KEY_FILE, Appointments, as_typed
from ticketserver.server.hallday import HallDays
from ticketserver.shared.rules import Calendar
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE

DAY = date(2026, 11, 27)
DAYS = HallDays(Calendar(), "Asia/Shanghai")
SAMPLE = HERE.parent / "sample"


def appointments(hall: str = "one", key: str = "k" * 32) -> Appointments:
    return Appointments(hall, DAYS, key)


def code(*services: str) -> str:
    return appointments().make(DAY, "09:30", "09:45", services or ("ARC-01", "PAY-02"))


# ---- the code


def test_a_code_says_what_was_booked() -> None:
    booked = appointments().read(code())
    assert booked is not None
    assert (booked.day, booked.services) == ("2026-11-27", ("ARC-01", "PAY-02"))
    assert (DAYS.said(booked.from_ms), DAYS.said(booked.to_ms)) == ("2026-11-27 09:30", "2026-11-27 09:45")


def test_a_code_fits_a_small_qr_code_and_names_nobody() -> None:
    assert re.fullmatch(r"YHA1:20261127:0930-0945:ARC-01\.PAY-02:[A-Z2-7]{8}:[A-Z2-7]{26}", code())
    assert len(code()) == 73
    assert re.fullmatch(r"[0-9A-Z$%*+\-./: ]+", code()), "alphanumeric mode of a QR code"


def test_each_code_is_another() -> None:
    assert len({code() for _ in range(100)}) == 100


@pytest.mark.parametrize("at", range(73))
def test_no_sign_can_be_changed(at: int) -> None:
    whole = code()
    other = "A" if whole[at] != "A" else "B"
    assert appointments().read(whole[:at] + other + whole[at + 1 :]) is None
    assert appointments().read(whole[:at] + whole[at + 1 :]) is None


def test_another_hall_or_key_or_text_is_nothing() -> None:
    assert appointments(hall="two").read(code()) is None
    assert appointments(key="l" * 32).read(code()) is None
    for text in ("", "YHA1", code() + "A", code().lower(), f" {code()}", "x" * 300):
        assert appointments().read(text) is None


TYPED = [
    lambda code: code.lower(),
    lambda code: f" {code} ",
    lambda code: "".join(sign for sign in code if sign.isalnum()),
    lambda code: " ".join(code.replace(":", "").replace("-", "").lower()),
    lambda code: code[:37] + code[37:].replace("O", "0").replace("I", "1").replace("B", "8"),
]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("services", [("ARC-01",), ("ARC-01", "PAY-02"), tuple(f"PAY-{at:02d}" for at in range(1, 21))])
def test_typed_by_a_person_it_is_the_same_code(typed, services: tuple[str, ...]) -> None:
    for _ in range(20):
        whole = code(*services)
        assert as_typed(typed(whole)) == whole


@pytest.mark.parametrize("text", ["", "YHA1", "yha1:20261127", "社保", "A" * 80])
def test_what_is_no_code_stays_as_it_was_typed(text: str) -> None:
    assert as_typed(text) == text


# ---- at the server


def made(hall, *services: str, minutes: int = 0, span: int = 15, days: int = 0) -> str:
    """A code of the running hall, from so many minutes after now."""
    desk = hall.server.line._desk
    zone = desk.days._zone
    start = hall.server.line.now + minutes * 60_000
    clocks = [datetime.fromtimestamp(at / 1000, zone).strftime("%H:%M") for at in (start, start + span * 60_000)]
    day = desk.days.business_day(hall.server.line.now)
    return desk._appointments.make(date.fromordinal(day.toordinal() + days), *clocks, services or ("ARC-01",))


async def take(talk, appointment: str, **other):
    return await talk.change("issue_ticket", token=next(TOKENS), day=talk.day, appointment=appointment, **other)


async def code_of(awaited) -> str:
    with pytest.raises(Refused) as raised:
        await awaited
    return raised.value.code


def booking(hall, number: str):
    state = hall.server.line.sequencer.state
    return state.visits[state.by_number[number]]


async def test_a_number_joins_at_the_booked_time(tmp_path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        appointment = made(hall, "ARC-01", "PAY-02", minutes=-14)
        view = await kiosk.call("read_appointment", appointment=appointment)
        assert (view["services"], view.get("late", False)) == (["ARC-01", "PAY-02"], False)
        ticket = await take(kiosk, appointment)
        assert [each["service"] for each in ticket["services"]] == ["ARC-01", "PAY-02"]
        visit = booking(hall, ticket["number"])
        assert (visit.appointment, visit.join_ms) == (True, view["from_ms"])


@pytest.mark.parametrize(("minutes", "counts"), [(-24, True), (-26, False)])
async def test_ten_minutes_after_the_last_minute_one_is_a_walk_in(tmp_path, minutes: int, counts: bool) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        appointment = made(hall, minutes=minutes)
        view = await kiosk.call("read_appointment", appointment=appointment)
        assert view.get("late", False) is not counts
        assert booking(hall, (await take(kiosk, appointment))["number"]).appointment is counts


async def test_a_code_is_used_once_also_after_a_restart_unless_its_number_was_cancelled(tmp_path) -> None:
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        appointment = made(hall)
        ticket = await take(kiosk, appointment)
        assert await code_of(take(kiosk, appointment)) == "appointment_used"
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        assert await code_of(kiosk.call("read_appointment", appointment=appointment)) == "appointment_used"
        await kiosk.change("cancel_ticket", number=ticket["number"], check_code=ticket["check_code"])
        assert (await take(kiosk, appointment))["number"] != ticket["number"]


async def test_the_same_request_gets_the_same_number(tmp_path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        asked = {"request_id": "booked-0001", "token": next(TOKENS), "day": kiosk.day, "appointment": made(hall)}
        assert await kiosk.call("issue_ticket", **asked) == await kiosk.call("issue_ticket", **asked)


async def test_what_cannot_be_used_is_refused(tmp_path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        tomorrow, forged = made(hall, days=1), code()
        for method in (lambda c: take(kiosk, c), lambda c: kiosk.call("read_appointment", appointment=c)):
            assert await code_of(method(tomorrow)) == "appointment_other_day"
            assert await code_of(method(forged)) == "appointment_unknown"
        more = [{"service": "PAY-02"}]
        assert await code_of(take(kiosk, made(hall), services=more)) == "not_allowed"
        assert await code_of(take(kiosk, made(hall), purpose="enquiry")) == "not_allowed"
        assert await code_of(kiosk.issue("ARC-01", appointment_ms=1)) == "not_allowed"
        assert await code_of(take(kiosk, made(hall, "ZZZ-99"))) == "unknown_service"
        async with hall.talk("phone") as phone:
            assert await code_of(phone.call("read_appointment", appointment=made(hall))) == "not_allowed"


async def test_the_key_is_for_its_owner_only(tmp_path) -> None:
    async with running(settings_in(tmp_path)):
        assert (tmp_path / "tokens" / KEY_FILE).stat().st_mode & 0o777 == 0o600


# ---- by hand


@pytest.fixture
def config(tmp_path):
    text = (SAMPLE / "hall.toml").read_text("utf-8").replace('"catalogue.toml"', f'"{SAMPLE / "catalogue.toml"}"')
    text = text.replace('tokens_dir = "run/tokens"', f'tokens_dir = "{tmp_path}"')
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    return file


MAKE = ["--day", "2026-11-27", "--from", "9:30", "--to", "09:45"]


def test_made_and_verified_by_hand(config, tmp_path, capsys) -> None:
    (tmp_path / KEY_FILE).write_text("k" * 32, "ascii")
    assert main(["appointment", "make", "--config", str(config), *MAKE, "PAY-02", "ARC-01"]) == 0
    made_code = capsys.readouterr().out.strip()
    hall = load_settings(config).hall
    assert Appointments(hall.id, DAYS, "k" * 32).read(made_code) is not None
    assert main(["appointment", "verify", "--config", str(config), made_code.lower()]) == 0
    said = capsys.readouterr().out
    assert "2026-11-27 09:30 到 2026-11-27 09:45,事项 PAY-02 ARC-01" in said
    # No code ends with B: the last two of its 130 bits are 0. (A 1 is read as I, with which one in eight ends.)
    assert main(["appointment", "verify", "--config", str(config), made_code[:-1] + "B"]) == 1
    assert "不是本大厅签的" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["code.png", "code.svg"])
def test_its_picture_is_read_by_a_scanner(config, tmp_path, capsys, name: str) -> None:
    (tmp_path / KEY_FILE).write_text("k" * 32, "ascii")
    file = tmp_path / name
    assert main(["appointment", "make", "--config", str(config), *MAKE, "--qr", str(file), "PAY-02", "ARC-01"]) == 0
    said = capsys.readouterr().out.strip()
    if file.suffix == ".svg":
        assert file.read_text("utf-8").startswith("<?xml")
        return
    (found,) = zxingcpp.read_barcodes(Image.open(file))
    assert (found.text, found.format) == (said, zxingcpp.BarcodeFormat.QRCode)
    assert appointment_code(found.text) == said, "as the kiosk knows it"


@pytest.mark.parametrize(("name", "text"), [("code.gif", "只能写成 .png 或 .svg"), ("nowhere/code.png", "写不了图片")])
def test_a_picture_that_cannot_be_written_gives_out_no_code(config, tmp_path, capsys, name, text) -> None:
    (tmp_path / KEY_FILE).write_text("k" * 32, "ascii")
    file = tmp_path / name
    assert main(["appointment", "make", "--config", str(config), *MAKE, "--qr", str(file), "PAY-02"]) == 1
    said = capsys.readouterr()
    assert text in said.err
    assert said.out == ""


WRONG = [
    (["--day", "2026-11-27", "--from", "09:45", "--to", "09:30", "PAY-02"], "09:45 晚于 09:30"),
    ([*MAKE, "PAY-99"], "事项目录里没有 PAY-99"),
    ([*MAKE, "PAY-02", "PAY-02"], "同一件事写了两次"),
    (["--day", "2026-11-28", "--from", "09:30", "--to", "09:45", "PAY-02"], "2026-11-28 大厅不上班"),
]


@pytest.mark.parametrize(("arguments", "text"), WRONG, ids=[text for _, text in WRONG])
def test_what_cannot_be_booked_is_said(config, tmp_path, capsys, arguments: list[str], text: str) -> None:
    (tmp_path / KEY_FILE).write_text("k" * 32, "ascii")
    assert main(["appointment", "make", "--config", str(config), *arguments]) == 1
    assert text in capsys.readouterr().err


def test_without_a_key_it_says_where_it_comes_from(config, tmp_path, capsys) -> None:
    assert main(["appointment", "make", "--config", str(config), *MAKE, "PAY-02"]) == 1
    assert "还没有预约的密钥" in capsys.readouterr().err
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize("clock", ["24:00", "9", "a:b", "09:60", "-1:00"])
def test_a_time_of_day_is_two_numbers(config, clock: str) -> None:
    with pytest.raises(SystemExit):
        main(["appointment", "make", "--config", str(config), "--day", "2026-11-27", f"--from={clock}", "--to", "9:0",
              "PAY-02"])  # fmt: skip


def test_as_a_program(config, tmp_path) -> None:
    (tmp_path / KEY_FILE).write_text("k" * 32, "ascii")
    command = [sys.executable, "-m", "ticketserver", "appointment", "verify", "--config", str(config), "nothing"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, "was not signed by this hall" in ended.stderr) == (1, True)
