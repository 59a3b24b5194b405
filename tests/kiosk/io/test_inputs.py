"""The kiosk's scanner and card reader over ptys with virtual devices: codes and cards as events, nothing of persons."""

import logging
import queue
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from hardware.devices.card_reader_parts import CardAgain, CardUnknown
from hardware.sim.card_reader_engine import CardReaderEngine
from hardware.sim.scanner_engine import ScannerEngine
from kiosk.io.inputs import card, inputs_of
from kiosk.reading_events import CardSeen, CardUnread, InputSeen, Scanned, UseKey
from tests.hardware.devices.readings import running
from ticketserver.core.terms import DeviceHealth
from ticketserver.shared.settings import CardReader, Scanner, load_settings
from ticketserver.shared.texts import HERE

TOKEN = "AbCdEfGhIjKlMnOpQrStUv"
KEY = UseKey("5a" * 32, "2026-11-25")
WAIT_S = 30
SAMPLE = load_settings(HERE.parent / "sample" / "hall.toml")


def settings(tmp_path: Path, **scanner):
    """The sample hall with a scanner and a card reader in `tmp_path`."""
    return replace(
        SAMPLE,
        scanner=(Scanner(id="scanner1", link=f"serial:{tmp_path / 'scanner'}?baud=9600", **scanner),),
        card_reader=(CardReader(id="reader1", link=f"serial:{tmp_path / 'reader'}?baud=115200"),),
    )


@pytest.fixture
def inputs(tmp_path):
    """Starts the inputs of a kiosk; what they tell is in `told`."""
    made = []

    def start(settings, scanner="scanner1", card_reader="reader1"):
        told = queue.Queue()
        kiosk = replace(settings.kiosk[0], scanner=scanner, card_reader=card_reader)
        found = inputs_of(settings, kiosk, told.put, told.put)
        made.append(found)
        found.start()
        return found, told

    yield start
    for found in made:
        found.stop()
        found.join(WAIT_S)


def until(told: queue.Queue, wanted) -> list:
    """Everything told until something equal to `wanted`."""
    seen, ends = [], time.monotonic() + WAIT_S
    while wanted not in seen:
        seen.append(told.get(timeout=max(0.0, ends - time.monotonic())))
    return seen


def a_card(told: queue.Queue) -> CardSeen:
    while not isinstance(seen := told.get(timeout=WAIT_S), CardSeen):
        pass
    return seen


def test_codes_and_cards_become_events(tmp_path, inputs, caplog) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        running(ScannerEngine(), tmp_path / "scanner") as scanner,
        running(CardReaderEngine(), tmp_path / "reader") as reader,
    ):
        found, told = inputs(settings(tmp_path))
        until(told, InputSeen("reader1", "card_reader", DeviceHealth.ONLINE))
        found.use_key(KEY)
        found.trigger()
        scanner(f"scan {TOKEN}")
        until(told, Scanned(TOKEN))
        reader("card resident")
        seen = a_card(told)
        assert seen.aged
        assert len(seen.holder) == 64
    for secret in (TOKEN, "11010519491231002X", "示例老人", "示例路", seen.holder, KEY.key):
        assert secret not in caplog.text


def test_a_hall_may_set_another_age(tmp_path, inputs) -> None:
    with running(CardReaderEngine(), tmp_path / "reader") as reader:
        hall = settings(tmp_path)
        found, told = inputs(replace(hall, queue=replace(hall.queue, age_limit=80)), scanner="")
        found.use_key(KEY)
        reader("card resident")
        assert not a_card(told).aged


def test_a_key_that_is_taken_away(tmp_path, inputs) -> None:
    with running(CardReaderEngine(), tmp_path / "reader") as reader:
        found, told = inputs(settings(tmp_path), scanner="")
        until(told, InputSeen("reader1", "card_reader", DeviceHealth.ONLINE))
        found.use_key(KEY)
        found.use_key(UseKey("", ""))
        reader("card resident")
        time.sleep(1.5)
        assert told.empty()


def test_a_module_is_triggered(tmp_path, inputs) -> None:
    with running(ScannerEngine(mode="on-command"), tmp_path / "scanner") as scanner:
        found, told = inputs(settings(tmp_path, model="gm65"), card_reader="")
        until(told, InputSeen("scanner1", "scanner", DeviceHealth.ONLINE))
        found.trigger()
        scanner(f"scan {TOKEN}")
        until(told, Scanned(TOKEN))


def test_lost_and_back(tmp_path, inputs) -> None:
    offline = InputSeen("scanner1", "scanner", DeviceHealth.OFFLINE, "link_down")
    _, told = inputs(settings(tmp_path), card_reader="")
    until(told, offline)
    with running(ScannerEngine(), tmp_path / "scanner"):
        assert until(told, InputSeen("scanner1", "scanner", DeviceHealth.ONLINE))
    until(told, offline)


def test_a_kiosk_without_either(inputs) -> None:
    found, told = inputs(SAMPLE, "", "")
    found.trigger()
    found.use_key(KEY)
    assert told.empty()


def test_cards_that_gave_nothing() -> None:
    assert card(CardAgain("read")) == CardUnread()
    assert card(CardUnknown("Y")) == CardUnread(unknown=True)
