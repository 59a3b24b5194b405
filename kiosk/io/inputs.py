"""The kiosk's scanner and card reader, each in its thread; a kiosk has none, one or both.

Drivers get plain values: the hall's age limit here, the day's key as it is told.
"""

from collections.abc import Callable
from datetime import date

from hardware.devices.card_reader import CardReader
from hardware.devices.card_reader_make import make_card_reader
from hardware.devices.card_reader_parts import AgeGroup, CardAgain, CardDay, CardEvent, CardRead, CardUnknown
from hardware.devices.scanner import Scanned as DeviceScanned
from hardware.devices.scanner import Scanner
from hardware.devices.scanner_make import make_scanner
from kiosk.events import Event
from kiosk.io.input_thread import InputThread
from kiosk.reading_events import CardSeen, CardUnread, Scanned, UseKey
from ticketserver.shared.devices import Kiosk
from ticketserver.shared.settings import Settings

Tell = Callable[[Event], None]
Failed = Callable[[Exception], None]


def scan(scanned: DeviceScanned) -> Event:
    return Scanned(scanned.text)


def card(seen: CardEvent) -> Event:
    match seen:
        case CardRead(holder, age_group):
            return CardSeen(holder, age_group is AgeGroup.AGED)
        case CardAgain():
            return CardUnread()
        case CardUnknown():
            return CardUnread(unknown=True)


class Inputs:
    """`start`, then `trigger` and `use_key` as the flow wants it, `stop`."""

    def __init__(
        self, scanner: Scanner | None, reader: CardReader | None, names: tuple[str, str], age_limit: int,
        tell: Tell, failed: Failed,
    ) -> None:  # fmt: skip
        """`names`: the ids of scanner and card reader."""
        self._scanner, self._reader, self._age_limit = scanner, reader, age_limit
        self._scans = InputThread(names[0], "scanner", scanner, scan, tell, failed) if scanner else None
        self._cards = InputThread(names[1], "card_reader", reader, card, tell, failed) if reader else None
        self._threads = [each for each in (self._scans, self._cards) if each is not None]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for thread in self._threads:
            thread.stop()

    def join(self, timeout_s: float) -> None:
        for thread in self._threads:
            thread.join(timeout_s)

    def trigger(self) -> None:
        if self._scans is not None and self._scanner is not None:
            self._scans.do(self._scanner.trigger)

    def use_key(self, told: UseKey) -> None:
        reader = self._reader
        if self._cards is None or reader is None:
            return
        day = None
        if told.key:
            day = CardDay(bytes.fromhex(told.key), date.fromisoformat(told.day), self._age_limit)
        self._cards.do(lambda: reader.use(day))


def inputs_of(settings: Settings, kiosk: Kiosk, tell: Tell, failed: Failed) -> Inputs:
    """The scanner and card reader that this kiosk names; nothing is opened yet."""
    scanner = next((each for each in settings.scanner if each.id == kiosk.scanner), None)
    reader = next((each for each in settings.card_reader if each.id == kiosk.card_reader), None)
    made = None
    if scanner is not None:
        made = make_scanner(scanner.link, scanner.ending, scanner.silence_ms, model=scanner.model)
    cards = make_card_reader(reader.link) if reader is not None else None
    return Inputs(made, cards, (kiosk.scanner, kiosk.card_reader), settings.queue.age_limit, tell, failed)
