"""The kiosk's parts put together: settings, flow, window, printer thread, line to the server, all in one loop."""

import asyncio
import logging
import secrets
import signal
from dataclasses import dataclass
from pathlib import Path

from kivy.core.window import Window
from kivy.uix.widget import Widget

from hardware.devices.printer import Printer
from hardware.transports.escpos_link import baud_of, open_printer
from kiosk.flow import Flow
from kiosk.io.alive import Alive
from kiosk.io.duty import DutyRoom
from kiosk.io.from_threads import FromThreads
from kiosk.io.hall import printer_of, texts_of
from kiosk.io.inputs import inputs_of
from kiosk.io.pending import PendingFolder
from kiosk.io.print_thread import PrintThread
from kiosk.io.printers import roll_of, setup_of
from kiosk.io.recent_log import RecentLog
from kiosk.io.shell import Shell
from kiosk.io.speech import Speech
from kiosk.io.utterances import Utterances, tongues
from kiosk.io.volume import VolumeFile
from kiosk.model import Frame
from kiosk.present_search import index
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
from ticketserver.sound.aplay import Aplay
from ticketserver.window.picture import Picture
from ticketserver.window.settling import SettlingApp

log = logging.getLogger("kiosk")

PRINTER_END_S = 3.0
INPUTS_END_S = 1.0
RESTART = 75
"""The program's status where it wants to be started again (EX_TEMPFAIL of sysexits.h)."""


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


@dataclass(frozen=True)
class Shown:
    """How the window stands: `picture` is kept of it; `kept`: nobody who stands before it can close it."""

    fonts: Fonts
    picture: Path | None
    kept: bool


class KioskApp(SettlingApp):
    def __init__(self, settings: Settings, kiosk: Kiosk, hall: Hall, shown: Shown, recent: RecentLog) -> None:
        super().__init__()
        self.title = settings.hall.name_zh
        self._settings, self._kiosk, self._hall, self._shown, self._recent = settings, kiosk, hall, shown, recent
        theme.font, theme.bold = str(shown.fonts.regular), str(shown.fonts.bold)
        self._window: KioskWindow
        self._picture: Picture | None = None
        self._drawn: Frame | None = None
        self._shell: Shell
        self._status = 0

    def open_settings(self, *_: object) -> bool:
        """Kivy opens a panel of its own at F1; a hall has none."""
        return True

    def build(self) -> Widget:
        self._window = KioskWindow(lambda tap: self._shell.tap(tap), self._kiosk.scan_ms)
        if self._shown.kept:
            Window.bind(on_request_close=lambda *_, **__: True)
        if self._shown.picture is not None:
            self._picture = Picture(self._window, self._shown.picture)
        return self._window

    def _restart(self) -> None:
        self._status = RESTART
        self.stop()

    async def serve(self) -> int:
        """Run until the window is closed or the process is told to end. Returns the program's status."""
        settings, loop = self._settings, asyncio.get_running_loop()
        threads = FromThreads(lambda event: self._shell.feed(event))
        printer = printer_of(settings, self._kiosk.printer)
        slips = PrintThread(
            make_printer(settings, printer, self._shown.fonts.regular),
            roll_of(settings, printer),
            threads.tell,
            threads.failed,
        )
        hall = self._hall
        index(hall)
        flow = Flow(hall, texts_of(settings, hall), local_time(settings), mint)
        own = run_dir(settings) / "kiosk" / self._kiosk.id
        inputs = inputs_of(settings, self._kiosk, threads.tell, threads.failed)
        duty = DutyRoom(settings, self._kiosk, self._recent, self._restart)
        self._shell = Shell(flow, slips, inputs, PendingFolder(own), self._draw, duty)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        window = asyncio.create_task(self.async_run(async_lib="asyncio"))
        alive = Alive(Window.canvas.ask_update)
        Window.bind(on_flip=alive.drawn)
        work = [asyncio.create_task(each) for each in (self._shell.run(), self._talk())]
        if self._kiosk.speech.enabled:
            work.append(asyncio.create_task(self._speech(own).run()))
        beats = asyncio.create_task(alive.run())
        slips.start()
        inputs.start()
        awaited: list[asyncio.Future[None]] = [window, *work, threads.failure]
        done, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        slips.stop()
        inputs.stop()
        for task in (*work, beats):
            task.cancel()
        self.stop()
        await asyncio.gather(window, *work, beats, return_exceptions=True)
        await asyncio.to_thread(slips.join, PRINTER_END_S)
        await asyncio.to_thread(inputs.join, INPUTS_END_S)
        for ended in done:
            problem = None if ended.cancelled() else ended.exception()
            if problem is not None:
                raise problem
        return self._status

    def _speech(self, own: Path) -> Speech:
        """The voice that reads screens aloud; `own` is this kiosk's folder."""
        said = self._kiosk.speech
        volume = VolumeFile(own, said.volume_percent)
        voices = {each.code: each.language.voice for each in self._settings.more if each.language.voice}
        speech = Speech(Utterances(own / "spoken", tongues(voices)), Aplay(said.device), volume, self._shell.feed)
        self._shell.speak = speech.do
        return speech

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
