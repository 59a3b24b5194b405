"""Who on this machine has a device open now, asked of Linux without touching the device.

| link | who has it |
|---|---|
| serial, usb, input | a process that locked the node (/proc/locks, of any user) or has it among its open files (ours) |
| tcp | a process of ours with a connection to that host and port (/proc/net/tcp and tcp6) |

What can go wrong: another user's open files cannot be seen, so nobody found does not mean that the device is free;
opening it will tell. Whoever keeps the other end of a pseudo-terminal is the device and holds nothing.
"""

import contextlib
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hardware.transports.open import SerialAddress, parse_address, parse_input
from hardware.transports.usb_printer import NODES, SYSTEM, find_node, parse_usb

PROC = Path("/proc")
ESTABLISHED = "01"
COMMAND_CHARS = 80


@dataclass(frozen=True)
class Holder:
    """A process and how it was started."""

    pid: int
    command: str


def holder_of(address: str, proc: Path = PROC) -> Holder | None:
    """Who else has the device behind a link address; None when nobody is seen. Raises `ValueError` for a bad address,
    `LinkDown` for a USB printer that is not there."""
    if address.startswith("usb:"):
        where = parse_usb(address)
        return _holder_of_node(Path(where.node) if where.node else find_node(where, SYSTEM, NODES), proc)
    if address.startswith("input:"):
        return _holder_of_node(Path(parse_input(address)), proc)
    line = parse_address(address)
    if isinstance(line, SerialAddress):
        return _holder_of_node(Path(line.path), proc)
    return _holder_of_connection(line.host, line.port, proc)


def _holder_of_node(node: Path, proc: Path) -> Holder | None:
    try:
        real, about = node.resolve(), node.stat()
    except OSError:
        return None
    lock = f"{os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}:{about.st_ino}"
    for pid in _locking(lock, proc):
        if pid != os.getpid():
            return Holder(pid, _command(pid, proc))
    for pid in _processes(proc):
        files = list(_files(pid, proc))
        same = [number for number, target in files if target == str(real) and _is_same(about, pid, number, proc)]
        if same and not _is_its_maker(pid, files, real, proc):
            return Holder(pid, _command(pid, proc))
    return None


def _is_same(about: os.stat_result, pid: int, number: str, proc: Path) -> bool:
    """Whether an open file is this very node: in a container the same name is another one's."""
    try:
        theirs = (proc / str(pid) / "fd" / number).stat()
    except OSError:
        return False
    return (theirs.st_dev, theirs.st_ino) == (about.st_dev, about.st_ino)


def _holder_of_connection(host: str, port: int, proc: Path) -> Holder | None:
    with contextlib.suppress(OSError):
        ends = {_in_hex(found[4][0], port) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        inodes = {inode for end, inode in _connections(proc) if end in ends}
        for pid in _processes(proc):
            if any(target == f"socket:[{inode}]" for _, target in _files(pid, proc) for inode in inodes):
                return Holder(pid, _command(pid, proc))
    return None


def _in_hex(host: str | int, port: int) -> str:
    """`0100007F:1F90` as /proc/net has it: each 32-bit word in the machine's own order."""
    family = socket.AF_INET6 if ":" in str(host) else socket.AF_INET
    packed = socket.inet_pton(family, str(host).partition("%")[0])
    words = (packed[start : start + 4] for start in range(0, len(packed), 4))
    return "".join(f"{int.from_bytes(word, 'little'):08X}" for word in words) + f":{port:04X}"


def _connections(proc: Path) -> Iterator[tuple[str, str]]:
    """Far end and inode of every connection that stands."""
    for table in ("net/tcp", "net/tcp6"):
        with contextlib.suppress(OSError):
            for row in (proc / table).read_text("ascii").splitlines()[1:]:
                fields = row.split()
                if fields[3] == ESTABLISHED:
                    yield fields[2], fields[9]


def _locking(lock: str, proc: Path) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for row in (proc / "locks").read_text("ascii").splitlines():
            fields = row.split()
            if lock in fields and "->" not in fields:
                yield int(fields[fields.index(lock) - 1])


def _processes(proc: Path) -> Iterator[int]:
    """All but this one and the threads of it."""
    for place in proc.iterdir():
        if place.name.isdigit() and int(place.name) != os.getpid():
            yield int(place.name)


def _files(pid: int, proc: Path) -> Iterator[tuple[str, str]]:
    """Number and target of the open files of a process; none where it is another user's, or has just ended."""
    with contextlib.suppress(OSError):
        for file in (proc / str(pid) / "fd").iterdir():
            with contextlib.suppress(OSError):
                yield file.name, os.readlink(file)


def _is_its_maker(pid: int, files: list[tuple[str, str]], node: Path, proc: Path) -> bool:
    """Whether the process has the master's end of this pseudo-terminal."""
    for number, target in files:
        if target.endswith("/ptmx"):
            with contextlib.suppress(OSError):
                about = (proc / str(pid) / "fdinfo" / number).read_text("ascii")
                if re.search(rf"^tty-index:\s*{re.escape(node.name)}$", about, re.MULTILINE):
                    return True
    return False


def _command(pid: int, proc: Path) -> str:
    try:
        words = (proc / str(pid) / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    except OSError:
        return ""
    program, *arguments = (word.decode("utf-8", "replace") for word in words)
    return " ".join([os.path.basename(program), *arguments])[:COMMAND_CHARS]
