"""The display's parts put together: settings, board, window, voice, line to the server, all in one loop."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.uix.widget import Widget

from display.announcer import Announcer
from display.board import Board
from display.io.films import Films
from display.io.hall import Voice, hall_of, layout_of, voices
from display.io.pictures import Pictures, keep_looking
from display.io.shell import Shell
from display.io.speakers import speakers_of
from display.model import Frame, Still
from display.voice import CUT_OFF, OPENING, PAUSED
from display.widgets.announced import AnnouncedOver
from display.widgets.parts import Heads
from display.widgets.theme import theme
from display.widgets.window import BoardWindow
from display.words import Words
from ticketserver.client.connection import Client, ClientEvent
from ticketserver.client.tokens import await_token
from ticketserver.core.ids import ZoneId
from ticketserver.core.terms import Role
from ticketserver.shared.devices import Display
from ticketserver.shared.layout_checks import media_folder
from ticketserver.shared.local import local_time
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.shared.voice_settings import silent_zones
from ticketserver.window.picture import Picture
from ticketserver.window.settling import SettlingApp

FIRST_S = 0.3
"""So long the window waits for the server, that its first picture may be a true one: to draw one takes longer."""
UNREACHED_MS = 250
"""A screen is the first that people look at when the server or the cable is back."""


def heads_of(words: Words) -> Heads:
    return Heads(
        soon=words.say("display.head.soon"),
        missed=words.say("display.head.missed"),
        waiting=words.say("display.head.waiting"),
    )


class DisplayApp(SettlingApp):
    def __init__(self, settings: Settings, display: Display, fonts: tuple[Path, Path], picture: Path | None) -> None:
        super().__init__()
        self.title = settings.hall.name_zh
        self._settings, self._display, self._picture_path = settings, display, picture
        theme.font, theme.bold = map(str, fonts)
        self._words = Words(tuple(map(load_texts, settings.hall.languages)), local_time(settings))
        self._window: AnnouncedOver
        self._picture: Picture | None = None
        self._shell: Shell
        self._films: Films
        self._heard = asyncio.Event()
        """Set when the server has told something, or cannot be reached."""
        self._shows = asyncio.Event()
        """Set with the first frame that shows what the server told."""

    def build(self) -> Widget:
        panel = self._display.width_px, self._display.height_px
        layout = layout_of(self._settings, self._display)
        window = BoardWindow(heads_of(self._words), layout, panel, self._display.size_inches)
        say = self._words.say
        self._window = AnnouncedOver(window, say("display.announced.title"), say("display.announced.urgent"))
        if self._picture_path is not None:
            self._picture = Picture(self._window, self._picture_path)
        return self._window

    async def serve(self) -> None:
        """Run until the window is closed or the process is told to end."""
        settings, display, words = self._settings, self._display, self._words
        speaking = voices(settings, display)
        minutes = settings.voice.cutoff_notice_minutes
        notices = {
            OPENING: words.say("display.notice.opening"),
            PAUSED: words.say("display.notice.paused"),
            CUT_OFF: words.say("display.notice.cut_off", minutes=f" {minutes} "),
        }
        board = Board(hall_of(settings, display), words)
        self._shell = Shell(
            display.id,
            board,
            self._draw,
            [Announcer(each.rules) for each in speaking],
            notices,
            silent=frozenset(map(ZoneId, silent_zones(settings))),
        )
        self._films = Films(words.texts[0], self._paint, board.turns.over)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.stop)
        talk = asyncio.gather(self._listen(), self._speak(speaking))
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_S):
                await self._heard.wait()
        window = asyncio.create_task(self.async_run(async_lib="asyncio"))
        work: list[asyncio.Future[Any]] = [talk, asyncio.create_task(self._shell.run())]
        if display.media_dir:
            pictures = Pictures(media_folder(settings, display), self._words.texts[0])
            work.append(asyncio.create_task(keep_looking(pictures, board.turns.take)))
        done, _ = await asyncio.wait([window, *work], return_when=asyncio.FIRST_COMPLETED)
        for task in work:
            task.cancel()
        self.stop()
        await asyncio.gather(window, *work, self._films.close(), return_exceptions=True)
        for ended in done:
            problem = None if ended.cancelled() else ended.exception()
            if problem is not None:
                raise problem

    def _draw(self, frame: Frame) -> None:
        self._window.show(frame)
        self._films.show(frame.media, self._window.media_px)
        if frame.stale is None and not self._shows.is_set():
            Clock.schedule_once(lambda _elapsed: self._shows.set())
        if self._picture is not None:
            self._picture.changed()

    def _paint(self, still: Still) -> None:
        self._window.paint(still)

    def _hear(self, event: ClientEvent) -> None:
        self._shell.on_client_event(event)
        self._heard.set()

    async def _listen(self) -> None:
        """Keep the line to the server; wait for the role's token where the server has never run yet."""
        client = Client(
            self._settings.server.ws_url,
            Role.DISPLAY,
            await await_token(self._settings, Role.DISPLAY),
            device=self._display.id,
            locale=self._settings.hall.languages[0],
            topics=("board", "counters") if self._display.counter else ("board",),
            counters=[self._display.counter] if self._display.counter else [],
            on_event=self._hear,
            unreached_ms=UNREACHED_MS,
        )
        self._shell.reports.use(client)
        await client.run()

    async def _speak(self, speaking: Sequence[Voice]) -> None:
        """Get the voices ready, which takes some seconds the first time, once the screen shows what there is to say."""
        if not speaking:
            return
        await self._shows.wait()
        self._shell.speak_with(await speakers_of(self._settings, speaking, self._shell.on_health))
