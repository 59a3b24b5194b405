"""The sound device: samples played by `aplay` in a child process, one at a time.

Each sound opens the device anew, so one that was pulled out and put back is heard from the next sound on. Whoever stops
waiting stops the sound: the player is ended with the task that plays.

Where `aplay` is a script of the hall's own, what it started is ended with it: asyncio waits for a child until nobody
holds its pipes any more, and would wait for ever for a program that the script left behind.
"""

import asyncio
import contextlib
import os
import signal
from array import array
from asyncio.subprocess import Process
from typing import Final

from ticketserver.sound.waves import RATE, Samples, seconds, wave_bytes

PROGRAM: Final = "aplay"
LATE_S = 5.0
"""A player that takes so much longer than its sound hangs."""
PROBE_S = 0.05


class Unplayed(RuntimeError):
    """The sound was not heard; the text says why."""


class Aplay:
    """`device` as `aplay -L` has it, empty = the machine's default."""

    def __init__(self, device: str) -> None:
        self._argv = [PROGRAM, "-q", "-t", "wav", *(["-D", device] if device else []), "-"]

    async def probe(self) -> None:
        """Find out whether there is a sound device, by a moment of silence. Raises `Unplayed`."""
        await self.play(array("h", bytes(2 * round(PROBE_S * RATE))))

    async def play(self, samples: Samples) -> None:
        """Returns when these have been heard. Raises `Unplayed`."""
        try:
            player = await self._started()
        except OSError as error:
            raise Unplayed(f"{PROGRAM}: {error.strerror}") from None
        try:
            async with asyncio.timeout(seconds(samples) + LATE_S):
                _, said = await player.communicate(wave_bytes(samples))
        except TimeoutError:
            raise Unplayed(f"{PROGRAM} hangs") from None
        finally:
            # Also when this is cancelled in the middle of a sound: the program ends, and the player with it.
            await _ended(player)
        if player.returncode:
            lines = said.decode(errors="replace").split("\n")
            raise Unplayed(next((line for line in lines if line.strip()), f"{PROGRAM} ended with {player.returncode}"))

    async def _started(self) -> Process:
        """Cancelled meanwhile, it ends what it has started."""
        pipe = asyncio.subprocess.PIPE
        starting = asyncio.create_task(
            asyncio.create_subprocess_exec(
                *self._argv, stdin=pipe, stdout=asyncio.subprocess.DEVNULL, stderr=pipe, start_new_session=True
            )
        )
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            with contextlib.suppress(OSError):
                await _ended(await starting)
            raise


async def _ended(player: Process) -> None:
    """Where it has not ended by itself, it is, and all that it started."""
    if player.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(player.pid, signal.SIGKILL)
        await player.wait()
