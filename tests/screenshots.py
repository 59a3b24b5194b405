"""`make screenshots`: the README's pictures, taken of a hall that runs: kiosk, slip, display, clerk console; then every
screen of the kiosk, every layout of the display and every state of the phone's page (`SHEETS`), checked.

The hall is the story's own, of real processes with virtual devices. Each picture is what stood on a screen or on paper.
"""

import os
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.story.hall import StoryHall, until
from tests.story.people import Kiosk, console, spoken
from ticketserver.runner.screens import virtual_screen

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
BUSY = (
    ("PAY-01",), ("ARC-01", "PAY-02"), ("PEN-05",), ("RES-01",), ("QRY-01", "QRY-02"), ("PAY-02",), ("UNE-01",),
    ("ARC-03",), ("PEN-03", "QRY-01"), ("INJ-02",), ("LAB-02",), ("PAY-03", "QRY-01"), ("REG-01",), ("ARC-01",),
    ("PAY-02", "REG-06"), ("RES-02",),
)  # fmt: skip
CALLING = (3, 5, 8, 21)
GAP_PX = 24
SHEETS = ("tests.kiosk.screens.sheets", "tests.display.widgets.sheets", "tests.browser.phone_sheet")


def take_numbers(hall: StoryHall, day: str) -> None:
    for number, services in zip(count(1), BUSY, strict=False):
        items = [{"service": each} for each in services]
        hall.change("kiosk", "issue_ticket", token=f"screenshots-{number:010d}", day=day, services=items)


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row, on a ground that belongs to none of them."""
    width = sum(each.width for each in pictures) + GAP_PX * (len(pictures) - 1)
    row = Image.new("RGB", (width, max(each.height for each in pictures)), "#8a949c")
    x = 0
    for each in pictures:
        row.paste(each, (x, 0))
        x += each.width + GAP_PX
    return row


def save(picture: Image.Image, name: str) -> None:
    file = IMAGES / f"{name}.png"
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    print(f"{file}  {picture.width} × {picture.height}, {file.stat().st_size // 1024} KiB")


def half(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def take(hall: StoryHall) -> None:
    health = hall.health()
    assert health is not None
    kiosk = Kiosk(hall)
    home = hall.picture("kiosk")
    take_numbers(hall, health["day"])
    for counter in CALLING:
        hall.change("clerk", "open_counter", counter=counter)
    kiosk.choose()
    confirm = hall.picture("kiosk")
    kiosk.touch("take")
    (slip,) = until(hall.slip_pictures, "a slip is cut")
    until(lambda: hall.visits()[-1].get("printed"), "the paper is reported")
    save(half(beside([home, confirm, hall.picture("kiosk")])), "kiosk")
    with Image.open(slip) as paper:
        save(paper, "slip")
    with sync_playwright() as playwright:
        page = console(playwright, hall)
        page.keyboard.press("o")
        page.locator("#hand.idle").wait_for()
        for counter in CALLING:
            called = hall.change("clerk", "call_next", counter=counter)["number"]
            until(lambda called=called: spoken(hall, called), f"{called} is spoken")
        hall.change("clerk", "start_service", counter=3)
        page.keyboard.press("n")
        page.locator("#hand.calling").wait_for()
        number = page.text_content("#hand .number") or ""
        until(lambda: hall.display_shows(number.strip(), 1), "the display shows the call")
        save(hall.picture("display"), "display")
        page.keyboard.press("s")
        page.locator("#hand.serving").wait_for()
        page.screenshot(path=str(hall.at("console.png")))
        page.context.browser.close()
    with Image.open(hall.at("console.png")) as shot:
        save(shot, "console")


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        hall = StoryHall(Path(folder))
        try:
            take(hall.start())
        except BaseException:
            print(hall.logs(), file=sys.stderr)
            raise
        finally:
            hall.end()
    # A process of its own: a window reads its screen once, when Kivy is imported.
    with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder)) as screen:
        return max(
            subprocess.run([sys.executable, "-m", sheets], env=os.environ | screen).returncode for sheets in SHEETS
        )


if __name__ == "__main__":
    sys.exit(main())
