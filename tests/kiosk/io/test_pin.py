"""The PIN's file and the command that writes it: hashed, for its owner alone, replaced whole."""

import getpass
import io
import sys

import pytest

from kiosk.__main__ import main
from kiosk.duty_events import PinVerdict
from kiosk.io.pin import check_pin, set_pin, too_easy
from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "run" / "kiosk" / "pin.json"


@pytest.fixture
def config(tmp_path):
    text = (SAMPLE / "hall.toml").read_text("utf-8")
    text = text.replace('"catalogue.toml"', f'"{SAMPLE / "catalogue.toml"}"')
    text = text.replace('"run/tokens"', f'"{tmp_path}/run/tokens"')
    made = tmp_path / "hall.toml"
    made.write_text(text, "utf-8")
    return made


def test_right_wrong_and_none(file):
    assert check_pin(file, "4821") is PinVerdict.UNSET
    set_pin(file, "4821")
    assert [check_pin(file, pin) for pin in ("4821", "4822", "")] == ["right", "wrong", "wrong"]
    set_pin(file, "9305")
    assert [check_pin(file, pin) for pin in ("4821", "9305")] == ["wrong", "right"]
    assert [each.name for each in file.parent.iterdir()] == ["pin.json"]


def test_nobody_else_reads_it_and_it_does_not_hold_the_pin(file):
    set_pin(file, "4821")
    first = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"4821" not in first.replace(b"16384", b"")
    set_pin(file, "4821")
    assert file.read_bytes() != first


@pytest.mark.parametrize("content", [b"", b"4821", b'{"salt":"zz","hash":"00"}', b'{"salt":"00","hash":"00","n":3}'])
def test_a_damaged_file_opens_nothing(file, content, caplog):
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert check_pin(file, "4821") is PinVerdict.UNREADABLE
    assert "cannot be read" in caplog.text


@pytest.mark.parametrize(("pin", "easy"), [("1111", True), ("123456", True), ("9876", True), ("4821", False)])
def test_what_everybody_tries_first(pin, easy):
    assert too_easy(pin) is easy


def command(config, monkeypatch, typed):
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return main(["pin", "--config", str(config)])


def test_the_command_sets_what_is_piped_in(config, file, monkeypatch, capsys):
    assert command(config, monkeypatch, "4821\n") == 0
    assert check_pin(file, "4821") is PinVerdict.RIGHT
    said = capsys.readouterr().out
    assert "维护密码设好了" in said
    assert "4821" not in said


@pytest.mark.parametrize(
    ("typed", "said"), [("12a4", "4 到 8 位"), ("123", "4 到 8 位"), ("２３４９", "4 到 8 位"), ("7777", "太好猜")]
)
def test_the_command_says_what_is_wrong(config, file, monkeypatch, capsys, typed, said):
    assert command(config, monkeypatch, typed) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_the_command_says_that_it_could_not_write(config, file, monkeypatch, capsys):
    file.parent.parent.mkdir()
    file.parent.write_text("", "ascii")
    assert command(config, monkeypatch, "4821") == 1
    assert "没有设成" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_it_is_asked_for_twice_and_not_shown(config, file, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", Terminal())
    typed = ["4821", "4821", "9305", "9306"]
    monkeypatch.setattr(getpass, "getpass", lambda asked: typed.pop(0) if "PIN" in asked or "more" in asked else "")
    assert main(["pin", "--config", str(config)]) == 0
    assert check_pin(file, "4821") is PinVerdict.RIGHT
    assert main(["pin", "--config", str(config)]) == 2
    assert "不一样" in capsys.readouterr().err
    assert check_pin(file, "4821") is PinVerdict.RIGHT
