"""Printers: virtual ones, well and broken; absent; in another program's hands."""

from pathlib import Path

import pytest

from hardware.check import printers
from hardware.check.parts import Ask
from hardware.check.run import run_tests
from hardware.sim.control import Control
from tests.hardware.check.halls import ask_of, codes, holding, virtual_printer
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire.views_hall import DeviceView

pytestmark = pytest.mark.line


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "printer1"


@pytest.fixture
def ask(tmp_path: Path, link: Path) -> Ask:
    return ask_of(tmp_path, f'[[printer]]\nid = "printer1"\nlink = "serial:{link}?baud=19200"\n')


def checked(ask: Ask) -> list[tuple[str, str]]:
    return [(mark, code) for _, mark, code in codes(run_tests(printers.tests(ask)))]


def test_a_printer_that_is_well(tmp_path: Path, link: Path, ask: Ask) -> None:
    with virtual_printer(tmp_path, link):
        found = run_tests(printers.tests(ask))
    assert codes(found) == [("printer1", "well", "printer.well"), ("printer1", "well", "printer.finish_marker")]
    assert "通用 ESC/POS" in found[0].text("zh")
    assert "Generic ESC/POS" in found[0].text("en")


@pytest.mark.parametrize(
    ("command", "says", "mark"),
    [
        ("paper out", "缺纸", "wrong"),
        ("paper near-end", "纸快用完了", "note"),
        ("cover open", "盖子开着", "wrong"),
        ("jam", "切刀卡住", "wrong"),
        ("head hot", "打印头过热", "wrong"),
    ],
)
def test_a_printer_with_a_fault_says_what_to_do(
    command: str, says: str, mark: str, tmp_path: Path, link: Path, ask: Ask
) -> None:
    with virtual_printer(tmp_path, link):
        with Control(link.with_suffix(".ctl"), "printer", "virtual printer") as control:
            answer = control.command(command)
            assert answer["ok"], answer
        found = run_tests(printers.tests(ask))
    assert (found[0].mark.value, found[0].code) == (mark, "printer.fault")
    assert says in found[0].text("zh")


def test_the_metres_that_the_kiosk_has_counted(tmp_path: Path, link: Path, ask: Ask) -> None:
    rolls = tmp_path / "printers"
    rolls.mkdir()
    with virtual_printer(tmp_path, link):
        (rolls / "printer1.roll").write_text('{"used_mm": 12340.0}')
        found = run_tests(printers.tests(ask))
        assert found[-1].code == "printer.roll"
        assert "12.3" in found[-1].text("zh")
        (rolls / "printer1.roll").write_text("torn")
        assert run_tests(printers.tests(ask))[-1].code == "printer.finish_marker"


def test_a_printer_without_a_marker_is_noted_only_where_it_knows_no_way_at_all(
    tmp_path: Path, link: Path, ask: Ask
) -> None:
    with virtual_printer(tmp_path, link, marker=False):
        assert checked(ask)[-1] == ("well", "printer.finish_fence")


def test_a_printer_at_another_speed_is_silent(tmp_path: Path, link: Path) -> None:
    slow = ask_of(tmp_path, f'[[printer]]\nid = "printer1"\nlink = "serial:{link}?baud=9600"\n')
    with virtual_printer(tmp_path, link):
        assert checked(slow) == [("wrong", "printer.silent")]


def test_a_printer_that_is_not_there(ask: Ask) -> None:
    assert checked(ask) == [("wrong", "link.absent")]


@pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_printer_on_the_network_that_is_off(tmp_path: Path) -> None:
    ask = ask_of(tmp_path, '[[printer]]\nid = "printer1"\nlink = "tcp:127.0.0.1:1"\n')
    found = run_tests(printers.tests(ask))
    assert codes(found) == [("printer1", "wrong", "link.down")]
    assert "Connection refused" in found[0].text("zh")


def view(health: DeviceHealth, reason: str) -> DeviceView:
    return DeviceView(device="printer1", kind="printer", health=health, reason=reason)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, ("note", "in_use.unknown")),
        (view(DeviceHealth.ONLINE, ""), ("well", "in_use.here")),
        (view(DeviceHealth.OFFLINE, "paper_out"), ("wrong", "in_use.here_why")),
        (view(DeviceHealth.OFFLINE, "not_connected"), ("note", "in_use.unknown")),
    ],
)
def test_a_printer_that_a_kiosk_has_is_left_alone(
    known: DeviceView | None, expected: tuple[str, str], tmp_path: Path, link: Path, ask: Ask
) -> None:
    if known:
        ask.known["printer1"] = known
    with virtual_printer(tmp_path, link), holding(f"serial:{link}?baud=19200") as kiosk:
        found = run_tests(printers.tests(ask))
    assert [(each.mark.value, each.code) for each in found] == [expected]
    assert f"进程 {kiosk.pid}" in found[0].text("zh")


def test_a_printer_that_another_machine_reports_is_left_alone(tmp_path: Path, link: Path, ask: Ask) -> None:
    ask.known["printer1"] = view(DeviceHealth.DEGRADED, "paper_near_end")
    with virtual_printer(tmp_path, link):
        found = run_tests(printers.tests(ask))
    assert codes(found) == [("printer1", "note", "in_use.elsewhere_why")]
    assert "纸快用完了" in found[0].text("zh")
