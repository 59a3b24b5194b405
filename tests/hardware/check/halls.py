"""Halls to be checked: a hall.toml with the devices of the test, virtual devices in threads, a real server."""

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hardware.check.parts import Ask, Finding
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_server import BoxServer
from hardware.sim.card_reader_engine import CardReaderEngine
from hardware.sim.loop import Loop
from hardware.sim.panel_led485 import Led485Panels
from hardware.sim.panel_server import PanelServer
from hardware.sim.printer_engine import Printer
from hardware.sim.printer_line import SerialLine
from hardware.sim.printer_profile import Profile
from hardware.sim.printer_server import PrinterServer
from hardware.sim.printer_slips import SlipFolder
from hardware.sim.reading_server import ReadingServer
from tests.hardware.serving import serving
from tests.ports import free_port
from tests.ticketserver.server.servers import Running, running
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample"
WAIT_S = 60.0
HOLD = """
import sys
from hardware.transports.open import open_link
link = open_link(sys.argv[1])
print(1, flush=True)
input()
"""
"""A program that opens a link, says so, and keeps it until it is told to end."""


def write_hall(folder: Path, devices: str) -> Path:
    """The sample hall with these devices only, on ports that nobody uses, its files in `folder`."""
    text = (SAMPLE / "hall.toml").read_text("utf-8").partition("# ---- Devices.")[0]
    text = text.replace('catalogue = "catalogue.toml"', f'catalogue = "{SAMPLE / "catalogue.toml"}"')
    text = re.sub(r"ws_port = \d+", f"ws_port = {free_port()}", text)
    text = re.sub(r"http_port = \d+", f"http_port = {free_port()}", text)
    text = text.replace('"run/data"', f'"{folder}/data"').replace('"run/tokens"', f'"{folder}/tokens"')
    file = folder / "hall.toml"
    file.write_text(text + devices, "utf-8")
    return file


@contextmanager
def holding(address: str) -> Iterator[subprocess.Popen]:
    """Another program that has a link open."""
    argv = [sys.executable, "-c", HOLD, address]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"1\n"
        yield program
        program.communicate(b"\n")


class Prompts(list[Finding]):
    """What a person was told to do; `until` waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = threading.Condition()

    def say(self, finding: Finding) -> None:
        with self._told:
            self.append(finding)
            self._told.notify_all()

    def until(self, code: str) -> None:
        with self._told:
            assert self._told.wait_for(lambda: any(each.code == code for each in self), WAIT_S), list(self)


def ask_of(folder: Path, devices: str, prompts: Prompts | None = None, **waits: float) -> Ask:
    settings = load_settings(write_hall(folder, devices))
    return Ask(settings, (prompts if prompts is not None else Prompts()).say, **waits)


def codes(found: list[Finding]) -> list[tuple[str, str, str]]:
    """Device, mark, code; each sentence can be said."""
    assert all(each.text(language) for each in found for language in ("zh", "en"))
    return [(each.device, each.mark.value, each.code) for each in found]


@contextmanager
def virtual_printer(folder: Path, link: Path, **profile: Any) -> Iterator[Printer]:
    slips = SlipFolder(folder / "slips")
    printer = Printer(Profile(**profile), slips.keep)
    loop = Loop()
    server = PrinterServer(printer, SerialLine(loop, link, 19200), loop, slips, link.with_suffix(".ctl"))
    with serving(server):
        yield printer


@contextmanager
def virtual_boxes(bus: VirtualBus, link: Path) -> Iterator[None]:
    with serving(BoxServer(bus, link, link.with_suffix(".ctl"))):
        yield


@contextmanager
def virtual_panels(link: Path, addresses: list[int], characters: int = 4) -> Iterator[None]:
    loop = Loop()
    panels = Led485Panels(addresses, characters)
    with serving(PanelServer(panels, SerialLine(loop, link, 9600), loop, link.with_suffix(".ctl"))):
        yield


@contextmanager
def virtual_card_reader(link: Path) -> Iterator[None]:
    with serving(ReadingServer(CardReaderEngine(), link, link.with_suffix(".ctl"))):
        yield


@contextmanager
def real_server(settings: Settings, **options: Any) -> Iterator[tuple[Running, asyncio.AbstractEventLoop]]:
    """The hall's server in a thread with a loop of its own."""
    loop = asyncio.new_event_loop()
    ready: list[Running] = []
    started, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with running(settings, **options) as made:
            ready.append(made)
            started.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert started.wait(WAIT_S), "the server did not start"
        yield ready[0], loop
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


@contextmanager
def reporting(server: tuple[Running, asyncio.AbstractEventLoop], role: str, **report: str) -> Iterator[None]:
    """A program that is connected and has said how its device is."""
    made, loop = server
    said, over = threading.Event(), asyncio.Event()

    async def report_it() -> None:
        async with made.talk(role) as talk:
            await talk.call("report_health", **report)
            said.set()
            await over.wait()

    future = asyncio.run_coroutine_threadsafe(report_it(), loop)
    try:
        assert said.wait(WAIT_S), future
        yield
    finally:
        loop.call_soon_threadsafe(over.set)
        future.result(WAIT_S)
