"""`make run` before anything starts: one hall at a time, free ports, and which programs a hall.toml asks for."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ports import free_port
from ticketserver.runner import hall as halls
from ticketserver.runner.paths import ROOT, SAMPLE_HALL
from ticketserver.runner.run import only_one, ports_are_free
from ticketserver.runner.say import Stop
from ticketserver.shared.settings import Settings, load_settings


@pytest.fixture
def settings() -> Settings:
    return load_settings(SAMPLE_HALL)


def test_a_second_hall_is_told_which_process_runs_the_first(tmp_path):
    lock = tmp_path / "run" / "hall.lock"
    source = "import sys\nfrom pathlib import Path\nfrom ticketserver.runner.run import only_one\n"
    source += "with only_one(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    argv = [sys.executable, "-c", source, str(lock)]
    with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(Stop, match=str(first.pid)), only_one(lock):
            pass
        first.kill()
    with only_one(lock):
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_port_that_another_program_holds_is_named_with_its_setting(settings):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        taken = replace(settings, server=replace(settings.server, http_port=port, ws_port=0))
        with pytest.raises(Stop, match=rf"127\.0\.0\.1:{port}.*http_port"):
            ports_are_free(taken)
    ports_are_free(taken)


def names(hall: halls.Hall) -> list[str]:
    return [program.name for program in hall.programs]


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run folders of this test's own, and links looked for there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(halls, "RUN", tmp_path / "run")
    monkeypatch.setattr(halls, "PICTURES", tmp_path / "run" / "pictures")
    return tmp_path


def test_without_a_screen_each_window_gets_one_and_is_pictured(settings, away, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    hall = halls.plan(settings, demo=False)
    started = names(hall)
    assert {"server", "bridge", "screen-kiosk", "kiosk", "screen-display", "display", "pictures"} <= set(started)
    assert any(name.startswith("printer-") for name in started)
    assert any(name.startswith("boxes-") for name in started)
    assert [path.name for path in hall.pictures] == ["kiosk.png", "display.png"]
    kiosk = next(program for program in hall.programs if program.name == "kiosk")
    assert kiosk.after == ("server", "screen-kiosk")
    assert "--windowed" not in kiosk.argv
    screen = next(program for program in hall.programs if program.name == "screen-kiosk")
    assert f"{settings.kiosk[0].width_px}x{settings.kiosk[0].height_px}x24" in screen.argv


def test_with_a_screen_windows_open_there(settings, away, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7")
    hall = halls.plan(settings, demo=True)
    assert not any(name.startswith(("screen-", "pictures")) for name in names(hall))
    assert names(hall)[-1] == "demo"
    assert all("--windowed" in program.argv for program in hall.programs if program.name in ("kiosk", "display"))
    assert hall.pictures == ()


def test_every_program_waits_only_for_programs_that_are_started(settings, away):
    hall = halls.plan(settings, demo=True)
    assert {name for program in hall.programs for name in program.after} <= set(names(hall))


def test_a_real_device_gets_no_virtual_one_in_its_place(settings, away):
    real = [replace(printer, link="serial:/dev/ttyUSB0?baud=19200") for printer in settings.printer]
    hall = halls.plan(replace(settings, printer=tuple(real), bus=(), panel=()), demo=False)
    assert not any(name.startswith(("printer-", "boxes-", "bridge")) for name in names(hall))


def test_boxes_of_the_line_kind_speak_as_the_hall_has_it(settings, away):
    bus = replace(settings.bus[0], protocol="line", link="serial:run/dev/bus1?baud=4800")
    bus = replace(bus, line=replace(bus.line, send={"beep": "!{address}"}))
    hall = halls.plan(replace(settings, bus=(bus,)), demo=False)
    argv = next(program.argv for program in hall.programs if program.name.startswith("boxes-"))
    assert argv[argv.index("--baud") + 1] == "4800"
    assert argv[argv.index("--line-end") + 1] == "crlf"
    assert "--line-beep=!{address}" in argv
    assert "--line-show=" in argv, "what the hall's boxes have no words for, the virtual ones must not have either"


def test_a_link_left_by_an_earlier_run_does_not_look_ready(settings, away):
    pty = Path(settings.printer[0].link.removeprefix("serial:").partition("?")[0])
    pty.parent.mkdir(parents=True)
    pty.symlink_to("/dev/null")
    hall = halls.plan(settings, demo=False)
    printer = next(program for program in hall.programs if program.name.startswith("printer-"))
    assert printer.ready is not None
    assert not printer.ready()


def test_the_server_is_ready_when_it_takes_connections():
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert halls.answers("127.0.0.1", port)()
    assert not halls.answers("127.0.0.1", port)()
