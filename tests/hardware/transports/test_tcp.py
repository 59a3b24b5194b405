"""TCP links over real sockets."""

import socket
from collections.abc import Iterator

import pytest

from hardware.transports.link import LinkDown
from hardware.transports.open import open_link
from hardware.transports.tcp import open_tcp
from tests.ports import free_port


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_bytes_pass_and_silence_is_empty(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    link = open_link(f"tcp:127.0.0.1:{port}")
    device, _ = listener.accept()
    with device:
        assert link.name == f"tcp:127.0.0.1:{port}"
        assert link.read(0) == b""
        assert link.read(0.01) == b""
        link.write(bytes(range(256)))
        assert device.recv(4096) == bytes(range(256))
        device.sendall(b"abc")
        assert link.read(2.0, limit=2) == b"ab"
        assert link.read(2.0) == b"c"
    with pytest.raises(LinkDown, match="closed the connection"):
        link.read(2.0)
    link.close()


def test_a_reset_is_link_down(listener: socket.socket) -> None:
    link = open_tcp(*listener.getsockname())
    device, _ = listener.accept()
    # Linger 0 makes close a reset, as a power cut behind a switch often looks.
    device.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    device.close()
    with pytest.raises(LinkDown, match="broke while reading"):
        link.read(2.0)
    with pytest.raises(LinkDown, match="broke while writing"):
        link.write(b"x")
    link.close()


def test_a_device_that_takes_nothing_is_link_down(listener: socket.socket) -> None:
    link = open_tcp(*listener.getsockname())
    device, _ = listener.accept()
    with device, pytest.raises(LinkDown, match=r"took no data for 0\.05 s"):
        link.write(b"x" * 50_000_000, timeout_s=0.05)
    link.close()


def test_nobody_there_says_what_to_look_at() -> None:
    with pytest.raises(LinkDown, match="is the device on, and free of another session"):
        open_tcp("127.0.0.1", free_port())
