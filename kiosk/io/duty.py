"""What the duty menu wants done, done in threads: PIN, word of a new roll, the last lines of the log, who this is."""

import asyncio
import importlib.metadata
import logging
import socket
from collections.abc import Callable

from kiosk import duty_events as d
from kiosk.io.pin import check_pin, pin_file
from kiosk.io.printers import rolls_dir
from kiosk.io.recent_log import RecentLog
from kiosk.io.roll_keeper import say_changed
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.settings import Settings

log = logging.getLogger("kiosk")

PACKAGE = "yihao"


class DutyRoom:
    """`do` from the loop's thread; what came of it is told there too."""

    def __init__(self, settings: Settings, kiosk: Kiosk, recent: RecentLog, restart: Callable[[], None]) -> None:
        self._settings, self._kiosk, self._recent, self._restart = settings, kiosk, recent, restart
        self._tasks: set[asyncio.Task[None]] = set()

    def do(self, wish: d.Wish, tell: Callable[[d.Told], None]) -> None:
        if isinstance(wish, d.Restart):
            log.warning("restarted from the duty menu")
            self._restart()
            return
        task = asyncio.get_running_loop().create_task(self._told(wish, tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _told(
        self, wish: d.CheckPin | d.SayRoll | d.ReadLog | d.ReadAbout, tell: Callable[[d.Told], None]
    ) -> None:
        tell(await asyncio.to_thread(self._carry_out, wish))

    def _carry_out(self, wish: d.CheckPin | d.SayRoll | d.ReadLog | d.ReadAbout) -> d.Told:
        match wish:
            case d.CheckPin(pin):
                verdict = check_pin(pin_file(self._settings), pin)
                if pin:
                    log.warning("duty menu: %s PIN", verdict.value)
                return d.PinChecked(verdict)
            case d.SayRoll():
                return d.RollSaid(self._say_roll())
            case d.ReadLog():
                return d.LogRead(self._recent.lines())
            case d.ReadAbout():
                return d.AboutRead(tuple(self._about()))

    def _say_roll(self) -> bool:
        try:
            say_changed(rolls_dir(self._settings), self._kiosk.printer)
        except OSError as error:
            log.error("a new roll could not be noted: %s", error)
            return False
        return True

    def _about(self) -> list[tuple[str, str]]:
        server = self._settings.server
        rows = [("version", version()), ("config", self._settings.file), ("server", server.ws_url)]
        address = own_address(server.host, server.ws_port)
        return [*rows, ("address", address)] if address else rows


def version() -> str:
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "?"


def own_address(host: str, port: int) -> str:
    """The address by which this machine reaches the server; empty without a way there. Sends nothing."""
    try:
        [(family, kind, *_, place), *_rest] = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
        with socket.socket(family, kind) as probe:
            probe.connect(place)
            address: str = probe.getsockname()[0]
    except OSError:
        return ""
    return address
