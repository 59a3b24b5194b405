"""`python -m kiosk` as a process: touched in its window, killed between tap and paper, without a server."""

import os
import signal
import socket
import subprocess
import time

import pytest
from PIL import ImageGrab

from kiosk.__main__ import main, parser
from kiosk.io.pin import set_pin
from tests.kiosk.kiosks import ticket
from tests.kiosk.processes import QUIET_S, WAIT_S, KioskProcess, sample_config, until
from tests.kiosk.servers import NOW, HallServer
from tests.kiosk.x_screen import XScreen, window_of
from ticketserver.runner.screens import Screen
from ticketserver.sound.waves import read_wave, seconds
from ticketserver.window.start import size_px, window_size

PLACES = {"first tile": (277, 646), "first row": (540, 468), "chosen": (894, 1685), "take": (540, 1674),
          "without slip": (540, 1668), "1": (192, 1180), "2": (540, 1180), "4": (192, 1347), "8": (540, 1515),
          "OK": (888, 1682), "restart": (540, 1198), "back": (190, 1836), "yes": (540, 1668),
          "read aloud": (801, 137)}  # fmt: skip
"""Middles of buttons in a portrait window of full size."""


@pytest.fixture
def server():
    made = HallServer().start()
    yield made
    made.close()


@pytest.fixture
def config(tmp_path, server):
    """The sample hall, with the scripted server and a printer whose cable is pulled."""
    return sample_config(tmp_path, server.port, tmp_path / "no-printer")


@pytest.fixture
def token(tmp_path):
    tokens = tmp_path / "run" / "tokens"
    tokens.mkdir(parents=True)
    (tokens / "kiosk").write_text("secret\n", "ascii")


class Process(KioskProcess):
    def touch(self, place: str) -> None:
        self.touch_at(*PLACES[place])
        self.until_drawn()

    def choose(self, server: HallServer) -> None:
        """To the confirm screen with one service."""
        server.until_seen("subscribe")
        self.until_drawn()
        for place in ("first tile", "first row", "chosen"):
            self.touch(place)
        server.until_seen("plan_visit")


@pytest.fixture
def start(config, tmp_path):
    made = []

    def starting(**environ):
        made.append(Process(config, tmp_path, **environ))
        return made[-1]

    yield starting
    for process in made:
        if process.process.poll() is None:
            process.process.kill()
            process.process.wait()


def pending(tmp_path):
    return [file.stem for file in (tmp_path / "run" / "kiosk" / "kiosk1").glob("*.json")]


@pytest.mark.window
def test_a_power_cut_between_tap_and_answer_leaves_no_second_number(server, token, start, tmp_path):
    server.mute.add("issue_ticket")
    kiosk = start()
    kiosk.choose(server)
    kiosk.touch("take")
    kiosk.touch("without slip")
    server.until_seen("issue_ticket")
    (request_id,) = pending(tmp_path)
    assert kiosk.end(signal.SIGKILL) == -signal.SIGKILL
    server.script["find_request"] = ticket(issued_at_ms=NOW)
    again = start()
    server.until_seen("find_request")
    again.until_drawn()
    assert [each for each in server.requests if each[0] == "find_request"] == [("find_request", request_id)]
    assert {each for each in server.requests if each[0] == "issue_ticket"} == {("issue_ticket", request_id)}
    assert server.seen["issue_ticket"] == 1
    assert again.end() == 0


@pytest.mark.window
def test_the_screen_is_read_aloud_with_the_real_voice(server, token, start, tmp_path, monkeypatch):
    """Only the loudspeaker is a script: what would be heard is kept."""
    player, heard = tmp_path / "bin" / "aplay", tmp_path / "heard"
    player.parent.mkdir()
    player.write_text(f"#!/bin/sh\ncat > {tmp_path}/part.$$ && mv {tmp_path}/part.$$ {heard}.$$\n")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{player.parent}:{os.environ['PATH']}")
    kiosk = start()
    server.until_seen("subscribe")
    kiosk.until_drawn()
    kiosk.touch("read aloud")
    kiosk.touch("first tile")
    until(lambda: any(seconds(read_wave(file.read_bytes())) > 2 for file in tmp_path.glob("heard.*")), "a sentence")
    assert kiosk.end() == 0


@pytest.mark.window
def test_it_waits_for_its_token_and_ends_when_told(server, start, tmp_path):
    kiosk = start()
    kiosk.until_drawn()
    tokens = tmp_path / "run" / "tokens"
    tokens.mkdir(parents=True, exist_ok=True)
    (tokens / "kiosk").write_text("secret\n", "ascii")
    server.until_seen("subscribe")
    assert kiosk.end() == 0


def test_a_wrong_start_says_what_to_do(config, capsys, tmp_path):
    assert main(["--config", str(config), "--kiosk", "kiosk9"]) == 2
    assert "there are: kiosk1, kiosk2" in capsys.readouterr().err
    assert main(["--config", str(tmp_path / "none.toml"), "--kiosk", "kiosk1"]) == 2
    assert "none.toml" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["1080", "1080x", "axb", "99999x1", "10 80x1920"])
