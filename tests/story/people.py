"""The people of the story: somebody in front of the kiosk, somebody who watches screen, slip and console."""

import json
import re
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Playwright
from websockets.sync.client import connect

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.story import eyes
from tests.story.hall import WAIT_S, StoryHall, until

PLACES = {
    "存档案": (277, 1327), "自己交社保": (277, 580), "first row": (540, 468), "back": (190, 1836),
    "chosen": (894, 1685), "take": (540, 1674), "print again": (540, 1655),
    "done": (540, 1884), "search": (100, 1470),
}  # fmt: skip
"""Places on buttons of the kiosk's window."""
DARK = 140
LOOKS = 8


class Kiosk:
    """A person in front of the kiosk: touches, and waits until the window has settled after each."""

    def __init__(self, hall: StoryHall) -> None:
        self.hall = hall
        self.seen = b""
        until(self.is_home, "the kiosk shows its first screen")
        self.settle()

    def is_home(self) -> bool:
        """The search button is the first screen's only dark bar."""
        red, green, blue = self.hall.picture("kiosk").getpixel(PLACES["search"])
        return max(red, green, blue) < DARK

    def leave(self) -> None:
        """Done with a number: back to the first screen. Where the kiosk went there by itself, nothing is touched: the
        first screen has no button at this place."""
        self.hall.touch(*PLACES["done"])
        until(self.is_home, "the kiosk is at its first screen again")

    def settle(self) -> None:
        """Until the window shows something else than before, and has shown it for as long as a person looks. The kiosk
        takes no touch in the first third of a second of a screen, which is a trembling hand's second one."""
        looks: deque[bytes] = deque([b""] * LOOKS, maxlen=LOOKS)

        def told() -> bool:
            looks.append(self.hall.picture("kiosk").crop((0, 120, 1080, 1920)).tobytes())
            return len(set(looks)) == 1 and looks[0] != self.seen

        until(told, "the kiosk's window changes and settles")
        self.seen = looks[0]

    def watch(self, true: Callable[[], object], what: str) -> list[Image.Image]:
        """The pictures of its window until it is so. They are read afterwards: reading takes longer than the kiosk
        shows a number before it goes back to its first screen."""
        pictures: list[Image.Image] = []

        def told() -> object:
            over = true()
            pictures.append(self.hall.picture("kiosk"))
            return over

        until(told, what)
        return pictures

    def touch(self, place: str) -> None:
        self.hall.touch(*PLACES[place])
        self.settle()

    def choose(self) -> None:
        """ARC-01 and PAY-02, up to the confirm screen."""
        for place in ("存档案", "first row", "back", "自己交社保", "first row", "chosen"):
            self.touch(place)


def board(hall: StoryHall) -> dict[str, Any]:
    """The call screen's state, as the server tells it to a display."""
    token = (hall.folder / "run" / "tokens" / "display").read_text("ascii").strip()
    with connect(f"ws://127.0.0.1:{hall.ws_port}", compression=None, proxy=None) as socket:
        told: dict[str, Any] = {}
        for method, params in (
            ("hello", {"protocol": 1, "role": "display", "token": token}),
            ("subscribe", {"topics": ["board"]}),
        ):
            socket.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
            told = json.loads(socket.recv(timeout=WAIT_S))["result"]
        shown: dict[str, Any] = told["board"]
        return shown


def spoken(hall: StoryHall, number: str) -> bool:
    calls = [row["call"] for row in board(hall).get("rows", [])]
    return any(call["number"] == number and call.get("spoken") for call in calls)


def number_on_slip(hall: StoryHall, slip: Path) -> str:
    with eyes.Image.open(slip) as picture:
        found = re.search(r"\b[A-Z]\d{3}\b", eyes.numbers(picture, hall.folder))
    return found[0] if found else ""


def console(playwright: Playwright, hall: StoryHall) -> Page:
    """The clerk console at counter 1."""
    token = (hall.folder / "run" / "tokens" / "clerk").read_text("ascii").strip()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    page: Page = browser.new_page(viewport={"width": 1280, "height": 800}, timezone_id="Asia/Shanghai")
    page.goto(f"http://127.0.0.1:{hall.http_port}/clerk#token={token}")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hand .number")
    return page
