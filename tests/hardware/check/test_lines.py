"""Lines: virtual boxes and panels behind real ptys, well, silent, pressed, strange, absent, in use."""

import threading
import time
from pathlib import Path

import pytest

from hardware.bridge.lines import Device, Line
from hardware.check import lines
from hardware.check.links import Opener
from hardware.check.parts import Ask
from hardware.check.run import run_tests
from hardware.devices.call_box_parts import BoxEvent, BoxHealth
from hardware.sim.box_keypad import KeypadBus
from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.box_ub485 import Ub485Bus
from hardware.sim.control import Control
from hardware.sim.modbus_lines import ModuleBus
from hardware.sim.modbus_server import RtuServer
from hardware.transports.open import open_link
from tests.hardware.check.halls import WAIT_S, Prompts, ask_of, codes, virtual_boxes, virtual_panels
from tests.hardware.serving import DEADLINE_S, serving
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire.views_hall import DeviceView

pytestmark = pytest.mark.line


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "line"


def ub485(link: Path, *more: str) -> str:
    boxes = "".join(f"[[bus.box]]\ncounter = {n}\naddress = {0x20 + n}\n{extra}\n" for n, extra in enumerate(more, 1))
    return f'[[bus]]\nid = "bus1"\nlink = "serial:{link}?baud=57600"\n{boxes}'


def line_boxes(link: Path) -> str:
    return (
        f'[[bus]]\nid = "bus1"\nlink = "serial:{link}?baud=9600"\nprotocol = "line"\n[bus.line]\n'
        'receive = { press = "K{address}:{key}", alive = "OK{address}" }\nsend = { ping = "P{address}" }\n'
        "[[bus.box]]\ncounter = 1\naddress = 33\n[[bus.box]]\ncounter = 2\naddress = 34\n"
    )


def panels(link: Path, model: str = "led485-4") -> str:
    return "".join(
        f'[[panel]]\ncounter = {n}\nlink = "serial:{link}?baud=9600"\nmodel = "{model}"\naddress = {n}\n'
        for n in (1, 2)
    )


def checked(ask: Ask) -> list[tuple[str, str, str]]:
    return codes(run_tests(lines.tests(ask)))


def told(link: Path, *commands: str) -> None:
    with Control(link.with_suffix(".ctl"), "box", "virtual boxes") as control:
        for command in commands:
            answer = control.command(command)
            assert answer["ok"], answer


def test_boxes_that_say_nothing_unasked_are_noted(tmp_path: Path, link: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SETTLE_S", 1.0)
    with virtual_boxes(Ub485Bus([33, 34]), link):
        found = checked(ask_of(tmp_path, ub485(link, "", "")))
    assert found == [("box-bus1-33", "note", "line.box_unheard"), ("box-bus1-34", "note", "line.box_unheard")]


def test_boxes_that_answer_are_well_and_a_dead_one_is_named(tmp_path: Path, link: Path) -> None:
    wording = LineWording(ping="P{address}", alive="OK{address}")
    with virtual_boxes(LineBus([33, 34], wording), link):
        ask = ask_of(tmp_path, line_boxes(link))
        assert checked(ask) == [("box-bus1-33", "well", "line.box_well"), ("box-bus1-34", "well", "line.box_well")]
        told(link, "fault dead 0x22 on")
        found = run_tests(lines.tests(ask))
    assert codes(found) == [("box-bus1-33", "well", "line.box_well"), ("box-bus1-34", "wrong", "line.fault")]
    assert "没有回应" in found[1].text("zh")


def test_the_first_key_of_each_box_is_waited_for(tmp_path: Path, link: Path) -> None:
    prompts = Prompts()

    def hand() -> None:
        prompts.until("line.press")
        told(link, "press 0x21 next", "press 0x22 finish")

    person = threading.Thread(target=hand)
    with virtual_boxes(Ub485Bus([33, 34]), link):
        ask = ask_of(tmp_path, ub485(link, "", ""), prompts, press_s=WAIT_S)
        person.start()
        found = run_tests(lines.tests(ask))
        person.join()
    assert codes(found) == [("box-bus1-33", "well", "line.pressed"), ("box-bus1-34", "well", "line.pressed")]
    assert "下一个" in found[0].text("zh")
    assert "Finish" in found[1].text("en")


def test_a_box_that_nobody_presses_and_one_that_nobody_set_up(tmp_path: Path, link: Path) -> None:
    prompts = Prompts()

    def hand() -> None:
        prompts.until("line.press")
        told(link, "press 0x22 next")

    person = threading.Thread(target=hand)
    with virtual_boxes(Ub485Bus([33, 34]), link):
        ask = ask_of(tmp_path, ub485(link, ""), prompts, press_s=5.0)
        person.start()
        found = run_tests(lines.tests(ask))
        person.join()
    assert codes(found) == [("box-bus1-33", "wrong", "line.not_pressed"), ("bus1", "note", "line.stranger")]
    assert "34" in found[1].text("zh")


def test_a_keypad_is_there_and_a_pad_of_levels_says_which(tmp_path: Path, link: Path) -> None:
    prompts = Prompts()
    devices = (
        f'[[bus]]\nid = "bus1"\nlink = "input:{link}"\nprotocol = "keypad"\n'
        '[[bus.box]]\ncounter = 1\nmodel = "rating-keypad-5"\n'
    )

    def hand() -> None:
        prompts.until("line.press")
        told(link, "press 0 KP5")

    assert checked(ask_of(tmp_path, devices)) == [("bus1", "wrong", "link.absent")]
    person = threading.Thread(target=hand)
    with virtual_boxes(KeypadBus([0]), link):
        ask = ask_of(tmp_path, devices, prompts, press_s=WAIT_S)
        person.start()
        found = run_tests(lines.tests(ask))
        person.join()
    assert codes(found) == [("pad-bus1-0", "well", "line.pressed")]
    assert "评价器" in found[0].text("zh")
    assert "非常满意" in found[0].text("zh")


def test_modules_that_answer_and_one_that_does_not(tmp_path: Path, link: Path) -> None:
    boxes = "".join(f"[[bus.box]]\ncounter = {unit}\naddress = {unit}\n" for unit in (1, 2))
    devices = f'[[bus]]\nid = "bus1"\nlink = "serial:{link}?baud=9600"\nprotocol = "modbus-rtu"\n{boxes}'
    with serving(RtuServer(ModuleBus([1, 2], "waveshare"), link, None)):
        found = checked(ask_of(tmp_path, devices))
    assert [(mark, code) for _, mark, code in found] == [("well", "line.box_well")] * 2
    with serving(RtuServer(ModuleBus([2], "waveshare"), link, None)):
        dead, _ = checked(ask_of(tmp_path, devices))
    assert dead[1:] == ("wrong", "line.fault")


class Fading:
    """A bus whose first box answers once and then no more."""

    link_down = ""

    def __init__(self) -> None:
        self.turns = 0

    def wait(self, timeout_s: float) -> bool:
        return True

    def poll(self, now_ms: int) -> list[BoxEvent]:
        self.turns += 1
        return []

    def health(self) -> dict[int, BoxHealth]:
        silent = BoxHealth("offline", "silent")
        return {33: BoxHealth("online") if self.turns < 3 else silent, 34: silent}


def test_a_box_that_answers_and_then_does_not_comes_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "SETTLE_S", 0.1)
    devices = {address: Device(f"box-{address}", "call_box", address) for address in (33, 34)}
    found = lines._boxes(Line("bus1", devices, Fading()), "", Opener(open_link))
    assert codes(found) == [("box-33", "note", "line.unsteady"), ("box-34", "wrong", "line.fault")]


