"""`python -m display` as a process: a loudspeaker that records, a line that breaks, power cuts. Nobody is unheard, and
nobody is said twice."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from display.__main__ import main
from display.io.clips import clips_dir, load_clips
from display.io.hall import display_of, voices
from display.io.sayings import wanted
from display.phrases import CHIME, call_clips
from tests.display.filming import film, players, plays
from tests.display.servers import BoardServer
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE
from ticketserver.sound.waves import joined, wave_bytes

SAMPLE = HERE.parent / "sample"
ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 120
PLAYER = """#!/bin/sh
# A sound card that plays at once and keeps what it played.
cat > "{heard}/.part$$" && mv "{heard}/.part$$" "{heard}/$(date +%s%N).wav"
"""
NAMED = """#!/bin/sh
# Several sound cards, told apart by their names: aplay -q -t wav -D NAME -
cat > "{heard}/.part$$" && mv "{heard}/.part$$" "{heard}/$5-$(date +%s%N).wav"
"""
APART = """speaks = true
fullscreen = false

[[display.loudspeaker]]
zones = ["comprehensive"]
device = "west"

[[display.loudspeaker]]
zones = ["pension-review"]
device = "east"
"""
DEAF = """#!/bin/sh
cat > /dev/null
echo "aplay: main:831: audio open error: No such file or directory" >&2
exit 1
"""


@pytest.fixture
def server():
    made = BoardServer().start()
    yield made
    made.close()


@pytest.fixture
def config(tmp_path, server):
    """The sample hall, with the scripted server and everything it writes in the test's folder."""
    text = (SAMPLE / "hall.toml").read_text("utf-8")
    text = re.sub(r'catalogue = "[^"]*"', f'catalogue = "{SAMPLE / "catalogue.toml"}"', text, count=1)
    text = text.replace("ws_port = 8765", f"ws_port = {server.port}")
    text = text.replace('"run/data"', f'"{tmp_path}/data"').replace('"run/tokens"', f'"{tmp_path}/run/tokens"')
    text = text.replace("[voice]\n", f'[voice]\nclips_dir = "{tmp_path}/voice"\nrepeat_gap_ms = 100\n')
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def token(tmp_path):
    tokens = tmp_path / "run" / "tokens"
    tokens.mkdir(parents=True)
    (tokens / "display").write_text("secret\n", "ascii")


class Display:
    """A display's process with a player of ours in the place of aplay."""

    def __init__(self, config: Path, folder: Path, player: str, *arguments: str) -> None:
        self.log, self.heard, programs = folder / "display.log", folder / "heard", folder / "bin"
        for made in (self.heard, programs):
            made.mkdir(exist_ok=True)
        program = programs / "aplay"
        program.write_text(player.format(heard=self.heard), "utf-8")
        program.chmod(0o755)
        argv = [sys.executable, "-m", "display", "--config", str(config), "--display", "display1", *arguments]
        environ = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONFAULTHANDLER": "1"}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(argv, cwd=ROOT, stdout=output, stderr=output, env=environ)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        try:
            return self.process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            # Its last words are where each of its threads stands.
            self.process.send_signal(signal.SIGABRT)
            self.process.wait()
            raise AssertionError("it does not end: " + self.log.read_text("utf-8")) from None


@pytest.fixture
def start(config, tmp_path):
    made = []

    def starting(player=PLAYER, *arguments):
        made.append(Display(config, tmp_path, player, *arguments))
        return made[-1]

    yield starting
    for each in made:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


def first_readings(config, server, folder):
    """How often each call of the board was called out with its chime, from what the loudspeaker played."""
    settings = load_settings(config)
    clips = load_clips(clips_dir(settings), wanted(settings))
    rules = voices(settings, display_of(settings, "display1"))[0].rules
    played = [file.read_bytes() for file in sorted(folder.glob("*.wav"))]
    sounds = {
        each.call.call_id: wave_bytes(joined(clips[name] for name in (CHIME, *call_clips(each.call, rules.how))))
        for each in server.rows
    }
    return {call_id: played.count(sound) for call_id, sound in sounds.items()}


@pytest.mark.window
def test_nobody_is_unheard_and_nobody_is_said_twice(server, config, token, start, tmp_path):
    server.add(1, age_s=120)
    server.add(2, counter=21, age_s=20)
    display = start()
    server.until(lambda: server.spoken == [2])
    for call_id in (3, 4, 5):
        server.call(call_id, counter=call_id)
    server.until(lambda: server.spoken == [2, 3, 4, 5])
    server.call(6, lose=True)
    server.until(lambda: server.seen["subscribe"] == 2 and server.spoken[-1] == 6)
    server.stop()
    server.add(7)
    server.start()
    server.until(lambda: server.spoken[-1] == 7)
    assert display.end(signal.SIGKILL) == -signal.SIGKILL
    server.add(8)
    again = start()
    server.until(lambda: server.spoken[-1] == 8)
    server.call(9, counter=112)
    server.until(lambda: server.spoken[-1] == 9)
    assert again.end() == 0
    assert server.spoken == [2, 3, 4, 5, 6, 7, 8, 9]
    assert first_readings(config, server, display.heard) == {1: 0, **dict.fromkeys(range(2, 10), 1)}
    assert server.health[-1] == ("display1", "online", "")


