"""The film on the screen, decoded in a process of its own: a damaged film ends that, and never the screen.

    file ──▶ ffmpeg: scaled to its place, 25 a second ──pipe──▶ thread: each still when it is due ──▶ the window's loop

At most one still is on its way to the loop; where the loop is late, the newest takes its place.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from display.io.film import Film
from display.model import Showing, Still
from ticketserver.shared.texts import Texts

log = logging.getLogger("display")

END_S: Final = 5.0


class Films:
    """`paint` gets each still, `over` the turn of a film that has ended; both in the loop that it was made in."""

    def __init__(self, texts: Texts, paint: Callable[[Still], None], over: Callable[[int], None]) -> None:
        self._texts, self._paint, self._over = texts, paint, over
        self._loop = asyncio.get_running_loop()
        self._film: Film | None = None
        self._newest: Still | None = None
        self._lock = threading.Lock()
        self._told: set[str] = set()

    def show(self, showing: Showing | None, place: tuple[int, int] | None) -> None:
        """Whose turn it is, and the pixels it has on the screen; None while it is not to be seen."""
        if self._film is not None and showing is not None and showing.turn != self._film.turn:
            self._end(self._film)
        if showing is None or place is None or not showing.item.film:
            if self._film is not None:
                self._film.stand()
            return
        if self._film is None:
            late, over = partial(self._late, showing.item.file), partial(self._in_loop, self._over, showing.turn)
            self._film = Film(showing, place, self._put, late, over)
            self._film.start()
        self._film.go_on()

    async def close(self) -> None:
        """End what plays, and wait for its program's end."""
        if (film := self._film) is not None:
            self._end(film)
            await asyncio.to_thread(film.join, END_S)

    def _end(self, film: Film) -> None:
        film.close()
        self._film = None

    def _put(self, still: Still) -> None:
        """From the film's thread. One that is still on its way is left out."""
        with self._lock:
            waiting, self._newest = self._newest, still
        if waiting is None:
            self._in_loop(self._hand)

    def _hand(self) -> None:
        with self._lock:
            still, self._newest = self._newest, None
        assert still is not None
        self._paint(still)

    def _late(self, file: str) -> None:
        """From the film's thread."""
        if file not in self._told:
            self._told.add(file)
            log.warning("%s", self._texts("display.films.slow", file=file))

    def _in_loop(self, call: Callable[..., None], *values: int) -> None:
        try:
            self._loop.call_soon_threadsafe(call, *values)
        except RuntimeError:
            log.debug("the display has ended")