def test_a_size_is_two_numbers(text, capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["--config", "x", "--kiosk", "y", "--size", text])
    assert "WIDTHxHEIGHT" in capsys.readouterr().err


def test_a_developers_window_is_scaled_down():
    class Panel:
        width_px, height_px = 1080, 1920

    def size(*arguments):
        return window_size(parser().parse_args(["--config", "x", "--kiosk", "y", *arguments]), Panel())

    assert size_px("1080x1920") == (1080, 1920)
    assert size() == (1080, 1920)
    assert size("--windowed") == (506, 900)
    assert size("--windowed", "--size", "800x600") == (800, 600)


GROUND = bytes((0xEE, 0xF2, 0xF5))
HEAD_PX = 180
"""The clock goes on meanwhile."""


def on_screen():
    """What stands on the screen below the head line, whoever drew it."""
    with ImageGrab.grab((0, HEAD_PX, 1080, 1920), xdisplay=os.environ["DISPLAY"]) as picture:
        return picture.convert("RGB").tobytes()


def is_light(seen):
    """Whether a screen of the kiosk stands there already: before it, the window is black."""
    return seen.startswith(GROUND)


def until_on_screen(ready):
    """Wait until what stands there is so, and stays."""
    deadline = quiet_from = time.monotonic()
    deadline += WAIT_S
    seen = b""
    while time.monotonic() < deadline:
        now = on_screen()
        if now != seen:
            seen, quiet_from = now, time.monotonic()
        elif ready(now) and time.monotonic() - quiet_from > QUIET_S:
            return now
        time.sleep(0.05)
    raise AssertionError("the screen never came to stand so")


def do(*xdotool):
    """Let a hand do something, and wait until something else stands there."""
    before = on_screen()
    subprocess.run(["xdotool", *xdotool], check=True)
    return until_on_screen(lambda now: now != before)


def touch(place):
    return do("mousemove", *map(str, PLACES[place]), "click", "1")


@pytest.mark.window
def test_the_duty_menu_restarts_the_program(server, token, start, tmp_path):
    set_pin(tmp_path / "run" / "kiosk" / "pin.json", "4821")
    kiosk = start()
    server.until_seen("subscribe")
    kiosk.until_drawn()
    until_on_screen(is_light)
    do("mousemove", "200", "45", "mousedown", "1")
    subprocess.run(["xdotool", "mouseup", "1"], check=True)
    for place in ("4", "8", "2", "1", "OK", "restart"):
        touch(place)
    subprocess.run(["xdotool", "mousemove", *map(str, PLACES["yes"]), "click", "1"], check=True)
    assert kiosk.process.wait(WAIT_S) == 75
    assert "restarted from the duty menu" in kiosk.log.read_text("utf-8")


WAYS_OUT = ("Escape", "F1", "F11", "F12", "alt+F4", "ctrl+c", "ctrl+q", "ctrl+w", "super", "Menu", "Print", "alt+Tab")


@pytest.mark.window
def test_there_is_no_way_out_and_no_pointer(server, token, start):
    kiosk = start()
    server.until_seen("subscribe")
    kiosk.until_drawn()
    before = until_on_screen(is_light)
    window = window_of(kiosk.process.pid)
    with XScreen() as screen:
        assert not screen.pointer_shows()
        subprocess.run(["xdotool", "windowfocus", str(window), "key", *WAYS_OUT], check=True)
        subprocess.run(["xdotool", "mousemove", "30", "300", "click", "3"], check=True)
        screen.ask_to_close(window)
        # It answers touches after all that: whatever came before them has been taken in.
        touch("first tile")
        touch("back")
        assert not screen.pointer_shows()
    until_on_screen(lambda now: now == before)
    assert kiosk.process.poll() is None
    assert kiosk.end() == 0


@pytest.mark.window
def test_a_window_whose_screen_hangs_gives_no_sign_of_life(server, token, start, tmp_path):
    screen = Screen("hanging", 1080, 1920, tmp_path / "screens")
    with (tmp_path / "xvfb.log").open("wb") as output:
        xvfb = subprocess.Popen(screen.program().argv, stdout=output, stderr=output)
    try:
        while not screen.is_there():
            assert xvfb.poll() is None
            time.sleep(0.05)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as signs:
            signs.bind(str(tmp_path / "notify"))
            signs.settimeout(WAIT_S)
            watched = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "2000000"}
            kiosk = start(**screen.environ(), **watched)
            assert [signs.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            xvfb.send_signal(signal.SIGSTOP)
            until_silent(signs, 2.0)
            assert kiosk.process.poll() is None
            xvfb.send_signal(signal.SIGCONT)
            signs.settimeout(WAIT_S)
            assert signs.recv(100) == b"WATCHDOG=1"
        kiosk.process.send_signal(signal.SIGABRT)
        assert kiosk.process.wait(WAIT_S) == -signal.SIGABRT
        assert "Current thread" in kiosk.log.read_text("utf-8")
    finally:
        xvfb.kill()
        xvfb.wait()


def until_silent(signs, quiet_s):
    """Take what is still on its way, until nothing has come for so long; fails if that never is."""
    signs.settimeout(quiet_s)
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        try:
            signs.recv(100)
        except TimeoutError:
            return
    raise AssertionError("it went on telling that it lives")
