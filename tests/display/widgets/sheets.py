"""`make screenshots`, the display's part: every layout of a call screen, in each mix of languages, checked and kept.

Single pictures go to `build/displays/<layout>/`, a contact sheet of each layout to `docs/images/display/`: a block of
rows for each mix of languages. Every picture is checked as `checks.py` says; what is wrong is told and fails the run.
"""

import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace

from tests.display.displays import DISPLAY, ROOM, SIGNS, speaking
from tests.display.widgets.checks import numbers_mm, wrong
from tests.display.widgets.windows import Eyes
from tests.pictures.sheet import sheet
from ticketserver.shared.devices import Display

ROOT = Path(__file__).resolve().parents[3]
SHOWN, SINGLES = ROOT / "docs" / "images" / "display", ROOT / "build" / "displays"
LANGUAGES = (("zh", "en"), ("en", "zh"), ("zh",), ("en",))
SCREENS: dict[str, tuple[Display, float, int]] = {
    name: (replace(DISPLAY, layout=name, width_px=width, height_px=height, size_inches=inches, zones=zones,
                   counter=counter), scale, columns)
    for name, width, height, inches, zones, counter, scale, columns in (
        ("hall", 1920, 1080, 55.0, (), 0, 0.15, 6),
        ("portrait", 1080, 1920, 43.0, (), 0, 0.15, 12),
        ("one-zone", 1920, 1080, 43.0, ("pension-review",), 0, 0.15, 6),
        ("zones", 1920, 1080, 55.0, ("comprehensive", "pension-review", "work-injury", "labour"), 0, 0.15, 6),
        ("counter", 1280, 800, 10.1, (), 21, 0.2, 6),
        ("counter-bar", 1920, 360, 19.1, (), 21, 0.2, 6),
    )
}  # fmt: skip
"""Layout → its screen, how large it stands on its sheet, and how many stand in a row there."""
SCENES = ("none", "one", "six", "burst", "paused", "stale", "closed", "long", "missed", "last", "priority", "picture")
QUALITY = 28
MOST_BYTES = 1_000_000


def scenes_of(layout: str) -> dict:
    return SIGNS if layout.startswith("counter") else {name: ROOM[name] for name in SCENES}


def take(eyes: Eyes, layout: str) -> int:
    """The sheet of a layout; → how many of its pictures have something wrong."""
    display, scale, columns = SCREENS[layout]
    rows: list[list[Path]] = []
    problems, least = 0, 1_000.0
    for languages in LANGUAGES:
        hall, words = speaking(languages, display)
        eyes.hang(display, words)
        files = []
        for name, made in scenes_of(layout).items():
            eyes.see(made(hall, words).frame)
            file = SINGLES / layout / f"{name}-{'-'.join(languages)}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            eyes.picture(file)
            files.append(file)
            least = min([least, *numbers_mm(eyes).values()])
            if found := wrong(eyes):
                problems += 1
                print(f"{file.relative_to(ROOT)}: {found}", file=sys.stderr)
        rows += [files[place : place + columns] for place in range(0, len(files), columns)]
    SHOWN.mkdir(parents=True, exist_ok=True)
    sheet(rows, [scale] * len(rows)).save(SHOWN / f"{layout}.webp", "WEBP", quality=QUALITY, method=6)
    count = sum(map(len, rows))
    print(f"{layout}: {count} pictures, {problems} with something wrong, digits at least {least:.1f} mm high")
    return problems


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        eyes = Eyes(Path(place) / "kivy", Path(place) / "fonts")
        problems = sum(take(eyes, layout) for layout in SCREENS)
    total = sum(each.stat().st_size for each in SHOWN.glob("*.webp"))
    print(f"{SHOWN}  {len(SCREENS)} sheets, {total // 1024} KiB")
    return 1 if problems or total > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
