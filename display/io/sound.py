"""The loudspeaker: clips put together and played by `aplay` in a child process.

A sound that cannot be played (no sound device, no `aplay`, one that hangs or ends early with an error) is written as a
WAV file, the newest `KEPT` of them are kept, and the display's health says so. `play` returns when the sound has been
heard or would have been: whoever waits for it goes on at the same pace, and a dead voice never holds up a call. Each
sound tries the device anew, so one that comes back is heard from the next call on.
"""

import asyncio
import logging
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from display.io.clips import ClipError
from display.voice import Clip, FreeText
from ticketserver.core.terms import DeviceHealth
from ticketserver.sound.aplay import Aplay, Unplayed
from ticketserver.sound.waves import NotOurWave, Samples, at_volume, joined, seconds, wave_bytes

log = logging.getLogger("display")

KEPT = 50
NO_CLIPS_S = 4.0
"""How long a call counts as being read where there are no clips to read it with."""


@dataclass(frozen=True)
class Health:
    """`reason`: `no_sound` (the device), `no_clips` (nothing to play), empty when well."""

    health: DeviceHealth = DeviceHealth.ONLINE
    reason: str = ""


WELL = Health()
NO_SOUND = Health(DeviceHealth.DEGRADED, "no_sound")
NO_CLIPS = Health(DeviceHealth.DEGRADED, "no_clips")


class Speaker:
    """`clips` by name, empty where there are none; `told` hears of every change of health; `say` makes a free text.
    Played at `volume_percent` of what they are."""

    def __init__(
        self,
        clips: Mapping[str, Samples],
        device: str,
        unheard: Path,
        told: Callable[[Health], None],
        say: Callable[[FreeText], Samples],
        volume_percent: int = 100,
    ) -> None:
        self._clips = clips
        self._say = say
        self._volume = volume_percent
        self._player = Aplay(device)
        self._unheard = unheard
        self._told = told
        self._health = WELL

    async def probe(self) -> None:
        """Find out at the start whether there is a sound device."""
        if not self._clips:
            self._tell(NO_CLIPS)
            return
        try:
            await self._player.probe()
            self._tell(WELL)
        except Unplayed as problem:
            log.error("no sound: %s; calls are written to %s", problem, self._unheard)
            self._tell(NO_SOUND)

    async def play(self, names: Sequence[Clip]) -> None:
        """Returns when these clips have been heard, or would have been. Cancelled, it breaks off."""
        if not self._clips:
            await asyncio.sleep(NO_CLIPS_S)
            return
        samples = at_volume(joined([await self._samples(name) for name in names]), self._volume)
        began = time.monotonic()
        try:
            await self._player.play(samples)
            self._tell(WELL)
        except Unplayed as problem:
            log.warning("not heard: %s: %s", " ".join(map(str, names)), problem)
            self._tell(NO_SOUND)
            await asyncio.to_thread(self._keep, samples)
            await asyncio.sleep(max(0.0, began + seconds(samples) - time.monotonic()))

    async def _samples(self, name: Clip) -> Samples:
        """Nothing for what cannot be said: the rest is heard all the same."""
        if isinstance(name, str):
            return self._clips.get(name, array("h"))
        try:
            return await asyncio.to_thread(self._say, name)
        except (ClipError, OSError, NotOurWave) as problem:
            log.error("not said: %s: %s", name.text, problem)
            return array("h")

    def _keep(self, samples: Samples) -> None:
        """Write the sound for somebody to listen to. A disk that fails is told and no more: the call goes on."""
        try:
            self._unheard.mkdir(parents=True, exist_ok=True)
            for old in sorted(self._unheard.glob("*.wav"))[: -KEPT + 1]:
                old.unlink(missing_ok=True)
            stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime())
            (self._unheard / f"{stamp}-{time.time_ns() % 1_000_000_000 // 1_000_000:03d}.wav").write_bytes(
                wave_bytes(samples)
            )
        except OSError as error:
            log.warning("%s: %s", self._unheard, error.strerror)

    def _tell(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._told(health)
