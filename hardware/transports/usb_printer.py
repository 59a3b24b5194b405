"""Printers on USB as links, through Linux's usblp: one node /dev/usb/lpN a printer, no driver of the maker's.

    usb:0416:5011          the printer with this vendor and product (lsusb shows them), whichever N it has today
    usb:/dev/usb/lp0       this node, or a name that a udev rule gives it

The number changes when a printer is unplugged and plugged in again, so the first form looks for it anew at each
opening: /sys/class/usbmisc/lpN/device is the printer's interface, the folder above it has idVendor and idProduct.

| trap | here |
|---|---|
| two printers of one kind | neither is taken; each has to be named by its node |
| empty packets from a printer with nothing to say | silence, as long as the node has not hung up |
| a printer that takes nothing | the writing ends at its time-out; closing the node throws away what is under way |
| a printer that is silent while not ready | `port_status` is answered beside the data, by the class's own request |
"""

import fcntl
import os
import re
import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.transports.link import Link, LinkDown

SHAPES: Final = "usb:0416:5011 (vendor and product, see lsusb) or usb:/dev/usb/lp0"
SYSTEM: Final = Path("/sys/class/usbmisc")
NODES: Final = Path("/dev/usb")
# linux/lp.h: LPGETSTATUS. The byte is the printer class's port status: 20 paper empty, 10 selected, 08 no error.
LPGETSTATUS: Final = 0x060B
PAPER_EMPTY: Final = 0x20
PAUSE_S: Final = 0.01
_NAMED: Final = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")


@dataclass(frozen=True)
class UsbAddress:
    """`node`: a path, empty where the printer is looked for by `vendor` and `product`, four small hex digits each."""

    node: str = ""
    vendor: str = ""
    product: str = ""


def parse_usb(address: str) -> UsbAddress:
    """Read a `usb:` address; `ValueError` says what is allowed."""
    rest = address.removeprefix("usb:")
    if rest.startswith("/"):
        return UsbAddress(node=rest)
    named = _NAMED.fullmatch(rest)
    if named is None:
        raise ValueError(f"link {address!r}: neither a path nor two numbers of four hex digits; write {SHAPES}")
    return UsbAddress(vendor=named[1].lower(), product=named[2].lower())


def port_status_of(descriptor: int) -> int | None:
    """The printer class's status byte; None where the node has none to give."""
    answer = bytearray(4)
    try:
        fcntl.ioctl(descriptor, LPGETSTATUS, answer)
    except OSError:
        return None
    return answer[0]


class UsbPrinter:
    """One opened node; see `Link`. Not for two threads at a time."""

    def __init__(self, descriptor: int, name: str, ask: Callable[[int], int | None] = port_status_of) -> None:
        self._descriptor = descriptor
        self._name = name
        self._ask = ask
        self._poll = select.poll()

    @property
    def name(self) -> str:
        return self._name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        until = time.monotonic() + timeout_s
        while (left := max(0.0, until - time.monotonic())) or timeout_s == 0:
            found = self._ready(select.POLLIN, left)
            if not found:
                return b""
            try:
                data = os.read(self._descriptor, limit)
            except BlockingIOError:
                data = b""
            except OSError as error:
                raise LinkDown(f"{self._name}: the printer is gone while reading ({error})") from error
            if not data and found & ~select.POLLIN:
                raise LinkDown(f"{self._name}: the printer is unplugged")
            if data or timeout_s == 0:
                return data
            time.sleep(min(PAUSE_S, left))
        return b""

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        until = time.monotonic() + timeout_s
        rest = memoryview(data)
        while rest:
            left = max(0.0, until - time.monotonic())
            if not self._ready(select.POLLOUT, left) or not left:
                raise LinkDown(f"{self._name}: the printer took no data for {timeout_s:g} s")
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                # The node says that it is free, and is not: the packet before is still under way.
                time.sleep(min(PAUSE_S, left))
            except OSError as error:
                raise LinkDown(f"{self._name}: the printer is gone while writing ({error})") from error

    def paper_empty(self) -> bool:
        """Whether the printer says so beside its data; False where it says nothing there."""
        status = self._ask(self._descriptor) if self._descriptor >= 0 else None
        return status is not None and bool(status & PAPER_EMPTY)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _ready(self, event: int, timeout_s: float) -> int:
        """What the node is ready for within the time, 0 for nothing; `LinkDown` once it is ready for no `event`."""
        if self._descriptor < 0:
            raise LinkDown(f"{self._name}: the link is closed")
        self._poll.register(self._descriptor, event)
        found = dict(self._poll.poll(timeout_s * 1000)).get(self._descriptor, 0)
        if found and not found & event:
            raise LinkDown(f"{self._name}: the printer is unplugged")
        return found


def open_usb(where: UsbAddress, system: Path = SYSTEM, nodes: Path = NODES) -> Link:
    """Open the printer's node; `LinkDown` when it is not there, in use, or not ours to open."""
    node = Path(where.node) if where.node else find_node(where, system, nodes)
    name = f"usb:{node}"
    try:
        descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise LinkDown(f"{name}: cannot open the printer ({error}); is it on, plugged in, and free?") from error
    return UsbPrinter(descriptor, name)


def find_node(where: UsbAddress, system: Path, nodes: Path) -> Path:
    """The node of the one printer of this kind; `LinkDown` when there is none or more than one."""
    kind = f"{where.vendor}:{where.product}"
    found = [place.name for place in sorted(system.glob("lp*")) if _kind_of(place) == kind]
    if not found:
        raise LinkDown(f"usb:{kind}: no such printer; is it on and plugged in, and is it in the list of lsusb?")
    if len(found) > 1:
        names = ", ".join(f"usb:{nodes / each}" for each in found)
        raise LinkDown(f"usb:{kind}: more than one such printer; name one of them: {names}")
    return nodes / found[0]


def _kind_of(place: Path) -> str:
    """`vendor:product` of the device that a node belongs to; "" where it has gone meanwhile."""
    device = (place / "device").resolve().parent
    try:
        return ":".join((device / each).read_text("ascii").strip().lower() for each in ("idVendor", "idProduct"))
    except OSError:
        return ""
