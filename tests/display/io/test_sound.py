"""The loudspeaker with players of every kind: good, failing, hanging, absent."""

import array
import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from display.io import sound
from display.io.clips import ClipError
from display.io.sound import KEPT, NO_CLIPS, NO_SOUND, WELL, Speaker
from display.voice import FreeText
from ticketserver.sound import aplay
from ticketserver.sound.waves import RATE, joined, read_wave, seconds

CLIPS = {"one": array.array("h", [1_000] * (RATE // 10)), "two": array.array("h", [-1_000] * (RATE // 20))}


class Room:
    def __init__(self, tmp_path, monkeypatch):
        self.bin, self.heard, self.unheard = tmp_path / "bin", tmp_path / "heard", tmp_path / "unheard"
        self.bin.mkdir()
        self.health = []
        monkeypatch.setenv("PATH", f"{self.bin}:{os.environ['PATH']}")

    def player(self, script):
        program = self.bin / "aplay"
        program.write_text(f"#!/bin/sh\necho \"$@\" >> {self.heard}.args\n{script}\n")
        program.chmod(0o755)

    def speaker(self, clips=CLIPS, device="", say=None):
        return Speaker(clips, device, self.unheard, self.health.append, say)

    def files(self):
        return sorted(self.unheard.glob("*.wav")) if self.unheard.exists() else []


async def until_gone(file):
    """Until the process whose number stands in this file has ended."""
    stat = Path("/proc") / file.read_text().strip() / "stat"
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        while stat.read_text().rpartition(")")[2].split()[0] not in "ZX":
            await asyncio.sleep(0.01)


async def broken_off(room):
    """A sound in its middle: its player has written down who it is."""
    playing = asyncio.create_task(room.speaker().play(["one"]))
    async with asyncio.timeout(30):
        while not room.heard.exists():
            await asyncio.sleep(0.01)
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)


@pytest.fixture
def room(tmp_path, monkeypatch):
    return Room(tmp_path, monkeypatch)


async def test_clips_are_played_one_after_another_on_the_halls_device(room):
    room.player(f"cat > {room.heard}")
    speaker = room.speaker(device="plughw:1")
    await speaker.probe()
    await speaker.play(["one", "two", "one", "unknown"])
    assert read_wave(room.heard.read_bytes()) == joined([CLIPS["one"], CLIPS["two"], CLIPS["one"]])
    assert "-D plughw:1" in (room.heard.parent / "heard.args").read_text()
    assert room.health == []
    assert room.files() == []


async def test_a_sound_that_is_not_heard_is_kept_and_takes_its_time(room):
    room.player("cat > /dev/null; echo 'aplay: main: audio open error: No such device' >&2; exit 1")
    speaker = room.speaker()
    began = time.monotonic()
    await speaker.play(["one", "two"])
    assert time.monotonic() - began >= seconds(CLIPS["one"]) + seconds(CLIPS["two"]) - 0.001
    assert room.health == [NO_SOUND]
    (kept,) = room.files()
    assert read_wave(kept.read_bytes()) == joined([CLIPS["one"], CLIPS["two"]])


async def test_a_device_that_comes_back_is_heard(room):
    room.player("exit 1")
    speaker = room.speaker()
    await speaker.probe()
    assert room.health == [NO_SOUND]
    room.player(f"cat > {room.heard}")
    await speaker.play(["one"])
    assert room.health == [NO_SOUND, WELL]
    assert room.heard.exists()


async def test_a_player_that_hangs_is_ended(room, monkeypatch):
    started, start = [], asyncio.create_subprocess_exec

    async def starting(*argv, **options):
        started.append(await start(*argv, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
    monkeypatch.setattr(aplay, "LATE_S", 0.3)
    room.player("exec sleep 600")
    await room.speaker().play(["one"])
    assert room.health == [NO_SOUND]
    assert [each.returncode for each in started] == [-signal.SIGKILL]


async def test_a_player_that_does_not_listen_is_a_player_that_fails(room):
    room.player("exec < /dev/null; exit 7")
    long = {"one": array.array("h", bytes(8 * 65_536))}
    speaker = room.speaker(long)
    await speaker.play(["one"])
    assert room.health == [NO_SOUND]


async def test_without_a_player_calls_go_on(room, monkeypatch):
    monkeypatch.setenv("PATH", str(room.bin))
    await room.speaker().play(["one"])
    assert room.health == [NO_SOUND]
    assert len(room.files()) == 1


async def test_an_end_in_the_middle_of_a_sound_ends_the_player(room):
    room.player(f"echo $$ > {room.heard}.part; mv {room.heard}.part {room.heard}; exec sleep 600")
    await broken_off(room)
    with pytest.raises(ProcessLookupError):
        os.kill(int(room.heard.read_text()), 0)


async def test_what_a_player_started_ends_with_it(room):
    room.player(f"sleep 600 & echo $! > {room.heard}.part; mv {room.heard}.part {room.heard}; wait")
    await broken_off(room)
    async with asyncio.timeout(30):
        await until_gone(room.heard)


@pytest.mark.parametrize("turns", range(8))
async def test_a_sound_that_is_broken_off_as_its_player_starts(room, turns):
    room.player(f"echo $$ > {room.heard}.part; mv {room.heard}.part {room.heard}; sleep 600; true")
    playing = asyncio.create_task(room.speaker().play(["one"]))
    for _ in range(turns):
        await asyncio.sleep(0)
    playing.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(playing, return_exceptions=True)
        if room.heard.exists():
            await until_gone(room.heard)


async def test_only_the_newest_unheard_sounds_are_kept(room):
    room.player("exit 1")
    room.unheard.mkdir()
    for number in range(KEPT + 5):
        (room.unheard / f"20200101-000000-{number:03d}.wav").write_bytes(b"")
    await room.speaker().play(["two"])
    kept = room.files()
    assert len(kept) == KEPT
    assert kept[-1].stat().st_size > 0


async def test_a_disk_that_fails_does_not_stop_the_hall(room, caplog):
    room.player("exit 1")
    room.unheard.write_text("a file where the folder should be")
    await room.speaker().play(["two"])
    assert "unheard" in caplog.text


async def test_without_clips_a_call_takes_its_time_all_the_same(room, monkeypatch):
    monkeypatch.setattr(sound, "NO_CLIPS_S", 0.05)
    speaker = room.speaker({})
    await speaker.probe()
    began = time.monotonic()
    await speaker.play(["one"])
    assert time.monotonic() - began >= 0.049
    assert room.health == [NO_CLIPS]


async def test_free_text_stands_between_clips_and_what_cannot_be_said_is_left_out(room):
    room.player(f"cat > {room.heard}")

    def say(text):
        if text.language == "en":
            raise ClipError("no voice")
        return CLIPS["two"]

    await room.speaker(say=say).play(["one", FreeText("zh", "请坐"), FreeText("en", "Sit down")])
    assert read_wave(room.heard.read_bytes()) == joined([CLIPS["one"], CLIPS["two"]])
