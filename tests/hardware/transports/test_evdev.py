"""Input devices as links: FIFOs and pseudo-terminals here, and what a grab meets by a stand-in for its system call."""

import errno
import fcntl
import os
import pty
import tty
from pathlib import Path

import pytest

from hardware.transports.evdev import EVIOCGRAB, open_input
from hardware.transports.link import LinkDown

RECORD = bytes(range(24))


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "keypad"
    os.mkfifo(path)
    return path


def test_events_of_a_fifo_come_as_they_were_written(fifo: Path) -> None:
    link = open_input(str(fifo))
    assert link.name == f"input:{fifo}"
    assert link.read(0) == b""
    writer = os.open(fifo, os.O_WRONLY)
    assert link.read(0) == b""
    os.write(writer, RECORD * 2)
    assert link.read(1, limit=24) == RECORD
    assert link.read(1) == RECORD
    assert link.read(0) == b""
    os.close(writer)
    with pytest.raises(LinkDown, match="the device is gone"):
        link.read(1)
    link.close()


def test_a_pseudo_terminal_that_vanishes_is_a_link_that_is_down() -> None:
    near, far = pty.openpty()
    tty.setraw(far)
    link = open_input(os.ttyname(far))
    os.close(far)
    os.write(near, RECORD)
    assert link.read(1) == RECORD
    os.close(near)
    with pytest.raises(LinkDown, match="gone"):
        link.read(1)
    link.close()


def test_nothing_is_written_and_closing_twice_is_closing(fifo: Path) -> None:
    link = open_input(str(fifo))
    with pytest.raises(LinkDown, match="takes no data"):
        link.write(b"x")
    link.close()
    link.close()
    with pytest.raises(LinkDown, match="closed"):
        link.read(0)


@pytest.mark.parametrize("what", ["absent", "folder", "file"])
def test_what_is_no_input_device_says_so(tmp_path: Path, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("text")
    with pytest.raises(LinkDown, match="cannot open the device" if what == "absent" else "not an input device"):
        open_input(str(tmp_path / what))


@pytest.mark.parametrize(
    ("number", "says"), [(errno.EBUSY, "another program has this device"), (errno.EPERM, "cannot take the device")]
)
def test_a_grab_that_is_refused_leaves_nothing_open(
    fifo: Path, number: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []
    descriptors: list[int] = []

    def refuse(descriptor: int, request: int, value: int) -> None:
        asked.append((request, value))
        descriptors.append(descriptor)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    with pytest.raises(LinkDown, match=says):
        open_input(str(fifo))
    assert asked == [(EVIOCGRAB, 1)]
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptors[0])
    open_input(str(fifo), grab=False).close()
    assert len(asked) == 1
