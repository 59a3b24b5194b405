"""Card readers and scanners: does the line open, does the device answer, and with `--scan` one card or code.

Of a card nobody learns more than that it could be read: the test's key is thrown away with it. Of a code its length.
"""

import secrets
from datetime import date
from functools import partial
from typing import Final

from hardware.check.links import Opener, in_use, no_link
from hardware.check.parts import Ask, Finding, Trial, note, reason, well, wrong
from hardware.check.turning import turn_for
from hardware.devices.card_reader import CardReader
from hardware.devices.card_reader_parts import CardAgain, CardDay, CardRead, CardUnknown
from hardware.devices.scanner import Scanned, Scanner
from hardware.devices.scanner_make import make_scanner
from hardware.transports.open import open_link
from ticketserver.shared import settings as tables

SETTLE_S: Final = 6.0
AGE_LIMIT: Final = 70


def tests(ask: Ask) -> list[Trial]:
    limit_s = SETTLE_S + ask.scan_s + 2
    readers = [
        Trial((each.id,), each.link, partial(_card_reader, ask, each), limit_s) for each in ask.settings.card_reader
    ]
    scanners = [Trial((each.id,), each.link, partial(_scanner, ask, each), limit_s) for each in ask.settings.scanner]
    return readers + scanners


def _card_reader(ask: Ask, reader: tables.CardReader) -> list[Finding]:
    name = reader.id
    if used := in_use(ask, reader.link, (name,)):
        return used
    opener = Opener(open_link)
    driver = CardReader(partial(opener, reader.link))
    try:
        turn_for(SETTLE_S, driver, lambda _: bool(opener.problems) or driver.health().state != "unheard")
        health = driver.health()
        if problem := opener.problems.get(reader.link):
            return [no_link(name, reader.link, problem)]
        if health.state == "unheard":
            return [wrong(name, "reader.fault", why=reason("silent"))]
        if health.reason:
            return [wrong(name, "reader.fault", why=reason(health.reason))]
        found = [well(name, "reader.well", link=reader.link)]
        return found + (_card(ask, driver, name) if ask.scan_s else [])
    finally:
        driver.close()


def _card(ask: Ask, driver: CardReader, name: str) -> list[Finding]:
    ask.prompt(note(name, "reader.lay", seconds=f"{ask.scan_s:g}"))
    driver.use(CardDay(secrets.token_bytes(32), date.today(), AGE_LIMIT))
    events = turn_for(ask.scan_s, driver, lambda events: bool(events) or bool(driver.health().reason))
    for event in reversed(events):
        match event:
            case CardRead():
                return [well(name, "reader.read")]
            case CardUnknown(kind):
                return [note(name, "reader.unknown_kind", kind=kind)]
            case CardAgain(word):
                return [wrong(name, "reader.again", reason=word)]
    if word := driver.health().reason:
        return [wrong(name, "reader.fault", why=reason(word))]
    return [wrong(name, "reader.no_card", seconds=f"{ask.scan_s:g}")]


def _scanner(ask: Ask, scanner: tables.Scanner) -> list[Finding]:
    name = scanner.id
    if used := in_use(ask, scanner.link, (name,)):
        return used
    opener = Opener(open_link)
    driver = make_scanner(scanner.link, scanner.ending, scanner.silence_ms, model=scanner.model, opener=opener)
    try:
        turn_for(SETTLE_S, driver, lambda _: bool(opener.problems) or driver.health().state != "unheard")
        if problem := opener.problems.get(scanner.link):
            return [no_link(name, scanner.link, problem)]
        if driver.health().state != "online":
            return [wrong(name, "scanner.fault", why=reason("silent"))]
        if ask.scan_s:
            return _code(ask, driver, name)
        answers = scanner.model == "gm65"
        return [(well if answers else note)(name, "scanner.answers" if answers else "scanner.well", link=scanner.link)]
    finally:
        driver.close()


def _code(ask: Ask, driver: Scanner, name: str) -> list[Finding]:
    ask.prompt(note(name, "scanner.show", seconds=f"{ask.scan_s:g}"))

    def over(events: list[Scanned]) -> bool:
        # A module reads for some seconds on command, and nobody knows when the person is ready.
        driver.trigger()
        return bool(events)

    events = turn_for(ask.scan_s, driver, over)
    if not events:
        return [wrong(name, "scanner.no_code", seconds=f"{ask.scan_s:g}")]
    return [well(name, "scanner.scanned", length=len(events[0].text))]
