"""Link addresses as a person writes them in the settings, and the one way to open them.

    serial:PATH[?baud=N][&flow=none|rtscts|dsrdtr|xonxoff]     serial:/dev/ttyUSB0?baud=57600
    tcp:HOST:PORT                                              tcp:192.168.1.40:9100, tcp:[::1]:9100
    input:PATH                                                 input:/dev/input/by-path/pci-…-usb-0:2:1.0-event-kbd

The first two are lines one can speak over (`parse_address`), the last one is only heard (`parse_input`).
A bad address is a `ValueError` that names the part and what is allowed; it never becomes a half-right link.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from hardware.transports.evdev import open_input
from hardware.transports.link import Link
from hardware.transports.serial import FLOWS, Flow, open_serial
from hardware.transports.tcp import open_tcp

DEFAULT_BAUD = 9600
SHAPES = "serial:/dev/ttyUSB0?baud=9600 or tcp:HOST:PORT"
INPUT_SHAPE = "input:/dev/input/by-path/NAME"


@dataclass(frozen=True)
class SerialAddress:
    """A serial port: device path, speed in bits per second, flow control."""

    path: str
    baud: int = DEFAULT_BAUD
    flow: Flow = "none"


@dataclass(frozen=True)
class TcpAddress:
    """A host name or IP address, and a port 1–65535."""

    host: str
    port: int


def parse_address(address: str) -> SerialAddress | TcpAddress:
    """Read the address of a line; `ValueError` says which part is wrong and what is allowed."""
    kind, _, rest = address.partition(":")
    if kind == "serial":
        return _parse_serial(address, rest)
    if kind == "tcp":
        return _parse_tcp(address, rest)
    raise ValueError(f"link {address!r}: starts with neither serial: nor tcp:; write {SHAPES}")


def parse_input(address: str) -> str:
    """The path of an input device's address; `ValueError` says what is allowed."""
    kind, _, path = address.partition(":")
    if kind != "input" or not path:
        raise ValueError(f"link {address!r}: no input device; write {INPUT_SHAPE}")
    return path


def _parse_serial(address: str, rest: str) -> SerialAddress:
    path, mark, query = rest.partition("?")
    if not path:
        raise ValueError(f"link {address!r}: no device path; write {SHAPES}")
    options: dict[str, str] = {}
    if mark:
        try:
            options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
        except ValueError as error:
            raise ValueError(f"link {address!r}: options are name=value joined by &, not {query!r}") from error
    for name in options:
        if name not in ("baud", "flow"):
            raise ValueError(f"link {address!r}: unknown option {name!r}; allowed: baud, flow")
    baud = options.get("baud", str(DEFAULT_BAUD))
    if not (baud.isascii() and baud.isdigit() and int(baud) > 0):
        raise ValueError(f"link {address!r}: baud {baud!r} is not a positive whole number, e.g. 9600 or 57600")
    for flow in FLOWS:
        if flow == options.get("flow", "none"):
            return SerialAddress(path, int(baud), flow)
    raise ValueError(f"link {address!r}: flow {options['flow']!r}; allowed: {', '.join(FLOWS)}")


def _parse_tcp(address: str, rest: str) -> TcpAddress:
    host, _, port = rest.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"link {address!r}: an IPv6 address stands in brackets, e.g. tcp:[::1]:9100")
    if not host:
        raise ValueError(f"link {address!r}: no host; write {SHAPES}")
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise ValueError(f"link {address!r}: port {port!r} is not a number from 1 to 65535")
    return TcpAddress(host, int(port))


def open_link(address: str) -> Link:
    """Open the link behind an address: `ValueError` for a bad address, `LinkDown` when the device is not there."""
    if address.startswith("input:"):
        return open_input(parse_input(address))
    where = parse_address(address)
    if isinstance(where, SerialAddress):
        return open_serial(where.path, where.baud, where.flow)
    return open_tcp(where.host, where.port)
