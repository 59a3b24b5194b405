"""The kiosk's voice at work: sentences made by espeak-ng in a thread, played by aplay in a child process.

While one sentence is heard the next is made. `Hush` ends the player at once. Without a sound device or without
espeak-ng it says so (`VoiceSeen`) and tries again every `AGAIN_S`, so that a loudspeaker that was plugged in is found.
A sentence that cannot be made or heard ends the reading: silence is better than half of what stands there.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kiosk.io.utterances import Utterances
from kiosk.io.volume import LOUDEST, VolumeFile
from kiosk.voice_events import Hush, ReadOut, SetVolume, Speak, Voice, Voiced, VoiceSeen
from ticketserver.sound.aplay import Aplay, Unplayed
from ticketserver.sound.espeak import NoEspeak, NotSpoken
from ticketserver.sound.waves import Samples, at_volume

log = logging.getLogger("kiosk")

AGAIN_S = 60.0
PROBE_TEXT = "1"
T = TypeVar("T")


class Speech:
    """`tell` hears in the loop what came of it."""

    def __init__(
        self, utterances: Utterances, player: Aplay, volume: VolumeFile, tell: Callable[[Voiced], None]
    ) -> None:
        self._utterances, self._player, self._volume_file, self._tell = utterances, player, volume, tell
        self._volume = LOUDEST
        self._fault: str | None = None
        self._waiting: deque[Speak] = deque()
        self._reading: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "voice")

    async def run(self) -> None:
        """Find out whether there is a voice, and again while there is none. Until cancelled."""
        try:
            self._volume = await self._in_thread(self._volume_file.load)
            while True:
                if self._fault != "":
                    await self._probe()
                await asyncio.sleep(AGAIN_S)
        finally:
            self._stop()
            self._thread.shutdown(wait=False)

    def do(self, effect: Voice) -> None:
        """Carry out what the flow wants; returns at once."""
        match effect:
            case Speak():
                if not effect.after:
                    self._stop()
                self._waiting.append(effect)
                if self._reading is None:
                    self._reading = asyncio.get_running_loop().create_task(self._read())
            case Hush():
                self._stop()
            case SetVolume(percent):
                self._volume = percent
                self._in_thread(self._volume_file.save, percent)

    def _stop(self) -> None:
        self._waiting.clear()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def _probe(self) -> None:
        """One sentence of each language made, a moment of silence played."""
        wanted = sorted(self._utterances.languages)
        made = {language: await self._made(PROBE_TEXT, language) for language in wanted}
        languages = frozenset(each for each in wanted if not isinstance(made[each], Exception))
        for language in sorted(set(wanted) - languages):
            log.error("screens are not read aloud in %s: %s", language, made[language])
        if not languages:
            self._found(frozenset(), "no_speech_program")
            return
        try:
            await self._player.probe()
            self._found(languages, "")
        except Unplayed as problem:
            self._failed("no_speech_sound", problem)

    async def _read(self) -> None:
        """Everything that waits, sentence by sentence, the next one made meanwhile."""
        last = 0
        while self._waiting:
            speak = self._waiting.popleft()
            last = speak.reading
            made = self._made(speak.sentences[0], speak.language)
            for following in (*speak.sentences[1:], None):
                samples = await made
                if isinstance(samples, Exception):
                    self._failed("no_speech_program", samples)
                    return
                if following is not None:
                    made = self._made(following, speak.language)
                try:
                    await self._player.play(samples)
                except Unplayed as problem:
                    self._failed("no_speech_sound", problem)
                    return
        self._reading = None
        self._tell(ReadOut(last))

    def _made(self, sentence: str, language: str) -> "asyncio.Future[Samples | Exception]":
        return self._in_thread(self._make, sentence, language)

    def _make(self, sentence: str, language: str) -> "Samples | Exception":
        """As loud as staff have set it, or why there is none: what nobody waits for any more must not raise."""
        try:
            return at_volume(self._utterances.samples(sentence, language), self._volume)
        except (NoEspeak, NotSpoken) as problem:
            return problem

    def _failed(self, reason: str, problem: Exception) -> None:
        log.error("screens are not read aloud: %s", problem)
        self._reading = None
        self._waiting.clear()
        self._found(frozenset(), reason)

    def _found(self, languages: frozenset[str], reason: str) -> None:
        if reason != self._fault:
            self._fault = reason
            self._tell(VoiceSeen(languages, self._volume, reason))

    def _in_thread(self, work: Callable[..., T], *values: object) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *values)
