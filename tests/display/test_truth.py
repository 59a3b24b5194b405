"""A screen says at once when it may be old, and shows the truth within a second: a real server and a real display, each
killed and started again.

What a person sees is read off the X screen itself: the red of the mark that the line is lost, the yellow ground of a
new call. A second is what a screen has; each test prints what it took, and waits as long as a machine with other work
may need. (That a frame follows an event at once is in io/test_shell.py; how long it takes, in `make bench`.)
"""

import time

import pytest

from tests.story.hall import StoryHall, until
from ticketserver.runner.screens import read_frame

pytestmark = [pytest.mark.story, pytest.mark.window]

LOOK_S = 0.01
WAIT_S = 120.0
DISPLAY = 'id = "display1"\n'
SIGN = 'layout = "counter"\ncounter = 5\nsize_inches = 15.6\n'
SIGN_AT = (60, 100)
"""The ground of the sign over a window."""
MARK_AT, CALL_AT = (40, 20), (40, 300)
"""Where the mark of a lost line is, and the ground of the first call, in the layout `hall`."""


def hue(name):
    from display.widgets import theme

    return tuple(round(part * 255) for part in getattr(theme, name)[:3])


class Room:
    """Server, display, and somebody who looks at the display."""

    def __init__(self, folder, display=""):
        self.hall = StoryHall(folder)
        config = self.hall.kiosk_config
        config.write_text(config.read_text("utf-8").replace(DISPLAY, DISPLAY + display), "utf-8")
        self.screen = self.hall._screens["display"]
        self.hall._run(self.screen.name, self.screen.program().argv)
        until(self.screen.is_there, "the screen takes windows")
        self.hall.start_server()
        self.start()

    def start(self):
        """The display, on a line that can be cut."""
        self.hall._window("display", "display", "--config", str(self.hall.kiosk_config), "--display", "display1")

    def ink(self, place):
        return read_frame(self.screen.frame.read_bytes()).getpixel(place)

    def is_stale(self):
        return self.ink(MARK_AT) == hue("STALE")

    def has_call(self):
        return not self.is_stale() and self.ink(CALL_AT) in (hue("FRESH"), hue("LIT"))

    def is_connected(self, times):
        return self.hall.programs["display"].log.read_text("utf-8").count("connected to ") >= times

    def call(self):
        """A number is taken and called at window 5."""
        day = self.hall.health()["day"]
        number = next(self.hall._ids)
        items = [{"service": "PAY-01"}]
        self.hall.change("kiosk", "issue_ticket", token=f"truth-{number:016d}", day=day, services=items)
        if number < 3:
            self.hall.change("clerk", "open_counter", counter=5)
        return self.hall.change("clerk", "call_next", counter=5)


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path)
    try:
        yield made
    finally:
        made.hall.end()
        print(made.hall.logs())


def took(true, what):
    """Until it is so, looking all the time; prints how long that was."""
    began = time.monotonic()
    ends = began + WAIT_S
    while not true():
        assert time.monotonic() < ends, f"never: {what}"
        time.sleep(LOOK_S)
    print(f"{what}: {(time.monotonic() - began) * 1000:.0f} ms")


def test_a_server_that_dies_is_seen_at_once_and_its_return_too(room):
    until(lambda: room.is_connected(1) and not room.is_stale(), "the board is there", WAIT_S)
    room.hall.kill("server")
    took(room.is_stale, "from the server's death to the mark")
    room.hall.start_server()
    room.call()
    until(lambda: room.is_connected(2), "the line is back", WAIT_S)
    took(room.has_call, "from the line's return to the call")


def test_a_screen_switched_off_and_on_shows_what_was_called_meanwhile(room):
    until(lambda: room.is_connected(1) and not room.is_stale(), "the board is there", WAIT_S)
    room.hall.kill("display")
    room.call()
    room.start()
    until(lambda: room.is_connected(2), "the display is back", WAIT_S)
    took(room.has_call, "from the line of a new start to the call")


def test_a_line_that_is_cut_and_one_that_falls_silent(room):
    until(lambda: room.is_connected(1) and not room.is_stale(), "the board is there", WAIT_S)
    room.hall.relay.hold()
    room.call()
    took(room.is_stale, "from the silence of a line to the mark")
    room.hall.relay.cut()
    until(lambda: room.is_connected(2), "the line is back", WAIT_S)
    took(room.has_call, "from the line's return to the call")


def test_a_sign_over_a_window_follows_its_counter(tmp_path):
    room = Room(tmp_path, SIGN)
    try:
        until(lambda: room.is_connected(1) and room.ink(SIGN_AT) == hue("OFF"), "the counter is closed", WAIT_S)
        room.call()
        took(lambda: room.ink(SIGN_AT) in (hue("FRESH"), hue("LIT")), "from the answer to a call to its sign")
        room.hall.change("clerk", "start_service", counter=5)
        took(lambda: room.ink(SIGN_AT) == hue("CARD"), "from the answer to its sign")
    finally:
        room.hall.end()
        print(room.hall.logs())
