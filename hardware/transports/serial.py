"""Serial ports as links, over pyserial: real UARTs, USB adapters and pseudo-terminals alike.

8 data bits, no parity, 1 stop bit, opened exclusively: two programs on one port would each read half of the
answers. Modem lines are left to pyserial, which ignores a pseudo-terminal's ENOTTY. A node that vanishes (USB
adapter pulled) shows as an error or as an endless end-of-file; both become `LinkDown`, and the owner opens anew.
"""

from typing import Final, Literal, get_args

import serial

from hardware.transports.link import Link, LinkDown

Flow = Literal["none", "rtscts", "dsrdtr", "xonxoff"]
FLOWS: Final[tuple[Flow, ...]] = get_args(Flow)


class SerialLink:
    """One open serial port; see `Link`. Not for two threads at a time."""

    def __init__(self, port: serial.Serial, name: str) -> None:
        self._port = port
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        try:
            # Assigning a time-out reconfigures the port, so only when it differs.
            if self._port.timeout != timeout_s:
                self._port.timeout = timeout_s
            first = bytes(self._port.read(1))
            if not first:
                return b""
            waiting = min(self._port.in_waiting, limit - 1)
            return first + (bytes(self._port.read(waiting)) if waiting else b"")
        except (OSError, TypeError) as error:
            # pyserial raises TypeError when its descriptor is gone.
            raise LinkDown(f"{self._name}: the port is gone while reading ({error})") from error

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        try:
            if self._port.write_timeout != timeout_s:
                self._port.write_timeout = timeout_s
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise LinkDown(f"{self._name}: the device took no data for {timeout_s:g} s") from error
        except (OSError, TypeError) as error:
            raise LinkDown(f"{self._name}: the port is gone while writing ({error})") from error

    def close(self) -> None:
        try:
            self._port.close()
        except OSError:
            # The node has gone already; the descriptor is released all the same.
            pass


def open_serial(path: str, baud: int, flow: Flow = "none") -> Link:
    """Open `path` at `baud` bits per second with the given flow control.

    Raises `ValueError` for a flow control or speed that does not exist, `LinkDown` when the port is absent, not
    ours to open, or in use by another program.
    """
    if flow not in FLOWS:
        raise ValueError(f"flow control {flow!r}: one of {', '.join(FLOWS)}")
    if baud <= 0:
        raise ValueError(f"serial speed {baud}: a positive number of bits per second")
    name = f"serial:{path}"
    try:
        port = serial.Serial(
            path,
            baud,
            timeout=0.1,
            write_timeout=2.0,
            exclusive=True,
            rtscts=flow == "rtscts",
            dsrdtr=flow == "dsrdtr",
            xonxoff=flow == "xonxoff",
        )
    except OSError as error:
        raise LinkDown(f"{name}: cannot open the port ({error}); is it plugged in, and free?") from error
    return SerialLink(port, name)
