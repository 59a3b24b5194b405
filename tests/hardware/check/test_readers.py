"""Card readers and scanners: virtual ones, well and broken; a card and a code from the test's hand."""

import threading
from pathlib import Path

import pytest

from hardware.check import readers
from hardware.check.parts import Ask
from hardware.check.run import run_tests
from hardware.sim.control import Control
from hardware.sim.reading_server import ReadingServer
from hardware.sim.scanner_engine import ScannerEngine
from tests.hardware.check.halls import WAIT_S, Prompts, ask_of, codes, virtual_card_reader
from tests.hardware.serving import serving

CODE = "https://hall.example/t/AbCdEfGhIjKl"

pytestmark = pytest.mark.line


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "device"


def card_reader(link: Path) -> str:
    return f'[[card_reader]]\nid = "reader1"\nlink = "serial:{link}?baud=115200"\n'


def scanner(link: Path, baud: int = 9600) -> str:
    return f'[[scanner]]\nid = "scanner1"\nlink = "serial:{link}?baud={baud}"\n'


def checked(ask: Ask) -> list[tuple[str, str]]:
    return [(mark, code) for _, mark, code in codes(run_tests(readers.tests(ask)))]


def told(link: Path, *commands: str) -> None:
    with Control(link.with_suffix(".ctl"), "reader", "virtual device") as control:
        for command in commands:
            answer = control.command(command)
            assert answer["ok"], answer


class Hand(threading.Thread):
    """Does something once the person is asked to."""

    def __init__(self, link: Path, code: str, command: str) -> None:
        super().__init__()
        self.prompts = Prompts()
        self._link, self._code, self._command = link, code, command

    def run(self) -> None:
        self.prompts.until(self._code)
        told(self._link, self._command)


def test_a_card_reader_that_is_well(tmp_path: Path, link: Path) -> None:
    with virtual_card_reader(link):
        assert checked(ask_of(tmp_path, card_reader(link))) == [("well", "reader.well")]


@pytest.mark.parametrize("command", ["dead on", "speed 9600"])
def test_a_card_reader_that_says_nothing(command: str, tmp_path: Path, link: Path) -> None:
    with virtual_card_reader(link):
        told(link, command)
        found = run_tests(readers.tests(ask_of(tmp_path, card_reader(link))))
    assert codes(found) == [("reader1", "wrong", "reader.fault")]
    assert "没有回应" in found[0].text("zh")


@pytest.mark.parametrize("devices", [card_reader, scanner])
def test_a_device_that_is_not_there(devices, tmp_path: Path, link: Path) -> None:
    assert checked(ask_of(tmp_path, devices(link))) == [("wrong", "link.absent")]


@pytest.mark.parametrize(
    ("before", "command", "expected"),
    [
        ("split on", "card resident", ("well", "reader.read")),
        ("split off", "card unknown", ("note", "reader.unknown_kind")),
        ("pull", "card resident", ("wrong", "reader.again")),
        ("authorised off", "card resident", ("wrong", "reader.fault")),
    ],
)
def test_a_card_is_read_and_nothing_of_it_is_said(
    before: str, command: str, expected: tuple[str, str], tmp_path: Path, link: Path
) -> None:
    hand = Hand(link, "reader.lay", command)
    with virtual_card_reader(link):
        told(link, before)
        ask = ask_of(tmp_path, card_reader(link), hand.prompts, scan_s=WAIT_S)
        hand.start()
        found = run_tests(readers.tests(ask))
        hand.join()
    assert (found[-1].mark.value, found[-1].code) == expected
    assert not any("11010519491231002X" in each.text(language) for each in found for language in ("zh", "en"))


def test_no_card_in_time(tmp_path: Path, link: Path) -> None:
    with virtual_card_reader(link):
        assert checked(ask_of(tmp_path, card_reader(link), scan_s=0.5))[-1] == ("wrong", "reader.no_card")


def test_a_scanner_can_only_be_opened_until_somebody_scans(tmp_path: Path, link: Path) -> None:
    with serving(ReadingServer(ScannerEngine(), link, None)):
        assert checked(ask_of(tmp_path, scanner(link))) == [("note", "scanner.well")]


@pytest.mark.parametrize(
    ("mode", "expected"), [("on-command", ("well", "scanner.answers")), ("serial", ("wrong", "scanner.fault"))]
)
def test_a_module_answers(mode: str, expected: tuple[str, str], tmp_path: Path, link: Path) -> None:
    with serving(ReadingServer(ScannerEngine(mode=mode), link, None)):
        assert checked(ask_of(tmp_path, scanner(link) + 'model = "gm65"\n')) == [expected]


def test_a_module_is_told_to_scan(tmp_path: Path, link: Path) -> None:
    hand = Hand(link, "scanner.show", f"scan {CODE}")
    with serving(ReadingServer(ScannerEngine(mode="on-command"), link, link.with_suffix(".ctl"))):
        ask = ask_of(tmp_path, scanner(link) + 'model = "gm65"\n', hand.prompts, scan_s=WAIT_S)
        hand.start()
        assert checked(ask) == [("well", "scanner.scanned")]
        hand.join()


def test_a_code_is_scanned_and_not_said(tmp_path: Path, link: Path) -> None:
    hand = Hand(link, "scanner.show", f"scan {CODE}")
    with serving(ReadingServer(ScannerEngine(), link, link.with_suffix(".ctl"))):
        ask = ask_of(tmp_path, scanner(link), hand.prompts, scan_s=WAIT_S)
        hand.start()
        found = run_tests(readers.tests(ask))
        hand.join()
    assert codes(found) == [("scanner1", "well", "scanner.scanned")]
    assert str(len(CODE)) in found[0].text("zh")
    assert CODE not in found[0].text("zh") + found[0].text("en")


def test_a_code_at_another_speed_is_none(tmp_path: Path, link: Path) -> None:
    hand = Hand(link, "scanner.show", f"scan {CODE}")
    with serving(ReadingServer(ScannerEngine(), link, link.with_suffix(".ctl"))):
        ask = ask_of(tmp_path, scanner(link, baud=115200), hand.prompts, scan_s=1.0)
        hand.start()
        assert checked(ask) == [("wrong", "scanner.no_code")]
        hand.join()
