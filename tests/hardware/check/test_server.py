"""The server's test against a real server: ports, tokens, clock, disk, and what it knows of devices."""

import shutil
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from hardware.check import server
from hardware.check.parts import Ask
from hardware.check.run import run_tests
from tests.hardware.check.halls import ask_of, codes, real_server, reporting
from ticketserver.core.ids import Ms
from ticketserver.server.line import wall_ms

NO_DEVICES = ""


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return ask_of(tmp_path, NO_DEVICES)


def checked(ask: Ask) -> list[tuple[str, str]]:
    return [(mark, code.removeprefix("server.")) for _, mark, code in codes(run_tests(server.tests(ask)))]


def test_all_is_well_and_the_devices_are_known(ask: Ask) -> None:
    with real_server(ask.settings) as running:
        report = {"device": "printer1", "kind": "printer", "health": "offline", "reason": "paper_out"}
        with reporting(running, "kiosk", **report):
            found = checked(ask)
    assert found == [("well", each) for each in ("reached", "clock", "tokens", "pages", "disk")]
    assert ask.known["printer1"].reason == "paper_out"


def test_nobody_there(ask: Ask) -> None:
    assert checked(ask) == [("wrong", "no_reach"), ("note", "no_tokens"), ("wrong", "no_pages")]


def test_a_server_without_tokens_here(ask: Ask, tmp_path: Path) -> None:
    elsewhere = replace(ask.settings.server, tokens_dir=str(tmp_path / "none"), data_dir=str(tmp_path / "other"))
    with real_server(ask.settings):
        ask.settings = replace(ask.settings, server=elsewhere)
        assert checked(ask) == [("well", "listens"), ("note", "no_tokens"), ("well", "pages")]


def test_tokens_without_a_server(ask: Ask) -> None:
    with real_server(ask.settings):
        pass
    assert checked(ask)[0] == ("wrong", "no_reach")


def test_a_wrong_token_and_one_that_cannot_be_read(ask: Ask, tmp_path: Path) -> None:
    with real_server(ask.settings):
        (tmp_path / "tokens" / "kiosk").write_text("w" * 22, "ascii")
        (tmp_path / "tokens" / "bridge").write_text("", "ascii")
        found = run_tests(server.tests(ask))
    assert ("server", "wrong", "server.token_unread") in codes(found)
    refused = next(each for each in found if each.code == "server.token_refused")
    assert refused.values["role"] == "kiosk"
    assert "w" * 22 not in refused.text("en")
    right = next(each for each in found if each.code == "server.tokens")
    assert "kiosk" not in str(right.values["roles"])
    assert "display" in str(right.values["roles"])


def test_only_wrong_tokens(ask: Ask, tmp_path: Path) -> None:
    with real_server(ask.settings):
        for each in (tmp_path / "tokens").iterdir():
            each.write_text("w" * 22, "ascii")
        assert {code for mark, code in checked(ask) if mark == "wrong"} == {"token_refused"}


def test_another_halls_server(ask: Ask) -> None:
    with real_server(ask.settings):
        ask.settings = replace(ask.settings, hall=replace(ask.settings.hall, id="other"))
        assert checked(ask)[0] == ("wrong", "other_hall")


@pytest.mark.parametrize(("apart_ms", "code"), [(1_000, "clock"), (-4_000, "clock_apart"), (4_000, "clock_apart")])
def test_clocks_that_differ(apart_ms: int, code: str, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    here_ms = wall_ms()
    monkeypatch.setattr(server, "time", SimpleNamespace(time_ns=lambda: here_ms * 1_000_000))
    with real_server(ask.settings, clock=lambda: Ms(here_ms + apart_ms)):
        found = run_tests(server.tests(ask))
    clock = next(each for each in found if each.code.startswith("server.clock"))
    assert clock.code == f"server.{code}"
    assert clock.values["ms"] == f"{apart_ms:+d}"


@pytest.mark.parametrize(("free", "code"), [(10**8, "disk_full"), (10**9, "disk_low"), (10**10, "disk")])
def test_a_disk_that_fills(free: int, code: str, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**11, 10**11 - free, free))
    assert checked(ask)[-1][1] == code
