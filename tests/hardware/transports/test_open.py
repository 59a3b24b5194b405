"""Link addresses: what is read from them, and what a bad one says."""

import pytest

from hardware.transports.link import LinkDown
from hardware.transports.open import SerialAddress, TcpAddress, open_link, parse_address, parse_input


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("serial:/dev/ttyUSB0", SerialAddress("/dev/ttyUSB0", 9600, "none")),
        ("serial:/dev/ttyUSB0?baud=57600", SerialAddress("/dev/ttyUSB0", 57600, "none")),
        ("serial:run/dev/box1?baud=19200&flow=rtscts", SerialAddress("run/dev/box1", 19200, "rtscts")),
        ("serial:COM3?flow=xonxoff", SerialAddress("COM3", 9600, "xonxoff")),
        ("tcp:127.0.0.1:9100", TcpAddress("127.0.0.1", 9100)),
        ("tcp:[::1]:9100", TcpAddress("::1", 9100)),
        ("tcp:printer-2.hall:65535", TcpAddress("printer-2.hall", 65535)),
    ],
)
def test_reads_an_address(address: str, expected: SerialAddress | TcpAddress) -> None:
    assert parse_address(address) == expected


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/dev/ttyUSB0", "neither serial: nor tcp:"),
        ("usb:1234", "neither serial: nor tcp:"),
        ("input:/dev/input/event3", "neither serial: nor tcp:"),
        ("serial:", "no device path"),
        ("serial:?baud=9600", "no device path"),
        ("serial:/dev/x?baud", "name=value"),
        ("serial:/dev/x?speed=9600", "unknown option 'speed'; allowed: baud, flow"),
        ("serial:/dev/x?baud=fast", "baud 'fast'"),
        ("serial:/dev/x?baud=0", "baud '0'"),
        ("serial:/dev/x?baud=²", "baud '²'"),
        ("serial:/dev/x?flow=magic", "allowed: none, rtscts, dsrdtr, xonxoff"),
        ("tcp:9100", "no host"),
        ("tcp:host:", "port ''"),
        ("tcp:host:0", "from 1 to 65535"),
        ("tcp:host:65536", "from 1 to 65535"),
        ("tcp:::1:9100", "in brackets"),
    ],
)
def test_a_bad_address_says_which_part_and_what_is_allowed(address: str, says: str) -> None:
    with pytest.raises(ValueError, match="link ") as caught:
        parse_address(address)
    assert says in str(caught.value)


def test_an_absent_device_is_a_link_that_is_down(tmp_path: object) -> None:
    with pytest.raises(LinkDown, match="cannot open the port"):
        open_link(f"serial:{tmp_path}/none?baud=9600")


def test_an_input_device_is_named_by_its_path(tmp_path: object) -> None:
    path = "/dev/input/by-path/pci-0000:00:14.0-usb-0:2:1.0-event-kbd"
    assert parse_input(f"input:{path}") == path
    with pytest.raises(LinkDown, match=r"input:.*none: cannot open the device"):
        open_link(f"input:{tmp_path}/none")


@pytest.mark.parametrize("address", ["input:", "/dev/input/event3", "serial:/dev/ttyUSB0"])
def test_what_is_no_input_device_says_how_to_write_one(address: str) -> None:
    with pytest.raises(ValueError, match="write input:/dev/input/by-path/NAME"):
        parse_input(address)