def until_dark(control: Control) -> None:
    """What the check said last is on its way to the panels when it ends."""
    deadline_s = time.monotonic() + DEADLINE_S
    while "8888" in str(state := control.command("state")):
        assert time.monotonic() < deadline_s, state


def test_panels_show_something_and_go_dark(tmp_path: Path, link: Path) -> None:
    prompts = Prompts()
    with virtual_panels(link, [1, 2]):
        found = run_tests(lines.tests(ask_of(tmp_path, panels(link), prompts)))
        with Control(link.with_suffix(".ctl"), "panel", "virtual panels") as control:
            until_dark(control)
    assert codes(found) == [("panel-1", "well", "line.panel_well"), ("panel-2", "well", "line.panel_well")]
    assert [each.code for each in prompts] == ["line.look"]
    assert "8888" in prompts[0].text("zh")


def test_a_panel_that_does_not_answer(tmp_path: Path, link: Path) -> None:
    with virtual_panels(link, [1]):
        found = run_tests(lines.tests(ask_of(tmp_path, panels(link))))
    assert codes(found) == [("panel-1", "well", "line.panel_well"), ("panel-2", "wrong", "line.fault")]


def test_a_panel_that_never_answers_is_to_be_looked_at(tmp_path: Path, link: Path) -> None:
    with virtual_panels(link, [1, 2]):
        found = run_tests(
            lines.tests(ask_of(tmp_path, panels(link, "ub485-board").replace("address = ", "address = 4")))
        )
    assert {(mark, code) for _, mark, code in codes(found)} == {("note", "line.panel_shown")}
    assert "测试" in found[0].text("zh")


@pytest.mark.parametrize("devices", [lambda link: ub485(link, ""), panels])
def test_a_line_that_is_not_there(devices, tmp_path: Path, link: Path) -> None:
    found = checked(ask_of(tmp_path, devices(link)))
    assert [(mark, code) for _, mark, code in found] == [("wrong", "link.absent")]


def test_a_line_that_the_bridge_has_is_left_alone(tmp_path: Path, link: Path) -> None:
    ask = ask_of(tmp_path, ub485(link, "", ""))
    for device, health, reason in (("box-bus1-33", "online", ""), ("box-bus1-34", "offline", "silent")):
        ask.known[device] = DeviceView(device=device, kind="call_box", health=DeviceHealth(health), reason=reason)
    with virtual_boxes(Ub485Bus([33, 34]), link):
        found = run_tests(lines.tests(ask))
    assert codes(found) == [
        ("box-bus1-33", "well", "in_use.elsewhere"),
        ("box-bus1-34", "wrong", "in_use.elsewhere_why"),
    ]


def test_a_line_that_loses_presses_is_refused(link: Path, tmp_path: Path) -> None:
    boxes = "".join(f"[[bus.box]]\ncounter = {n}\naddress = {n}\n" for n in range(1, 7))
    bus = f'[[bus]]\nid = "bus1"\nlink = "serial:{link}?baud=9600"\nprotocol = "modbus-rtu"\n{boxes}'
    found = checked(ask_of(tmp_path, bus))
    assert ("bus1", "wrong", "line.slow") in found
