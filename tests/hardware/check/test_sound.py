"""The loudspeaker: an `aplay` of the test's own plays, fails, hangs or is not there."""

import json
import wave
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.check import sound
from hardware.check.parts import Ask
from hardware.check.run import run_tests
from tests.hardware.check.halls import ask_of, codes
from ticketserver.core.terms import DeviceHealth
from ticketserver.shared.voice_settings import Loudspeaker
from ticketserver.wire.views_hall import DeviceView

DISPLAYS = '[[display]]\nid = "display1"\nspeaks = true\n\n[[display]]\nid = "display2"\n'


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    made = ask_of(tmp_path, f'{DISPLAYS}\n[voice]\ndevice = "hall"\nclips_dir = "{tmp_path}/voice"\n')
    clips = tmp_path / "voice" / "clips"
    clips.mkdir(parents=True)
    (clips / "made").write_text(json.dumps([1, ["espeak-ng"], {"zero": "ling2", "one": "yi1"}]), "utf-8")
    for name in ("zero", "one"):
        (clips / f"{name}.wav").touch()
    return made


def aplay(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only program on the path."""
    programs = folder / "bin"
    programs.mkdir()
    file = programs / "aplay"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")


def checked(ask: Ask) -> list[tuple[str, str]]:
    return [(mark, code.removeprefix("sound.")) for _, mark, code in codes(run_tests(sound.tests(ask)))]


def test_a_moment_of_silence_is_played_on_the_device(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aplay(tmp_path, f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/played.wav', monkeypatch)
    assert checked(ask) == [("well", "clips"), ("well", "device")]
    assert (tmp_path / "asked").read_text() == "-q -t wav -D hall -\n"
    with wave.open(BytesIO((tmp_path / "played.wav").read_bytes())) as played:
        assert 0 < played.getnframes() / played.getframerate() < 0.1
        assert set(played.readframes(played.getnframes())) == {0}


def test_a_device_that_is_none(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aplay(tmp_path, "cat > /dev/null; echo 'no such card' >&2; exit 1", monkeypatch)
    found = run_tests(sound.tests(ask))
    assert found[1].code == "sound.no_device"
    assert "no such card" in found[1].text("en")


def test_a_player_that_hangs(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aplay(tmp_path, "exec sleep 60", monkeypatch)
    monkeypatch.setattr(sound, "PLAY_S", 0.2)
    assert checked(ask)[1] == ("wrong", "hangs")


def test_no_player(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert checked(ask)[1] == ("wrong", "no_program")


@pytest.mark.parametrize("lost", ["one.wav", "made"])
def test_clips_that_are_missing(lost: str, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aplay(tmp_path, "cat > /dev/null", monkeypatch)
    (tmp_path / "voice" / "clips" / lost).unlink()
    assert checked(ask)[0] == ("wrong", "no_clips")


def test_a_display_at_work_is_asked_for_by_its_health(ask: Ask) -> None:
    ask.known["display1"] = DeviceView(
        device="display1", kind="display", health=DeviceHealth.DEGRADED, reason="no_sound"
    )
    assert codes(run_tests(sound.tests(ask))) == [("display1", "note", "in_use.elsewhere_why")]


def test_a_hall_without_voice_has_nothing_to_play(ask: Ask) -> None:
    ask.settings = replace(ask.settings, voice=replace(ask.settings.voice, enabled=False))
    assert sound.tests(ask) == []


def test_each_loudspeaker_of_a_display_is_tried(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aplay(tmp_path, f'echo "$@" >> {tmp_path}/asked; cat > /dev/null', monkeypatch)
    apart = (Loudspeaker(zones=("a",), device="one"), Loudspeaker(zones=("b",), device="two"))
    ask.settings = replace(ask.settings, display=(replace(ask.settings.display[0], loudspeaker=apart),))
    assert checked(ask) == [("well", "clips"), ("well", "device"), ("well", "device")]
    assert (tmp_path / "asked").read_text() == "-q -t wav -D one -\n-q -t wav -D two -\n"
