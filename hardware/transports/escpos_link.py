"""Printer connections as links: those of python-escpos for serial ports and sockets, Linux's own node for USB.

Its Serial class opens the port; both its Serial and its Network class write and read.

Only `_raw`, `_read` and the serial `open` of them are used. Their status calls take a dead printer for one with plenty
of paper, their `text()` loses Chinese punctuation, and their defaults have traps that are dealt with here:

| trap | here |
|---|---|
| `_read` waits until 16 bytes have come or the time is over | polled for the first byte, then what is there is read |
| a serial port is shared with any other program, flow control RTS/CTS is not offered | both set on the opened port |
| `close` waits until all bytes are gone, for ever when the printer holds the line | what is unsent is thrown away |
| `Network.open` knows IPv4 only, and leaks its socket where nobody answers | the connection is made here |
| a network printer that lost its power is noticed after hours | keep-alive probes, as on our other sockets |

Unsent bytes are thrown away on purpose: an old slip must not come out when a full printer takes data again.
"""

import contextlib
import os
import select
import shutil
import socket
import termios
from typing import Any, Final

import serial
from escpos import capabilities
from escpos.exceptions import Error
from escpos.printer import Network, Serial

from hardware.transports.link import Link, LinkDown
from hardware.transports.open import SerialAddress, TcpAddress, parse_address
from hardware.transports.tcp import CONNECT_TIMEOUT_S, keep_alive
from hardware.transports.usb_printer import open_usb, parse_usb

if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
    # Imported, the library has made a folder for a cache that no other run will find.
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

BROKEN: Final = (OSError, TypeError, termios.error)
"""What the system and pyserial raise once a port or a connection is gone."""


class SerialPrinter(Serial):  # type: ignore[misc]
    """A serial printer whose closing, also the one at the program's end, waits for nothing."""

    _device: Any = False

    def close(self) -> None:
        port, self._device = self._device, None
        if port:
            # A port that has vanished cannot be emptied; its descriptor is released all the same.
            with contextlib.suppress(*BROKEN):
                port.reset_output_buffer()
            with contextlib.suppress(*BROKEN):
                port.close()


class EscposLink:
    """One opened printer connection; see `Link`. Not for two threads at a time."""

    def __init__(self, printer: Serial | Network, name: str) -> None:
        self._printer = printer
        self._device: serial.Serial | socket.socket = printer.device
        self._name = name
        self._read_ahead = b""
        self._closed = False
        self._poll = select.poll()
        self._poll.register(self._device.fileno(), select.POLLIN)

    @property
    def name(self) -> str:
        return self._name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        self._check_open()
        try:
            if not self._read_ahead and self._poll.poll(timeout_s * 1000):
                self._set_timeout(0)
                self._read_ahead = bytes(self._printer._read())
                if not self._read_ahead:
                    raise LinkDown(f"{self._name}: the printer closed the connection")
        except BROKEN as error:
            raise LinkDown(f"{self._name}: the printer is gone while reading ({error})") from error
        data, self._read_ahead = self._read_ahead[:limit], self._read_ahead[limit:]
        return data

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        self._check_open()
        try:
            self._set_timeout(timeout_s)
            self._printer._raw(data)
        except (serial.SerialTimeoutException, TimeoutError) as error:
            raise LinkDown(f"{self._name}: the printer took no data for {timeout_s:g} s") from error
        except BROKEN as error:
            raise LinkDown(f"{self._name}: the printer is gone while writing ({error})") from error

    def close(self) -> None:
        self._closed = True
        self._printer.close()

    def _check_open(self) -> None:
        if self._closed:
            raise LinkDown(f"{self._name}: the link is closed")

    def _set_timeout(self, timeout_s: float) -> None:
        if isinstance(self._device, socket.socket):
            self._device.settimeout(timeout_s)
        elif timeout_s and self._device.write_timeout != timeout_s:
            # Assigning a time-out reconfigures the port, so only when it differs; it never waits while reading.
            self._device.write_timeout = timeout_s


def open_printer(address: str) -> Link:
    """Open the printer behind a link address (see transports/open and usb_printer): `ValueError` for a bad address,
    `LinkDown` when it is not there, in use, or not ours to open."""
    if address.startswith("usb:"):
        return open_usb(parse_usb(address))
    where = parse_address(address)
    return _open_serial(where) if isinstance(where, SerialAddress) else _open_network(where)


def baud_of(address: str) -> int | None:
    """Bits per second on the wire; None where the wire is faster than any printer."""
    if address.startswith("usb:"):
        parse_usb(address)
        return None
    where = parse_address(address)
    return where.baud if isinstance(where, SerialAddress) else None


def _open_serial(where: SerialAddress) -> Link:
    name = f"serial:{where.path}"
    printer = SerialPrinter(
        where.path, where.baud, timeout=0, xonxoff=where.flow == "xonxoff", dsrdtr=where.flow == "dsrdtr"
    )
    try:
        printer.open()
    except (Error, OSError) as error:
        raise LinkDown(f"{name}: cannot open the port ({_cause(error)}); is it plugged in, and free?") from error
    try:
        printer.device.exclusive = True
        printer.device.rtscts = where.flow == "rtscts"
    except BROKEN as error:
        printer.close()
        raise LinkDown(f"{name}: another program has the port ({error}); end it first") from error
    return EscposLink(printer, name)


def _open_network(where: TcpAddress) -> Link:
    name = f"tcp:{where.host}:{where.port}"
    printer = Network(where.host, where.port)
    try:
        printer.device = socket.create_connection((where.host, where.port), CONNECT_TIMEOUT_S)
    except OSError as error:
        raise LinkDown(f"{name}: cannot connect ({error}); is the printer on, and free of another session?") from error
    keep_alive(printer.device)
    return EscposLink(printer, name)


def _cause(error: Exception) -> BaseException:
    """What the system said, without the library's words around it."""
    return error.__context__ or error
