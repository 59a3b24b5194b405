"""One turn of a film: a thread that reads its stills out of `ffmpeg`'s pipe and hands on each when it is due.

The pipe is the brake: ffmpeg decodes as fast as it is read, and waits with the next still. A film that stands still is
one that nobody reads; it goes on where it stood. ffmpeg is nicer than the screen: on a busy machine calls go before.

What can go wrong: no still comes (damaged since it was tried, gone, a program that is killed or hangs): its turn ends.
A film that this machine decodes too slowly plays slower. When the display ends, however it does, its end of the pipe is
closed, and ffmpeg ends with its next write.
"""

import logging
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Final

from display.io.stills import RATE, Reader, stills_argv
from display.model import Showing, Still

log = logging.getLogger("display")

LATE_S: Final = 1.0
"""A film that is behind by so much goes on from there."""
SLOW_S: Final = 10.0
SLOW_SHARE: Final = 0.2
"""One that has lost this, and this share of what was seen of it, is too heavy: it is more than a moment's load."""
REST_S: Final = 5.0
"""How long the turn of a film without any still takes: a screen that has nothing else does not try it all the time."""
PIPE_BYTES: Final = 1 << 20


class Film(threading.Thread):
    """`late` is told where it is too heavy, `over` when it has ended by itself; both, and `put`, in this thread."""

    def __init__(
        self,
        showing: Showing,
        place: tuple[int, int],
        put: Callable[[Still], None],
        late: Callable[[], None],
        over: Callable[[], None],
    ) -> None:
        super().__init__(name=f"film {showing.item.file}", daemon=True)
        self.turn = showing.turn
        self._file, self._place = showing.item.file, place
        self._put, self._late, self._over = put, late, over
        self._going, self._closed = threading.Event(), threading.Event()
        self._shown = False
        self._process: subprocess.Popen[bytes] | None = None

    def go_on(self) -> None:
        self._going.set()

    def stand(self) -> None:
        """Stand still until it may go on."""
        self._going.clear()

    def close(self) -> None:
        """End it now; nobody is told."""
        self._closed.set()
        self._going.set()
        if self._process is not None:
            self._process.kill()

    def run(self) -> None:
        argv = stills_argv(self._file, self._place)
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        try:
            with subprocess.Popen(argv, stdin=nothing, stdout=pipe, stderr=nothing, pipesize=PIPE_BYTES) as process:
                assert process.stdout is not None
                self._process = process
                try:
                    self._play(Reader(process.stdout.fileno()))
                finally:
                    process.kill()
        except (OSError, EOFError, ValueError) as problem:
            log.debug("%s: %s", self._file, problem)
        if not self._shown:
            self._closed.wait(REST_S)
        if not self._closed.is_set():
            self._over()

    def _play(self, reader: Reader) -> None:
        """Until it is closed, or until its end (`EOFError`)."""
        due = lost = seen = 0.0
        while True:
            still = reader.still()
            stood = not self._going.is_set()
            self._going.wait()
            now = time.monotonic()
            if stood or not self._shown:
                due = now
            elif now - due > LATE_S:
                lost += now - due
                due = now
                if lost > SLOW_S + SLOW_SHARE * seen:
                    self._late()
            if self._closed.wait(max(0.0, due - now)):
                return
            self._shown = True
            self._put(still)
            due += 1 / RATE
            seen += 1 / RATE
