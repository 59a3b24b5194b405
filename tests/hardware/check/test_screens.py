"""Screens and typefaces: sockets that take connections and those that do not."""

import socket
from pathlib import Path

import pytest

from hardware.check import screens
from hardware.check.run import run_tests
from tests.hardware.check.halls import ask_of, codes
from tests.ports import free_port

KIOSK = """
[[printer]]
id = "printer1"
link = "tcp:127.0.0.1:9100"

[[kiosk]]
id = "kiosk1"
number = 1
printer = "printer1"
"""


def checked(folder: Path, devices: str) -> list[tuple[str, str, str]]:
    return codes(run_tests(screens.tests(ask_of(folder, devices))))


def test_a_screen_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "SOCKETS", tmp_path)
    monkeypatch.setenv("DISPLAY", ":7.0")
    assert checked(tmp_path, KIOSK)[1] == ("screen", "wrong", "screen.no_reach")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "X7"))
        listener.listen()
        assert checked(tmp_path, KIOSK)[1] == ("screen", "well", "screen.reached")


def test_a_screen_of_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setattr(screens, "X_PORT", port)
    with socket.create_server(("127.0.0.1", port)):
        monkeypatch.setenv("DISPLAY", "127.0.0.1:0")
        assert checked(tmp_path, KIOSK)[1] == ("screen", "well", "screen.reached")
    assert checked(tmp_path, KIOSK)[1] == ("screen", "wrong", "screen.no_reach")


@pytest.mark.parametrize(("display", "code"), [("", "none"), ("nonsense", "no_reach")])
def test_no_screen(display: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert checked(tmp_path, KIOSK)[1][2] == f"screen.{code}"


def test_a_machine_without_windows_needs_none(tmp_path: Path) -> None:
    assert [name for name, _, _ in checked(tmp_path, "")] == ["fonts"]


def test_typefaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "FOLDERS", (tmp_path / "none", tmp_path))
    assert checked(tmp_path, "") == [("fonts", "wrong", "fonts.missing")]
    for name in screens.COLLECTIONS:
        (tmp_path / name).touch()
    assert checked(tmp_path, "") == [("fonts", "well", "fonts.there")]
