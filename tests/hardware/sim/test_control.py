"""The control socket of virtual devices, both ends."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.sim.control import COMMAND_BYTES, Control, ControlDown, ControlSocket
from hardware.sim.loop import Loop

DEADLINE_S = 60.0


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    loop = Loop()
    device = ControlSocket(tmp_path / "dev" / "ctl", loop, lambda text: {"ok": True, "said": text})
    device.open()
    thread = threading.Thread(target=loop.run, args=(lambda now_s: None,))
    thread.start()
    yield tmp_path / "dev" / "ctl"
    loop.stop()
    thread.join(DEADLINE_S)
    loop.close()
    device.close()
    assert not (tmp_path / "dev" / "ctl").exists()


def test_only_its_owner_may_command(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_commands_in_pieces_and_several_at_once(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as host:
        host.settimeout(DEADLINE_S)
        host.connect(str(path))
        host.sendall(b"one")
        host.sendall(b"\ntwo\n")
        answers = b""
        while answers.count(b"\n") < 2:
            answers += host.recv(4096)
        assert answers == b'{"ok": true, "said": "one"}\n{"ok": true, "said": "two"}\n'


def test_a_line_without_end_is_hung_up_on_and_others_are_served(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as host, Control(path, "printer", "virtual printer") as other:
        host.settimeout(DEADLINE_S)
        host.connect(str(path))
        host.sendall(b"x" * (COMMAND_BYTES + 1))
        try:
            assert host.recv(1) == b""
        except ConnectionResetError:
            pass
        assert other.command("state") == {"ok": True, "said": "state"}


def test_a_device_that_ends_meanwhile(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "ctl"))
        listener.listen()
        with Control(tmp_path / "ctl", "printer", "virtual printer") as control:
            listener.accept()[0].close()
            with pytest.raises(ControlDown, match=r"the virtual printer at .* ended meanwhile"):
                control.command("state")


def test_no_device(tmp_path: Path) -> None:
    with pytest.raises(ControlDown, match=r"no virtual printer at .*; start with: python -m hardware sim printer"):
        Control(tmp_path / "ctl", "printer", "virtual printer")
