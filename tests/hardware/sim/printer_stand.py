"""A virtual printer at work behind a real pseudo-terminal or socket, for tests: its hands, its slips."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.sim.control import Control
from hardware.sim.loop import Loop
from hardware.sim.printer_engine import Printer
from hardware.sim.printer_line import Line, SerialLine
from hardware.sim.printer_profile import Profile
from hardware.sim.printer_server import PrinterServer
from hardware.sim.printer_slips import SlipFolder
from hardware.sim.printer_tcp import TcpLine
from tests.hardware.serving import serving
from tests.ports import free_port


class Stand:
    """A running printer, its control and its slips."""

    def __init__(self, folder: Path, line: Line, control: Control) -> None:
        self.line = line
        self.slips = folder / "slips"
        self._control = control

    def do(self, command: str) -> dict[str, object]:
        answer = self._control.command(command)
        assert answer["ok"], answer
        return answer

    def texts(self) -> list[str]:
        return [path.read_text("utf-8") for path in sorted(self.slips.glob("slip-*.txt"))]


@contextmanager
def stand(folder: Path, make: Callable[[Loop], Line], **switches: object) -> Iterator[Stand]:
    slips, loop = SlipFolder(folder / "slips"), Loop()
    line = make(loop)
    printer = Printer(Profile(**switches), slips.keep)  # type: ignore[arg-type]
    server = PrinterServer(printer, line, loop, slips, folder / "ctl")
    with serving(server), Control(folder / "ctl", "printer", "virtual printer") as control:
        yield Stand(folder, line, control)
    assert not (folder / "p1").is_symlink()
    assert not (folder / "ctl").exists()


@contextmanager
def on_a_pty(folder: Path, baud: int | None = None, **switches: object) -> Iterator[Stand]:
    with stand(folder, lambda loop: SerialLine(loop, folder / "p1", baud), **switches) as made:
        yield made


@contextmanager
def on_the_net(folder: Path, **switches: object) -> Iterator[Stand]:
    with stand(folder, lambda loop: TcpLine(loop, "127.0.0.1", free_port()), **switches) as made:
        yield made
