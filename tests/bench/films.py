"""The same call while a film plays: `call_to_frame`, on a display that shows a film of 1080p between calls.

A film is made here (H.264, 25 a second, 6 Mbit/s); a call is made when its first bar stands on the screen.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tests.bench.figures import Round
from tests.bench.frames import Calls, Watched, hall_with_voice, repeated
from tests.bench.glass import Point
from tests.bench.sockets import run_row

NAMES = ("call_over_film",)
BAR: Point = (60, 440)
"""In the film's place, where its first bar is red."""
FILM = (
    "ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25:duration=20",
    "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "6M", "-pix_fmt", "yuv420p",
)  # fmt: skip
SCREEN = 'id = "display1"\n'


class OverFilm:
    """Calls on a display with a film."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        films = folder / "films"
        films.mkdir(parents=True)
        subprocess.run([*FILM, films / "film.mp4"], check=True)
        self._display = Watched(stack, folder / "display")
        hall = hall_with_voice(folder / "hall")
        text = hall.file.read_text("utf-8")
        hall.file.write_text(text.replace(SCREEN, f'{SCREEN}media_dir = "{films}"\n', 1), "utf-8")
        self._calls = Calls(stack.enter_context(hall), self._display)

    async def stand(self) -> None:
        await self._calls.stand()

    async def once(self) -> float:
        await self._display.until(self._film)
        return await self._calls.once(self._calls.seen)

    def _film(self) -> bool:
        red, green, blue = self._display.at.ink(BAR)
        return red > 200 and green < 50 and blue < 50


@contextmanager
def rounds(_names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        calls = OverFilm(stack, folder / "over")
        runner.run(calls.stand())
        yield {NAMES[0]: partial(run_row, runner, partial(repeated, calls.once))}
