"""Every fault of a line against Modbus boxes over real pseudo-terminals and sockets, with virtual modules behind."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hardware.codecs.leds import Led
from hardware.codecs.modbus import closed
from hardware.devices.call_box_modbus import ModbusBus
from hardware.devices.call_box_modbus_make import modbus_rtu_bus, modbus_tcp_bus
from hardware.devices.call_box_parts import BoxEvent, BoxHealth, Press
from hardware.devices.modbus_modules import ModuleBox, ModuleModel, place
from hardware.sim.box_cli import BOXES
from hardware.sim.control import Control
from hardware.sim.modbus_lines import ModuleBus
from hardware.sim.modbus_modules import VirtualModule
from hardware.sim.modbus_server import ModbusTcpServer, RtuServer
from tests.hardware.line_faults import FaultyLine, PtyLine, TcpLine
from tests.hardware.serving import serving
from tests.hardware.turning import Turning

MODEL = ModuleModel(coils={Led.GREEN: (0,), Led.RED: (1,)}, beep_coil=2)
ONLINE = BoxHealth("online")
NETWORK = ("silence", "late", "split", "garbage", "truncated", "doubled", "stranger", "unplug")
SERIAL = (*NETWORK, "flipped", "echo", "wrong_speed", "blocked")
HARMLESS = ("split", "doubled", "echo")
CASES = [("rtu", fault) for fault in SERIAL] + [("tcp", fault) for fault in NETWORK]

pytestmark = pytest.mark.line


class Bench:
    def __init__(self, bus: ModbusBus, line: FaultyLine, control: Control, module: VirtualModule) -> None:
        self.bus = bus
        self.line = line
        self.events: list[BoxEvent] = []
        self.count = 0
        self._control = control
        self._module = module
        self._turning = Turning(bus, line.turn, lambda: self.do("cycles"))

    def do(self, command: str) -> dict:
        answer = self._control.command(command)
        assert answer["ok"], answer
        return answer

    def coils(self) -> list[bool]:
        return self.do("state")["boxes"]["0x01"]["coils"]

    def until(self, done: Callable[[], bool], what: str) -> None:
        def is_done(seen: list[BoxEvent]) -> bool:
            self.events += seen
            seen.clear()
            return done()

        self._turning.until(is_done, lambda: f"{what}; {self.events}")

    def quiet(self, span_s: float) -> list[BoxEvent]:
        taken, self.events = self.events + self._turning.during(span_s), []
        return taken

    @contextmanager
    def pressed(self) -> Iterator[None]:
        """A finger on `recall` for as long as this lasts."""
        self.count += 1
        self._module.contact("recall", True)
        yield
        self._module.contact("recall", False)

    def health(self) -> BoxHealth:
        return self.bus.health()[place(1, 0)]

    def works(self) -> None:
        """Online, one press is one press, and a look arrives; no fault is on."""
        self.until(lambda: self.health() == ONLINE, "online")
        with self.pressed():
            self.until(lambda: bool(self.events), "the press")
        assert self.quiet(0.3) == [Press(place(1, 0), "recall", self.count)]
        led, lit = (Led.RED, [False, True]) if self.coils()[0] else (Led.GREEN, [True, False])
        self.bus.show(place(1, 0), led)
        self.until(lambda: self.coils()[:2] == lit, "the light")


@contextmanager
def bench(kind: str, tmp_path: Path, stranger: bytes | Callable[[bytes], bytes]) -> Iterator[Bench]:
    modules = ModuleBus([1], "waveshare", 19200)
    control = tmp_path / "ctl"
    serial = RtuServer(modules, tmp_path / "modules", control) if kind == "rtu" else None
    server = serial or ModbusTcpServer(modules, 0, control)
    boxes = [ModuleBox(place(1, 0), {"1": "next", "2": "recall"}, model=MODEL, long_keys={})]
    with serving(server), BOXES.control(control) as hand:
        far = tmp_path / "modules" if isinstance(server, RtuServer) else ("127.0.0.1", server.port)
        # Later than any driver waits for an answer, by its own time too.
        spoils = {"stranger": stranger, "late_s": 1.0}
        line = PtyLine(tmp_path / "line", far, **spoils) if serial else TcpLine(far, **spoils)
        with line:
            if isinstance(line, PtyLine):
                bus = modbus_rtu_bus(line.address(19200), boxes)
            else:
                bus = modbus_tcp_bus(line.address(), boxes)
            with closing(bus):
                yield Bench(bus, line, hand, modules.boxes[1])


def of_unit_2(kind: str) -> Callable[[bytes], bytes]:
    """The same answer from another unit, all closed, with a right sum."""
    if kind == "rtu":
        return lambda answer: closed(b"\x02" + answer[1:-3] + b"\xff")
    return lambda answer: answer[:6] + b"\x02" + answer[7:-1] + b"\xff"


@pytest.mark.parametrize(("kind", "fault"), CASES)
def test_each_fault_is_survived_told_and_over_when_it_is(kind: str, fault: str, tmp_path: Path) -> None:
    with bench(kind, tmp_path, of_unit_2(kind)) as one:
        one.works()
        with one.line.fault(fault):
            if fault in HARMLESS:
                for _ in range(3):
                    one.works()
                assert one.line.injected[fault] > 10
            elif fault == "unplug":
                one.until(lambda: one.health().state == "offline", "offline")
                assert one.health() == BoxHealth("offline", "link_down")
                assert one.bus.link_down
            elif fault in ("garbage", "flipped"):
                # Some answers come through; whatever does is true.
                one.quiet(1.5)
                assert one.line.injected[fault] > 3
            else:
                one.until(lambda: one.health().state == "offline", "offline")
                assert one.health().reason in ("silent", "link_down")
                # A write that waits for its device holds the bus up for its own short time-out and no longer.
                assert fault != "blocked" or one.bus.link_down.endswith("took no data for 0.5 s")
                assert one.quiet(0.5) == []
        one.works()


@pytest.mark.parametrize("fault", ["silence", "truncated", "flipped"])
def test_a_single_lost_answer_costs_no_press_and_doubles_none(fault: str, tmp_path: Path) -> None:
    with bench("rtu", tmp_path, b"?") as one:
        one.works()
        for _ in range(5):
            with one.pressed():
                with one.line.fault(fault):
                    seen = one.line.injected[fault]
                    one.until(lambda seen=seen: one.line.injected[fault] > seen, "an answer is lost")
                one.until(lambda: bool(one.events), "the press")
            assert one.quiet(0.6) == [Press(place(1, 0), "recall", one.count)]
            assert one.health() == ONLINE
