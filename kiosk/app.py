"""The kiosk's parts put together: settings, flow, window, printer thread, line to the server, all in one loop."""

import asyncio
import logging
import secrets
import signal
from dataclasses import dataclass
from pathlib import Path

from kivy.app import App
from kivy.uix.widget import Widget

from hardware.devices.printer import Printer
from hardware.transports.escpos_link import baud_of, open_printer
from kiosk.events import Event
from kiosk.flow import Flow
from kiosk.io.hall import printer_of, texts_of
from kiosk.io.inputs import inputs_of
from kiosk.io.pending import PendingFolder
from kiosk.io.print_thread import PrintThread
from kiosk.io.printers import roll_of, setup_of
from kiosk.io.shell import Shell
from kiosk.io.speech import Speech
from kiosk.io.utterances import Utterances, tongues
from kiosk.io.volume import VolumeFile
from kiosk.model import Frame
from kiosk.screens.theme import theme
from kiosk.screens.window import KioskWindow
from kiosk.services import Hall
from ticketserver.client.connection import Client
from ticketserver.client.tokens import await_token
from ticketserver.core.terms import Role
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.devices import Printer as PrinterSettings
from ticketserver.shared.local import local_time, run_dir
from ticketserver.shared.settings import Settings
from ticketserver.sound.player import Player
from ticketserver.window.picture import Picture

log = logging.getLogger("kiosk")

PRINTER_END_S = 3.0
INPUTS_END_S = 1.0


def mint() -> tuple[str, str]:
    """A fresh request id and ticket token, 16 random bytes each."""
    return secrets.token_hex(16), secrets.token_urlsafe(16)


def make_printer(settings: Settings, printer: PrinterSettings, font: Path) -> Printer:
    """The driver for a printer of hall.toml; nothing is opened yet. `font` draws what the device has no glyphs for."""
    setup = setup_of(settings, printer, font, baud_of(printer.link))
    return Printer(lambda: open_printer(printer.link), setup)


@dataclass(frozen=True)
class Fonts:
    regular: Path
    bold: Path


class KioskApp(App):
    def __init__(self, settings: Settings, kiosk: Kiosk, hall: Hall, fonts: Fonts, picture: Path | None) -> None:
        super().__init__()
        self.title = settings.hall.name_zh
        self._settings, self._kiosk, self._hall, self._picture_path = settings, kiosk, hall, picture
        theme.font, theme.bold = str(fonts.regular), str(fonts.bold)
        self._window: KioskWindow
        self._picture: Picture | None = None
        self._drawn: Frame | None = None
        self._shell: Shell

    def build(self) -> Widget:
        self._window = KioskWindow(lambda tap: self._shell.tap(tap))
        if self._picture_path is not None:
            self._picture = Picture(self._window, self._picture_path)
        return self._window

    async def serve(self) -> None:
        """Run until the window is closed or the process is told to end."""
        settings, loop = self._settings, asyncio.get_running_loop()
        failure: asyncio.Future[None] = loop.create_future()
        printer = printer_of(settings, self._kiosk.printer)
        slips = PrintThread(
            make_printer(settings, printer, Path(theme.font)),
            roll_of(settings, printer),
            lambda event: self._from_thread(loop, event),
            lambda error: self._fail_from_thread(loop, failure, error),
        )
        hall = self._hall
        texts = texts_of(settings, hall)
        flow = Flow(hall, texts, local_time(settings), mint)
        own = run_dir(settings) / "kiosk" / self._kiosk.id
        disk = PendingFolder(own)
        inputs = inputs_of(
            settings,
            self._kiosk,
            lambda event: self._from_thread(loop, event),
            lambda error: self._fail_from_thread(loop, failure, error),
        )
        self._shell = Shell(flow, slips, inputs, disk, self._draw)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        window = asyncio.create_task(self.async_run(async_lib="asyncio"))
        work = [asyncio.create_task(self._shell.run()), asyncio.create_task(self._talk())]
        if self._kiosk.speech.enabled:
            work.append(asyncio.create_task(self._speech(own).run()))
        slips.start()
        inputs.start()
        awaited: list[asyncio.Future[None]] = [window, *work, failure]
        done, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        slips.stop()
        inputs.stop()
        for task in work:
            task.cancel()
        self.stop()
        await asyncio.gather(window, *work, return_exceptions=True)
        await asyncio.to_thread(slips.join, PRINTER_END_S)
        await asyncio.to_thread(inputs.join, INPUTS_END_S)
        for ended in done:
            problem = None if ended.cancelled() else ended.exception()
            if problem is not None:
                raise problem

    def _speech(self, own: Path) -> Speech:
        """The voice that reads screens aloud; `own` is this kiosk's folder."""
        said = self._kiosk.speech
        volume = VolumeFile(own, said.volume_percent)
        voices = {each.code: each.language.voice for each in self._settings.more if each.language.voice}
        speech = Speech(Utterances(own / "spoken", tongues(voices)), Player(said.device), volume, self._shell.feed)
        self._shell.speak = speech.do
        return speech

    def _from_thread(self, loop: asyncio.AbstractEventLoop, event: Event) -> None:
        loop.call_soon_threadsafe(self._shell.feed, event)

    @staticmethod
    def _fail_from_thread(loop: asyncio.AbstractEventLoop, failure: "asyncio.Future[None]", error: Exception) -> None:
        def fail() -> None:
            # Several threads may fail; the first one is enough to end.
            if not failure.done():
                failure.set_exception(error)

        loop.call_soon_threadsafe(fail)

    def _draw(self, frame: Frame) -> None:
        if frame == self._drawn:
            return
        self._drawn = frame
        self._window.show(frame)
        if self._picture is not None:
            self._picture.changed()

    async def _talk(self) -> None:
        """Keep the line to the server; wait for the role's token where the server has never run yet."""
        client = Client(
            self._settings.server.ws_url,
            Role.KIOSK,
            await await_token(self._settings, Role.KIOSK),
            device=self._kiosk.id,
            locale=self._settings.hall.languages[0],
            topics=("queue", "devices", "print_jobs", "help"),
            on_event=self._shell.on_client_event,
        )
        self._shell.use(client)
        await client.run()
