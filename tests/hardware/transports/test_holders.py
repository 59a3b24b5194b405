"""Who has a device: real processes on real ptys and sockets, and what /proc says of other users' locks."""

import os
import pty
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.transports.holders import holder_of

WAIT = "; print(1, flush=True); input()"
HOLD = "import sys; from hardware.transports.open import open_link; link = open_link(sys.argv[1])" + WAIT
OPEN = "import os, sys; os.open(sys.argv[1].removeprefix('serial:'), os.O_RDWR | os.O_NOCTTY)" + WAIT
MAKE = "import os, pty, sys; m, s = pty.openpty(); os.symlink(os.ttyname(s), sys.argv[1])" + WAIT


@pytest.fixture
def device() -> Iterator[str]:
    master, slave = pty.openpty()
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


def holding(code: str, address: str) -> subprocess.Popen:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", code, address], stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert process.stdout.readline() == b"1\n"
    return process


def end(process: subprocess.Popen) -> None:
    process.communicate(b"\n")


@pytest.mark.parametrize("code", [HOLD, OPEN], ids=["locked", "open"])
def test_a_process_with_the_port_is_named(code: str, device: str) -> None:
    address = f"serial:{device}"
    assert holder_of(address) is None
    process = holding(code, address)
    try:
        holder = holder_of(address)
        assert holder is not None
        assert holder.pid == process.pid
        assert holder.command == f"{Path(sys.executable).name} -c {code}"[:80]
    finally:
        end(process)
    assert holder_of(address) is None


def test_a_name_that_leads_to_the_port_is_followed(device: str, tmp_path: Path) -> None:
    (tmp_path / "bus").symlink_to(device)
    process = holding(HOLD, f"serial:{device}")
    try:
        assert holder_of(f"serial:{tmp_path}/bus?baud=57600") is not None
    finally:
        end(process)


def test_the_maker_of_a_pseudo_terminal_is_no_holder(tmp_path: Path) -> None:
    process = holding(MAKE, str(tmp_path / "virtual"))
    try:
        assert holder_of(f"serial:{tmp_path}/virtual") is None
    finally:
        end(process)


@pytest.mark.parametrize(("host", "family"), [("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)])
def test_a_process_with_a_connection_is_named(host: str, family: socket.AddressFamily) -> None:
    with socket.create_server((host, 0), family=family) as listener:
        port = listener.getsockname()[1]
        address = f"tcp:[{host}]:{port}" if ":" in host else f"tcp:{host}:{port}"
        assert holder_of(address) is None
        process = holding(HOLD, address)
        try:
            holder = holder_of(address)
            assert holder is not None
            assert holder.pid == process.pid
        finally:
            end(process)


def test_a_lock_of_another_user_is_seen(device: str, tmp_path: Path) -> None:
    about = os.stat(device)
    lock = f"{os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}:{about.st_ino}"
    (tmp_path / "locks").write_text(
        f"1: FLOCK  ADVISORY  WRITE 7 00:01:9999 0 EOF\n2: FLOCK  ADVISORY  WRITE 4711 {lock} 0 EOF\n"
        f"2: -> FLOCK  ADVISORY  WRITE 4712 {lock} 0 EOF\n"
    )
    holder = holder_of(f"serial:{device}", tmp_path)
    assert holder is not None
    assert (holder.pid, holder.command) == (4711, "")


def test_what_is_not_there_has_no_holder(tmp_path: Path) -> None:
    assert holder_of(f"serial:{tmp_path}/none") is None
    assert holder_of(f"input:{tmp_path}/none") is None
    assert holder_of(f"usb:{tmp_path}/none") is None
    assert holder_of("tcp:127.0.0.1:1") is None
    assert holder_of("tcp:no-such-host.invalid:1") is None
    with pytest.raises(ValueError, match="starts with neither"):
        holder_of("com1")
