"""The voice at work: with players and makers of every kind, and once with the real maker, measured."""

import array
import asyncio
import math
import os
import shutil

import pytest

from kiosk.io import speech
from kiosk.io.speech import Speech
from kiosk.io.utterances import KEPT, PRUNED_EVERY, Utterances, tongues
from kiosk.io.volume import VolumeFile
from kiosk.voice_events import Hush, ReadOut, SetVolume, Speak, VoiceSeen
from ticketserver.sound.aplay import Aplay
from ticketserver.sound.waves import read_wave, seconds, wave_bytes

WAIT_S = 30
BOTH = frozenset({"zh", "en"})
TONE = wave_bytes(array.array("h", [int(9_000 * math.sin(place / 8)) for place in range(4_000)]))


class Room:
    """Scripts in place of the programs, and what came of them."""

    def __init__(self, tmp_path, monkeypatch):
        self.path, self.bin = tmp_path, tmp_path / "bin"
        self.bin.mkdir()
        (tmp_path / "tone.wav").write_bytes(TONE)
        monkeypatch.setenv("PATH", f"{self.bin}:{os.environ['PATH']}")
        self.told, self.changed = [], asyncio.Event()
        self.program("espeak-ng", f'for last; do :; done; echo "$2|$last" >> {tmp_path}/made; cat {tmp_path}/tone.wav')
        self.program("aplay", f"cat > {tmp_path}/heard.$$.part; mv {tmp_path}/heard.$$.part {tmp_path}/heard.$$")
        self.speech = self.make()

    def make(self):
        maker = Utterances(self.path / "spoken", tongues({}))
        return Speech(maker, Aplay("plughw:1"), VolumeFile(self.path, 80), self._tell)

    def program(self, name, script):
        beside = self.bin / f"{name}.part"
        beside.write_text(f"#!/bin/sh\n{script}\n")
        beside.chmod(0o755)
        beside.replace(self.bin / name)

    def _tell(self, event):
        self.told.append(event)
        self.changed.set()

    async def until(self, event):
        async with asyncio.timeout(WAIT_S):
            while event not in self.told:
                self.changed.clear()
                await self.changed.wait()

    def made(self):
        file = self.path / "made"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def heard(self):
        files = sorted(self.path.glob("heard.*"), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_bytes() for file in files]


@pytest.fixture
async def room(tmp_path, monkeypatch):
    made = Room(tmp_path, monkeypatch)
    running = []

    def start():
        running.append(asyncio.create_task(made.speech.run()))

    made.start = start
    yield made
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def started(room):
    room.start()
    await room.until(VoiceSeen(BOTH, 80))
    for file in room.path.glob("heard.*"):
        file.unlink()
    return room


async def test_sentences_are_made_and_heard_one_after_another(room):
    await started(room)
    room.speech.do(Speak(1, ("您的号码 A 0 1 2", "可以点:好了"), "zh"))
    await room.until(ReadOut(1))
    said = ["nin2 de5 hao4 ma3 ei1 ling2 yao1 er4", "ke2 yi3 dian3, hao3 le5"]
    assert room.made()[2:] == [f"cmn-latn-pinyin|{each}" for each in said]
    assert len(room.heard()) == 2


async def test_what_comes_after_is_heard_after(room):
    await started(room)
    room.speech.do(Speak(1, ("one", "two"), "en"))
    room.speech.do(Speak(2, ("three",), "en", after=True))
    await room.until(ReadOut(2))
    assert ReadOut(1) not in room.told
    assert [line.split("|")[1] for line in room.made()[2:]] == ["one", "two", "three"]


async def test_silence_is_at_once_and_nothing_follows(room):
    await started(room)
    playing = room.path / "playing"
    room.program("aplay", f"echo $$ > {playing}.part; mv {playing}.part {playing}; exec sleep 600")
    room.speech.do(Speak(1, ("one", "two"), "en"))
    async with asyncio.timeout(WAIT_S):
        while not playing.exists():
            await asyncio.sleep(0.01)
    pid = int(playing.read_text())
    room.speech.do(Hush())
    # Left alone it would last ten minutes.
    async with asyncio.timeout(WAIT_S):
        while os.path.exists(f"/proc/{pid}"):
            await asyncio.sleep(0.005)
    room.program("aplay", "cat > /dev/null")
    room.speech.do(Speak(2, ("three",), "en"))
    await room.until(ReadOut(2))
    assert ReadOut(1) not in room.told


async def test_a_new_screen_takes_the_place_of_the_old_one(room):
    await started(room)
    room.speech.do(Speak(1, ("one",), "en"))
    room.speech.do(Speak(2, ("two",), "en"))
    await room.until(ReadOut(2))
    assert ReadOut(1) not in room.told
    assert len(room.heard()) == 1


async def test_it_is_as_loud_as_staff_set_it_also_after_a_restart(room):
    await started(room)
    room.speech.do(SetVolume(40))
    room.speech.do(Speak(1, ("one",), "en"))
    await room.until(ReadOut(1))
    loud = max(map(abs, room.speech._utterances.samples("one", "en")))
    assert max(map(abs, read_wave(room.heard()[-1]))) == pytest.approx(loud * 0.4, rel=0.01)
    assert VolumeFile(room.path, 80).load() == 40


