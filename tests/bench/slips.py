"""A slip on its way: its bytes, and the time from its first byte on the wire to the unit's word that it is cut.

The driver is the real one; the virtual printer runs in a process of its own, paces every byte at the line's speed and
moves its paper at its own. Its completion marker comes after the cut, so the driver's hearing of it is counted along.
Each row prints the same slip once a round: a printer keeps its pace, and the paper takes most of the time.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hardware.codecs.escpos_status import PrinterStatus
from hardware.codecs.slip_layout import lay_out
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import Outcome, PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.escpos_link import open_printer
from hardware.transports.link import Link
from kiosk.slip import slip
from kiosk.words import Words
from tests.bench.figures import Aim, Round
from tests.bench.hall import ended_early, started
from tests.kiosk.kiosks import HALL, TEXTS, TOKEN, local, ticket

DOTS = {80: 576}
SLIP = slip(ticket(), [Words(TEXTS["zh"], HALL, local)], TOKEN, False)
NO_FONT = Path("no character of this slip is drawn")
CUT_S = 0.3
ALLOWED_S = 0.4
UP_S = 30.0
MARKER = b"\x37\x22"


class Pace(NamedTuple):
    baud: int
    speed_mm_s: int


PACES = {f"slip_{baud}_{speed}": Pace(baud, speed) for baud in (9600, 19200, 115200) for speed in (90, 200)}
NAMES = ("slip_bytes", *PACES)


def aim(name: str) -> Aim | None:
    """At 19200: the paper's time, the cut's, and `ALLOWED_S`."""
    pace = PACES[name]
    paper_s = lay_out(SLIP, DOTS[80]).length_mm / pace.speed_mm_s
    return Aim(1, number=round(1000 * (paper_s + CUT_S + ALLOWED_S))) if pace.baud == 19200 else None


def setup(pace: Pace) -> PrinterSetup:
    return PrinterSetup(PrinterProfile(DOTS, auto_status=True), 80, NO_FONT, pace.speed_mm_s, CUT_S, pace.baud)


class Watch:
    """A link that notes when the slip's first byte left and when the marker's was heard."""

    def __init__(self, link: Link, slip_bytes: int) -> None:
        self._link, self._slip_bytes = link, slip_bytes
        self.name = link.name
        self.began = self.told = 0.0
        self._heard = b""

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        data = self._link.read(timeout_s, limit)
        # A slow line brings the marker in pieces.
        self._heard += data
        if MARKER in self._heard:
            self.told, self._heard = time.perf_counter(), b""
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        if len(data) >= self._slip_bytes:
            self.began, self._heard = time.perf_counter(), b""
        self._link.write(data, timeout_s)

    def close(self) -> None:
        self._link.close()


@contextmanager
def printing(pace: Pace, folder: Path) -> Iterator[Callable[[float], Round]]:
    """A virtual printer at this pace, and the driver on its line."""
    folder.mkdir()
    path, log = folder / "printer", folder / "printer.log"
    argv = ["-m", "hardware", "sim", "printer", "--link", str(path), "--baud", str(pace.baud)]
    argv += ["--speed", str(pace.speed_mm_s), "--slips", str(folder / "slips")]
    process = started(argv, log)
    watches: list[Watch] = []

    def opened() -> Link:
        watches.append(Watch(open_printer(f"serial:{path}?baud={pace.baud}"), len(setup(pace).slip(SLIP).data)))
        return watches[-1]

    try:
        await_node(process, path, log)
        driver = Printer(opened, setup(pace))
        if driver.status() != PrinterStatus():
            raise RuntimeError(f"the virtual printer is not well: {log.read_text('utf-8')}")
        yield partial(once, driver, watches[-1])
        driver.close()
    finally:
        process.terminate()
        process.wait()


def await_node(process: subprocess.Popen[bytes], path: Path, log: Path) -> None:
    until = time.monotonic() + UP_S
    while not path.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise ended_early(process, log)
        time.sleep(0.02)


def once(driver: Printer, watch: Watch, _seconds: float) -> Round:
    result = driver.print_slip(SLIP)
    if result.outcome is not Outcome.CONFIRMED:
        raise RuntimeError(f"the slip is {result.outcome} {result.detail}")
    took_s = watch.told - watch.began
    return Round(1, took_s, [1000 * took_s])


@contextmanager
def rounds(names: frozenset[str], folder: Path) -> Iterator[dict[str, Callable[[float], Round]]]:
    made: dict[str, Callable[[float], Round]] = {}
    if "slip_bytes" in names:
        made["slip_bytes"] = lambda _seconds: Round(value=len(setup(Pace(19200, 200)).slip(SLIP).data))
    with ExitStack() as stack:
        for name, pace in PACES.items():
            if name in names:
                made[name] = stack.enter_context(printing(pace, folder / name))
        yield made