@pytest.mark.window
def test_a_dead_sound_card_holds_up_no_call(server, token, start, tmp_path):
    server.add(1)
    server.add(2)
    display = start(DEAF)
    server.until(lambda: server.spoken == [1, 2])
    assert ("display1", "degraded", "no_sound") in server.health
    assert len(list((tmp_path / "voice" / "unheard").glob("*.wav"))) >= 2
    assert "audio open error" in display.log.read_text("utf-8")
    assert display.end() == 0


@pytest.mark.window
def test_two_loudspeakers_speak_each_for_its_zone(server, config, token, start):
    config.write_text(config.read_text("utf-8").replace("speaks = true\nfullscreen = false\n", APART, 1), "utf-8")
    server.add(1, counter=3, zone="comprehensive")
    server.add(2, counter=21, zone="pension-review")
    display = start(NAMED)
    server.until(lambda: sorted(server.spoken) == [1, 2])
    assert display.end() == 0
    settings = load_settings(config)
    clips = load_clips(clips_dir(settings), wanted(settings))
    apart = zip(voices(settings, settings.display[0]), server.rows[::-1], strict=True)
    for voice, each in apart:
        expected = wave_bytes(joined(clips[name] for name in (CHIME, *call_clips(each.call, voice.rules.how))))
        heard = [file.read_bytes() for file in display.heard.glob(f"{voice.loudspeaker.device}-*.wav")]
        assert heard.count(expected) == 1
        assert len(heard) <= 3, "a moment of silence, and its own call once or twice"


@pytest.mark.window
def test_a_hall_without_voice_reports_what_it_shows(server, config, token, start, tmp_path):
    config.write_text(config.read_text("utf-8").replace("[voice]\n", "[voice]\nenabled = false\n"), "utf-8")
    server.add(1)
    picture = tmp_path / "display.png"
    display = start(PLAYER, "--size", "1280x720", "--picture", str(picture))
    server.until(lambda: server.shown == [1])
    deadline = time.monotonic() + WAIT_S
    while not picture.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    with Image.open(picture) as image:
        assert image.size == (1280, 720)
    assert display.end() == 0
    assert server.spoken == []
    assert list(display.heard.iterdir()) == []


def until(told):
    deadline = time.monotonic() + WAIT_S
    while not told():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.window
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_film_outlives_its_display(server, config, token, start, tmp_path, number):
    """Told to end while the film plays, or killed while it stands still for a call."""
    (tmp_path / "films").mkdir()
    film(tmp_path / "films" / "film.mp4", 120.0)
    text = config.read_text("utf-8")
    config.write_text(text.replace('id = "display1"\n', 'id = "display1"\nmedia_dir = "films"\n', 1), "utf-8")
    display = start()
    until(lambda: players(display.process.pid))
    (player,) = players(display.process.pid)
    if number == signal.SIGKILL:
        server.call(1)
        server.until(lambda: server.spoken == [1])
    assert plays(player)
    display.end(number)
    until(lambda: not plays(player))


@pytest.mark.window
def test_it_waits_for_its_token_and_ends_when_told(server, start, tmp_path):
    """Its first picture has what stands on the screen."""
    picture = tmp_path / "display.png"
    display = start(PLAYER, "--picture", str(picture))
    until(picture.exists)
    with Image.open(picture) as image:
        assert image.convert("L").getextrema()[1] > 200
    tokens = tmp_path / "run" / "tokens"
    deadline = time.monotonic() + WAIT_S
    while "start it first" not in display.log.read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "start it first" in display.log.read_text("utf-8")
    tokens.mkdir(parents=True, exist_ok=True)
    (tokens / "display").write_text("secret\n", "ascii")
    server.until(lambda: server.seen["subscribe"])
    assert display.end() == 0


def test_a_wrong_start_says_what_to_do(config, capsys, tmp_path):
    assert main(["--config", str(config), "--display", "display9"]) == 2
    assert "display1" in capsys.readouterr().err
    assert main(["--config", str(tmp_path / "none.toml"), "--display", "display1"]) == 2
    assert "none.toml" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--display", "display1"])
    assert "--config" in capsys.readouterr().err


def test_clips_are_made_once_and_told(config, capsys, tmp_path, monkeypatch):
    assert main(["make-clips", "--config", str(config)]) == 0
    assert "Voice clips made: 41" in capsys.readouterr().out
    assert main(["make-clips", "--config", str(config)]) == 0
    assert "语音片段已齐" in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    assert main(["make-clips"]) == 0
    assert (tmp_path / "run" / "voice" / "clips" / "chime.wav").is_file()
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "run" / "voice" / "clips" / "made").unlink()
    assert main(["make-clips"]) == 2
    assert "espeak-ng" in capsys.readouterr().err
