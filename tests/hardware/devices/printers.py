"""A printer written from the device reference, for tests: on a link of its own in hand-moved time, or behind any link.

It answers 10 04 n at once, the marker and the queued status once the paper has moved, keeps the rest of a slip when
something stops it, and drops it at 10 05 02.
"""

import re
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from hardware.codecs.slip import SlipDocument, SlipQr, SlipText
from hardware.devices.printer import Printer
from hardware.devices.printer_parts import PrinterSetup
from hardware.devices.printer_profile import PrinterProfile
from hardware.transports.link import Link, LinkDown

WELL = "12 12 12 12"
PAPER_OUT = "1A 32 12 7E"
COVER_OPEN = "1A 16 12 12"
CUTTER = "1A 52 1A 12"
NEAR_END = "12 12 12 1E"
HOT = "1A 52 52 12"
SLIP = SlipDocument((SlipText("A012", size=4), SlipText("综合窗口"), SlipQr("AbCdEfGhIjKlMnOpQrStUv", 6)), "补打")
TOKEN = rb"\x1d\x28\x48\x06\x00\x30\x30(....)"
ASKED = re.compile(rb"\x10\x04([\x01-\x04])|\x10\x05\x02|" + TOKEN + rb"|\x1d\x72\x01|\x1d\x56\x42\x00", re.DOTALL)
# The beginning of a command that waits for its other half.
BEGUN = re.compile(rb"(?:\x10[\x04\x05]?|\x1d(?:\x28(?:\x48.{0,7})?|\x72|\x56\x42?)?)\Z", re.DOTALL)
NO_FONT = Path("no-font")
DOTS = {58: 384, 80: 576}
GENERIC = PrinterProfile(DOTS)


@dataclass
class Unit:
    """`says` the four status bytes; `knows` of the marker and the fence; `stops_at` a state met by the next slip."""

    says: str = WELL
    knows: tuple[str, ...] = ("marker", "fence")
    stops_at: str = ""
    answers: bool = True
    cut: list[bytes] = field(default_factory=list)
    waiting: bytes = b""
    dropped: list[bytes] = field(default_factory=list)
    got: bytes = b""

    def take(self, data: bytes) -> list[tuple[str, bytes]]:
        """What is answered to `data`: ("now", …) for real-time status, ("then", …) for what waits for the paper."""
        self.got += data
        answers: list[tuple[str, bytes]] = []
        at = 0
        for match in ASKED.finditer(data):
            self._print(data[at : match.start()])
            at = match.end()
            answer = self._answer(match)
            if answer is not None and self.answers:
                answers.append(answer)
        self._print(data[at:])
        return answers

    def mend(self, says: str = WELL) -> None:
        """The operator has been there; what is kept comes out."""
        self.says = says
        kept, self.waiting = self.waiting, b""
        if says == WELL:
            self.take(kept)

    def _print(self, data: bytes) -> None:
        self.waiting += data.replace(b"\x00", b"").replace(b"\x1b\x40", b"") if not self._runs() else data

    def _answer(self, match: re.Match[bytes]) -> tuple[str, bytes] | None:
        said = match.group()
        if match.group(1):
            return "now", bytes.fromhex(self.says)[match.group(1)[0] - 1 : match.group(1)[0]]
        if said == b"\x10\x05\x02":
            if not self._runs():
                self.dropped.append(self.waiting)
            self.waiting = b""
            return None
        if self.stops_at and b"\x1b\x40\x1c\x26" in self.waiting:
            self.says, self.stops_at = self.stops_at, ""
        if not self._runs():
            self.waiting += said
            return None
        if said == b"\x1d\x56\x42\x00":
            self.cut.append(self.waiting + said)
            self.waiting = b""
        if match.group(2) and "marker" in self.knows:
            return "then", b"\x37\x22" + match.group(2) + b"\x00"
        if said == b"\x1d\x72\x01" and "fence" in self.knows:
            return "then", b"\x00"
        return None

    def _runs(self) -> bool:
        return bytes.fromhex(self.says)[0] & 0x08 == 0


class Bench:
    """A driver and its unit in hand-moved time. The link of each opening is a `BenchLink`."""

    def __init__(self, unit: Unit | None = None, profile: PrinterProfile = GENERIC, baud: int | None = 19200) -> None:
        self.now_s = 100.0
        self.unit = unit if unit is not None else Unit()
        self.delay_s = 0.01
        self.paper_s = 0.5
        self.down = ""
        self.blocks = False
        self.opened = 0
        self.spoil = lambda data: [data]
        self.echoes = False
        self.sent: deque[tuple[float, bytes]] = deque()
        setup = PrinterSetup(profile, 80, NO_FONT, 90, baud=baud)
        self.printer = Printer(self._open, setup, clock=lambda: self.now_s)

    def _open(self) -> Link:
        if self.down:
            raise LinkDown(self.down)
        self.opened += 1
        self.sent.clear()
        return BenchLink(self)


class BenchLink:
    name = "bench"

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        bench = self._bench
        if bench.down:
            raise LinkDown(bench.down)
        if not bench.sent or bench.sent[0][0] > bench.now_s + timeout_s:
            bench.now_s += timeout_s
            return b""
        at_s, data = bench.sent.popleft()
        bench.now_s = max(bench.now_s, at_s)
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        bench = self._bench
        if bench.down:
            raise LinkDown(bench.down)
        if bench.blocks and len(data) > 100 and b"\x1c\x26" in data:
            bench.now_s += timeout_s
            raise LinkDown("bench: the printer took no data")
        if bench.echoes:
            bench.sent.append((bench.now_s, data))
        for when, answer in bench.unit.take(data):
            at_s = bench.now_s + (bench.delay_s if when == "now" else bench.paper_s)
            for piece in bench.spoil(answer):
                bench.sent.append((at_s, piece))
        bench.sent = deque(sorted(bench.sent, key=lambda each: each[0]))

    def close(self) -> None:
        pass


class Behind:
    """A unit in a thread behind a real link, for as long as the `with` lasts."""

    def __init__(self, unit: Unit, link: Link) -> None:
        self.unit, self._link = unit, link
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Unit:
        self._thread.start()
        return self.unit

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        held = b""
        while not self._stopped.is_set():
            try:
                data = held + self._link.read(0.01)
                cut = BEGUN.search(data)
                held = cut.group() if cut else b""
                for _, answer in self.unit.take(data.removesuffix(held)):
                    self._link.write(answer)
            except LinkDown:
                return
