"""The way from the device threads into the loop: their events, and the first error that nothing expected."""

import asyncio
from collections.abc import Callable

from kiosk.events import Event


class FromThreads:
    """`tell` and `failed` may be called from any thread; `failure` ends with the first error."""

    def __init__(self, feed: Callable[[Event], None]) -> None:
        """Made in the loop's thread; `feed` is called there."""
        self._feed = feed
        self._loop = asyncio.get_running_loop()
        self.failure: asyncio.Future[None] = self._loop.create_future()

    def tell(self, event: Event) -> None:
        self._loop.call_soon_threadsafe(self._feed, event)

    def failed(self, error: Exception) -> None:
        self._loop.call_soon_threadsafe(self._fail, error)

    def _fail(self, error: Exception) -> None:
        # Several threads may fail; the first one is enough to end.
        if not self.failure.done():
            self.failure.set_exception(error)
