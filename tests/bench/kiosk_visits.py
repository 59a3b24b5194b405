"""A kiosk's window that sees many visits: `python -m tests.bench.kiosk_visits FOLDER VISITS …` tells its memory.

Flow and window are the product's, all screens of a visit are drawn; server and printer are scripted and the clock is
moved by hand, so that a visit takes the machine's time only. After each count of `VISITS` a line: count, resident MB.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.bench.machine import resident_mb
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE
from tests.kiosk.screens.visits import EASES, draw, visit
from tests.kiosk.screens.windows import Hands

WINDOW_PX = (270, 480)
CHOOSING = ("group:own-insurance", "toggle:PAY-02")


def main(folder: Path, counts: list[int]) -> None:
    hands = Hands(folder / "kivy", folder / "fonts")
    hands.resize(*WINDOW_PX)
    kiosk = Kiosk(SAMPLE).up()
    for count in range(1, max(counts) + 1):
        visit(kiosk, lambda here: draw(hands, here), EASES[count % len(EASES)], *CHOOSING)
        if count in counts:
            print(count, round(resident_mb(os.getpid()), 1), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(each) for each in sys.argv[2:]])
