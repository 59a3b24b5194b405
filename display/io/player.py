"""One sound after the other: what is played now, its end, and breaking it off."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from display.voice import Clip


class Sound(Protocol):
    async def play(self, names: Sequence[Clip]) -> None: ...


class Player:
    """`played` is told when a sound is over, not when it was stopped."""

    def __init__(self, sound: Sound, played: Callable[[], None]) -> None:
        self._sound = sound
        self._played = played
        self._task: asyncio.Task[None] | None = None

    def play(self, clips: Sequence[Clip]) -> None:
        self._task = asyncio.get_running_loop().create_task(self._play(clips, self._task))

    def stop(self) -> None:
        """Break off what is played. The next one begins when it is silent."""
        assert self._task is not None
        self._task.cancel()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _play(self, clips: Sequence[Clip], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        await self._sound.play(clips)
        self._played()
