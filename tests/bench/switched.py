"""A call screen that is switched on, and one whose server comes back: how soon it shows what is true.

Server and display are processes of their own; the screen is Xvfb's, drawn without a graphics card, and what is seen is
read from its frame buffer: the ground of a call where the newest of ten stands, and the mark of a lost line. The clips
of the voice are there from the warm-up on, as on every start of a hall but its first. A bare Kivy window of the same
size is started the same way beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.bench.asking import COMPREHENSIVE, Asking, kiosk_and_clerk, today
from tests.bench.bare_screen import BOARD_PX
from tests.bench.bare_window import UP
from tests.bench.figures import Round
from tests.bench.frames import GROUND, Ear, hall_with_voice
from tests.bench.glass import Glass, Ink, Point, glass
from tests.bench.hall import HallProcess
from tests.bench.kiosks import BARE, Window, start, timed

NAMES = ("bare_board", "display_on", "display_back")
COUNTERS, TIMES = range(1, 11), 3
CARD: Ink = (0x16, 0x38, 0x5A)
STALE: Ink = (0xB4, 0x23, 0x18)
"""Not taken from the theme, as that would start Kivy here."""
MARK: Point = (40, 20)


async def stand(hall: HallProcess, asking: Asking, before: bytes) -> None:
    """Ten people are called and come: a call stands on the board for five minutes. `before`: what counters do first."""
    kiosk, clerk = await kiosk_and_clerk(hall)
    for counter in COUNTERS:
        await clerk.answer(asking.at_counter(before, counter))
        await kiosk.answer(asking.issue(COMPREHENSIVE[0]))
        await clerk.answer(asking.at_counter(b"call_next", counter))
        await clerk.answer(asking.at_counter(b"start_service", counter))
    kiosk.close()
    clerk.close()


class Board(Window):
    """A display's window; it can be used when it shows a call and no mark."""

    def __init__(self, hall: HallProcess, at: Glass) -> None:
        argv = ["-m", "display", "--config", str(hall.file), "--display", "display1"]
        super().__init__(at, argv, hall.folder / "display.log", GROUND, CARD)
        self._hall = hall
        self._asking = asyncio.run(today(hall))
        asyncio.run(stand(hall, self._asking, b"open_counter"))

    def start(self) -> float:
        asyncio.run(stand(self._hall, self._asking, b"finish_service"))
        return super().start()

    def back(self) -> float:
        """→ ms from the first answer of a new server."""
        self._hall.stop()
        self.at.until_ink(MARK, STALE)
        self._hall.start()
        began = perf_counter()
        self.at.until_ink(MARK, STALE, there=False)
        return (self.at.until_ink(GROUND, CARD) - began) * 1000


def back(board: Board, seconds: float) -> Round:
    board.start()
    try:
        return timed(board.back, TIMES, seconds)
    finally:
        board.stop()


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[float], Round]] = {}
    with ExitStack() as stack:
        if "bare_board" in names:
            at = stack.enter_context(glass(folder / "glass" / "bare_board", BOARD_PX))
            argv = ["-m", "tests.bench.bare_window", str(folder), *map(str, BOARD_PX)]
            bare = Window(at, argv, folder / "bare_board.log", BARE, UP)
            stack.callback(bare.stop)
            made["bare_board"] = partial(timed, partial(start, bare), 1)
        if names.intersection(("display_on", "display_back")):
            hall = stack.enter_context(hall_with_voice(folder / "switched"))
            ear = Ear(hall.folder / "ear")
            stack.callback(ear.close)
            at = stack.enter_context(glass(folder / "glass" / "switched", BOARD_PX))
            at.environ = {**at.environ, **ear.environ}
            board = Board(hall, at)
            stack.callback(board.stop)
            made |= {"display_on": partial(timed, partial(start, board), 1), "display_back": partial(back, board)}
        yield {name: act for name, act in made.items() if name in names}