async def test_at_full_volume_it_is_as_it_was_made(room):
    await started(room)
    room.speech.do(SetVolume(100))
    room.speech.do(Speak(1, ("one",), "en"))
    await room.until(ReadOut(1))
    assert read_wave(room.heard()[-1]) == room.speech._utterances.samples("one", "en")


async def test_without_a_sound_device_it_says_so_and_finds_one_later(room, monkeypatch):
    monkeypatch.setattr(speech, "AGAIN_S", 0.05)
    room.program("aplay", "cat > /dev/null; exit 1")
    room.start()
    await room.until(VoiceSeen(frozenset(), 80, "no_speech_sound"))
    room.program("aplay", "cat > /dev/null")
    await room.until(VoiceSeen(BOTH, 80))


async def test_without_the_maker_it_says_so(room):
    room.program("espeak-ng", "exit 1")
    room.start()
    await room.until(VoiceSeen(frozenset(), 80, "no_speech_program"))


async def test_a_language_without_a_voice_is_left_out(room):
    room.program("espeak-ng", f'[ "$2" = en ] && exec cat {room.path}/tone.wav; exit 1')
    room.start()
    await room.until(VoiceSeen(frozenset({"en"}), 80))


@pytest.mark.parametrize(("program", "reason"), [("espeak-ng", "no_speech_program"), ("aplay", "no_speech_sound")])
async def test_a_voice_that_fails_in_the_middle_ends_the_reading(room, program, reason):
    await started(room)
    room.program(program, "cat > /dev/null; exit 1")
    room.speech.do(Speak(1, ("one", "two"), "en"))
    room.speech.do(Speak(2, ("three",), "en", after=True))
    await room.until(VoiceSeen(frozenset(), 80, reason))
    assert not any(isinstance(each, ReadOut) for each in room.told)


async def test_what_is_read_again_is_not_made_again(room):
    await started(room)
    for number in (1, 2):
        room.speech.do(Speak(number, ("one", "two"), "en"))
        await room.until(ReadOut(number))
    assert len(room.made()) == 4
    assert len(list((room.path / "spoken").glob("*.wav"))) == 4


async def test_a_disk_that_takes_nothing_does_not_silence_it(room, caplog):
    (room.path / "spoken").write_text("a file where the folder should be")
    await started(room)
    room.speech.do(Speak(1, ("one", "two"), "en"))
    await room.until(ReadOut(1))
    assert caplog.text.count("sentences cannot be kept") == 1


async def test_the_oldest_sentences_go(room):
    folder = room.path / "spoken"
    folder.mkdir()
    for number in range(KEPT + 7):
        (folder / f"{number}.wav").write_bytes(TONE)
        os.utime(folder / f"{number}.wav", (number, number))
    Utterances(folder, tongues({})).samples("one", "en")
    left = {file.stem for file in folder.glob("*.wav")}
    assert len(left) == KEPT - PRUNED_EVERY + 1
    assert str(KEPT + 6) in left
    assert "0" not in left


def test_a_kept_sentence_that_is_torn_is_made_again(tmp_path):
    maker = Utterances(tmp_path, tongues({}))
    whole = maker.samples("one", "en")
    (file,) = tmp_path.glob("*.wav")
    file.write_bytes(b"RIFF")
    assert maker.samples("one", "en") == whole
    assert read_wave(file.read_bytes()) == whole


def test_another_language_has_its_own_voice_and_pace(tmp_path):
    assert tongues({"vi": "vi"})["vi"].voice == "vi"
    maker = Utterances(tmp_path, tongues({"vi": "vi"}))
    assert maker.languages == {"zh", "en", "vi"}
    assert seconds(maker.samples("xin chào quý khách", "vi")) > 0.8


@pytest.mark.parametrize(
    ("sentence", "language", "lasts"),
    [("您今天来办什么?几件事可以一起选,只取一个号", "zh", (3.5, 6.5)),
     ("What do you need today? Choose several things; take one number", "en", (3.0, 6.5))],
)  # fmt: skip
def test_the_real_maker_is_heard_whole_and_unclipped(tmp_path, sentence, language, lasts):
    assert shutil.which("espeak-ng")
    samples = Utterances(tmp_path, tongues({})).samples(sentence, language)
    assert lasts[0] < seconds(samples) < lasts[1]
    assert 5_000 < max(map(abs, samples)) <= 30_000
    assert math.sqrt(sum(each * each for each in samples) / len(samples)) > 900


@pytest.mark.parametrize("text", ["", "loud", "0", "101", "-5"])
def test_a_volume_that_makes_no_sense_is_none(tmp_path, text):
    (tmp_path / "volume").write_text(text)
    assert VolumeFile(tmp_path, 70).load() == 70


def test_a_volume_that_cannot_be_kept_is_told(tmp_path, caplog):
    (tmp_path / "folder").write_text("a file")
    VolumeFile(tmp_path / "folder", 70).save(50)
    assert "volume cannot be kept" in caplog.text
