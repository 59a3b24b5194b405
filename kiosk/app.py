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
from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.escpos_link import baud_of, open_printer
from kiosk.events import Event
from kiosk.flow import Flow
from kiosk.io.hall import hall_of
from kiosk.io.pending import PendingFolder
from kiosk.io.print_thread import PrintThread
from kiosk.io.shell import Shell
from kiosk.model import Frame
from kiosk.screens.theme import theme
from kiosk.screens.window import KioskWindow
from ticketserver.client.connection import Client
from ticketserver.client.tokens import await_token
from ticketserver.core.terms import Role
from ticketserver.shared.device_values import printer_model
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.devices import Printer as PrinterSettings
from ticketserver.shared.local import local_time, run_dir
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import Texts, load_texts
from ticketserver.window.picture import Picture

log = logging.getLogger("kiosk")

PRINTER_END_S = 3.0


def mint() -> tuple[str, str]:
    """A fresh request id and ticket token, 16 random bytes each."""
    return secrets.token_hex(16), secrets.token_urlsafe(16)


def make_printer(settings: Settings, printer: PrinterSettings, font: Path) -> Printer:
    """The driver for a printer of hall.toml; nothing is opened yet. `font` draws what the device has no glyphs for."""
    model = printer_model(settings, printer)
    dots = {int(paper_mm): dots for paper_mm, dots in model.dots.items()}
    profile = PrinterProfile(dots, model.qr, model.select_gbk, model.marker == "probe", model.asb)
    speed_mm_s = printer.speed_mm_s or model.speed_mm_s
    setup = PrinterSetup(profile, printer.paper_mm, font, speed_mm_s, model.cut_s, baud_of(printer.link))
    return Printer(lambda: open_printer(printer.link), setup)


@dataclass(frozen=True)
class Fonts:
    regular: Path
    bold: Path


class KioskApp(App):
    def __init__(self, settings: Settings, kiosk: Kiosk, fonts: Fonts, picture: Path | None) -> None:
        super().__init__()
        self.title = settings.hall.name_zh
        self._settings, self._kiosk, self._picture_path = settings, kiosk, picture
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
        printer = next(each for each in settings.printer if each.id == self._kiosk.printer)
        slips = PrintThread(
            make_printer(settings, printer, Path(theme.font)),
            lambda event: self._from_thread(loop, event),
            lambda error: self._fail_from_thread(loop, failure, error),
        )
        texts: dict[str, Texts] = {language: load_texts(language) for language in settings.hall.languages}
        flow = Flow(hall_of(settings, self._kiosk), texts, local_time(settings), mint)
        disk = PendingFolder(run_dir(settings) / "kiosk" / self._kiosk.id)
        self._shell = Shell(flow, slips, disk, self._draw)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        window = asyncio.create_task(self.async_run(async_lib="asyncio"))
        work = [asyncio.create_task(self._shell.run()), asyncio.create_task(self._talk())]
        slips.start()
        awaited: list[asyncio.Future[None]] = [window, *work, failure]
        done, _ = await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        slips.stop()
        for task in work:
            task.cancel()
        self.stop()
        await asyncio.gather(window, *work, return_exceptions=True)
        await asyncio.to_thread(slips.join, PRINTER_END_S)
        for ended in done:
            problem = None if ended.cancelled() else ended.exception()
            if problem is not None:
                raise problem

    def _from_thread(self, loop: asyncio.AbstractEventLoop, event: Event) -> None:
        loop.call_soon_threadsafe(self._shell.feed, event)

    @staticmethod
    def _fail_from_thread(loop: asyncio.AbstractEventLoop, failure: "asyncio.Future[None]", error: Exception) -> None:
        loop.call_soon_threadsafe(failure.set_exception, error)

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
            topics=("queue", "devices"),
            on_event=self._shell.on_client_event,
        )
        self._shell.use(client)
        await client.run()
