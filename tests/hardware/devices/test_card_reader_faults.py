"""Every fault of a serial line against the card reader's driver, over real ptys and a virtual reader.

The driver passes a fault when nothing false is given while it lasts, health is honest, and a card is given once when
it is over, by the same driver.
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from hardware.devices.card_reader import CardReader
from hardware.devices.card_reader_parts import AgeGroup, CardAgain, CardDay, CardRead
from hardware.devices.reading_health import ReadingHealth
from hardware.sim.card_reader_engine import CardReaderEngine
from hardware.transports.open import open_link
from tests.hardware.codecs.id_cards import frame, reading, resident
from tests.hardware.devices.readings import running
from tests.hardware.line_faults import PtyLine
from tests.hardware.turning import Turning

KEY = bytes(range(32))
OLD = CardRead(hmac.new(KEY, b"11010519491231002X", "sha256").hexdigest(), AgeGroup.AGED)
ONLINE = ReadingHealth("online")

pytestmark = pytest.mark.line


class Scene:
    def __init__(self, line: PtyLine, baud: int, engine: CardReaderEngine, said) -> None:
        self.line, self.engine, self.said = line, engine, said
        self.driver = CardReader(lambda: open_link(line.address(baud)))
        self.turning = Turning(self.driver, line.turn, lambda: said("state"))
        self.driver.use(CardDay(KEY, date(2026, 11, 25), 70))

    def do(self, command: str) -> None:
        assert self.said(command) == {"ok": True}

    def online(self) -> None:
        assert self.turning.until(lambda _: self.driver.health() == ONLINE) == []

    def card(self) -> None:
        """A card is laid down, given once, and taken off."""
        self.do("card resident")
        assert self.turning.until(lambda events: OLD in events)[-1] == OLD
        assert self.turning.during(0.4) == []
        self.do("away")
        assert self.turning.during(1.3) == []


@contextmanager
def scene(tmp_path: Path, baud: int = 115200, **faults) -> Iterator[Scene]:
    engine = CardReaderEngine()
    engine.read_s = 0.2
    device = tmp_path / "device"
    with running(engine, device) as say, PtyLine(tmp_path / "line", device, **faults) as line:
        made = Scene(line, baud, engine, say)
        try:
            yield made
        finally:
            made.driver.close()


def test_without_a_fault(tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.online()
        made.card()
        made.card()


@pytest.mark.parametrize("fault", ["late", "split", "garbage", "doubled", "echo"])
def test_a_card_is_given_once_in_spite_of_it(fault: str, tmp_path: Path) -> None:
    with scene(tmp_path, late_s=0.15, split_s=0.0001) as made, made.line.fault(fault):
        made.online()
        made.card()
        made.card()
        assert made.line.injected[fault] >= 10


@pytest.mark.parametrize(
    ("fault", "health"),
    [
        ("silence", ReadingHealth("offline", "silent")),
        ("truncated", ReadingHealth("offline", "silent")),
        ("flipped", ReadingHealth("degraded", "damaged")),
        ("stranger", ReadingHealth("offline", "silent")),
        ("wrong_speed", ReadingHealth("offline", "silent")),
    ],
)
def test_nothing_is_believed_and_it_heals(fault: str, health: ReadingHealth, tmp_path: Path) -> None:
    # Another unit's answers: good ones, to questions that this reader was not asked.
    stranger = frame(0x90, bytes(8)) + reading(resident())
    with scene(tmp_path, stranger=stranger, flip_bit=80) as made:
        made.online()
        with made.line.fault(fault):
            made.do("card resident")
            assert made.turning.until(lambda _: made.driver.health() == health) == []
            assert made.turning.during(0.5) == []
            made.do("away")
        made.online()
        made.card()


@pytest.mark.parametrize("fault", ["silence", "truncated", "flipped"])
def test_a_fault_that_begins_while_a_card_is_read(fault: str, tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.online()
        made.do("slow 1.0")
        made.do("card resident")
        made.turning.until(lambda _: made.engine.reads == 1)
        with made.line.fault(fault):
            events = made.turning.until(lambda events: bool(events))
        assert [type(event) for event in events] == [CardAgain]
        made.do("away")
        made.turning.during(1.3)
        made.do("slow 0.2")
        made.online()
        made.card()


def test_the_port_disappears_and_returns(tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.online()
        with made.line.fault("unplug"):
            made.turning.until(lambda _: made.driver.health() == ReadingHealth("offline", "link_down"))
            assert made.driver.link_down
        made.online()
        made.card()


def test_the_line_takes_nothing(tmp_path: Path) -> None:
    with scene(tmp_path) as made:
        made.online()
        with made.line.fault("blocked"):
            assert made.turning.until(lambda _: made.driver.health().state == "offline") == []
        made.online()
        made.card()


def test_opened_at_a_wrong_speed(tmp_path: Path) -> None:
    with scene(tmp_path, baud=9600) as made:
        made.do("card resident")
        silent = ReadingHealth("offline", "silent")
        assert made.turning.until(lambda _: made.driver.health() == silent) == []
        # The person turns the reader's switch.
        made.do("away")
        made.do("speed 9600")
        made.online()
        made.card()


def test_switched_on_after_the_driver(tmp_path: Path) -> None:
    driver = CardReader(lambda: open_link(f"serial:{tmp_path / 'device'}?baud=115200"))
    turning = Turning(driver)
    turning.during(0.2)
    assert driver.health() == ReadingHealth("offline", "link_down")
    with running(CardReaderEngine(), tmp_path / "device"):
        turning.until(lambda _: driver.health() == ONLINE)
    driver.close()
