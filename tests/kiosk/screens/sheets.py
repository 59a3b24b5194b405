"""`make screenshots`, the kiosk's part: every screen in every window, language and print size, checked and kept.

Single pictures go to `build/screens/<scene>/`, a contact sheet of each scene to `build/sheets/`, and one a screen, that
of its plainest scene, to `docs/images/kiosk/`. Each row of a sheet is one window. Every picture is checked as
`checks.py` says; what is wrong is told and fails the run.
"""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from tests.kiosk.scenes import Scenes
from tests.kiosk.screens.checks import PANELS, wrong
from tests.kiosk.screens.windows import Hands
from tests.pictures.sheet import sheet

ROOT = Path(__file__).resolve().parents[3]
SHOWN, SHEETS, SINGLES = ROOT / "docs" / "images" / "kiosk", ROOT / "build" / "sheets", ROOT / "build" / "screens"
PRINTS = ((), ("large",))
MORE = {(1080, 1920): (("contrast",), ("low",), ("low", "large", "contrast"))}
"""What is shown beside both print sizes."""
SCALES = {(1080, 1920): 0.3, (1920, 1080): 0.294, (1024, 768): 0.55}
"""How large a window stands on its sheet."""
QUALITY = 40


def take(hands: Hands, panel: tuple[int, int], english: bool, eases: tuple[str, ...]) -> dict[str, tuple]:
    """Scene → (its picture's file, what is wrong with it)."""
    taken = {}
    hands.resize(*panel)
    for name, scene in Scenes(english, *eases).all().items():
        frame = scene().frame
        hands.see(frame)
        size = "x".join(map(str, panel))
        file = SINGLES / name / "-".join([size, "en" if english else "zh", *eases, ""])
        file = file.with_name(file.name.rstrip("-") + ".png")
        file.parent.mkdir(parents=True, exist_ok=True)
        hands.kiosk.export_as_image().save(str(file))
        taken[name] = (file, wrong(hands, panel, frame.ease))
    return taken


def take_all(hands: Hands) -> int:
    """How many pictures have something wrong."""
    rows: dict[str, list[list[Path]]] = {name: [] for name in Scenes().all()}
    problems = 0
    for panel in PANELS:
        row: dict[str, list[Path]] = {name: [] for name in rows}
        for eases, english in product((*PRINTS, *MORE.get(panel, ())), (False, True)):
            if eases not in PRINTS and english:
                continue
            for name, (file, found) in take(hands, panel, english, eases).items():
                row[name].append(file)
                if found:
                    problems += 1
                    print(f"{file.relative_to(ROOT)}: {found}", file=sys.stderr)
        for name, files in row.items():
            rows[name].append(files)
    keep(rows)
    count = sum(len(row) for files in rows.values() for row in files)
    print(f"{SINGLES}  {len(rows)} scenes, {count} pictures, {problems} with something wrong")
    return problems


def keep(rows: dict[str, list[list[Path]]]) -> None:
    """The sheets of these pictures."""
    for folder in (SHEETS, SHOWN):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.webp"):
            old.unlink()
    for name, files in rows.items():
        sheet(files, [SCALES[panel] for panel in PANELS]).save(
            SHEETS / f"{name}.webp", "WEBP", quality=QUALITY, method=6
        )
    plain = {screen_of(name): name for name in sorted(rows, key=len, reverse=True)}
    for name in plain.values():
        shutil.copyfile(SHEETS / f"{name}.webp", SHOWN / f"{screen_of(name)}.webp")
    total = sum(each.stat().st_size for each in SHOWN.glob("*.webp"))
    print(f"{SHOWN}  {len(plain)} sheets, {total // 1024} KiB")


def screen_of(scene: str) -> str:
    """`search_several` → `search`: the first word of a scene says the screen."""
    return scene.split("_")[0]


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        return 1 if take_all(Hands(Path(place) / "kivy", Path(place) / "fonts")) else 0


if __name__ == "__main__":
    sys.exit(main())
