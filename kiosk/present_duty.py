"""The duty menu in words. Nothing of a visit stands on its pages."""

from collections.abc import Callable
from typing import Final

from kiosk.buttons import Basket, Button, Look, Mood, Pages
from kiosk.desk import Desk
from kiosk.duty_menu import ENTRIES, LOG_ROWS, last_page
from kiosk.duty_state import SERVER, Page
from kiosk.events import Tap
from kiosk.keyboard import DIGIT_ROWS
from kiosk.model import Fact, Field, Find, Listing, Message, Report, Screen
from kiosk.printer_look import PrinterLook
from ticketserver.core.terms import DeviceHealth

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS
SPANS: Final = ((DAY_MS, "days"), (HOUR_MS, "hours"), (MINUTE_MS, "minutes"))


def duty_screen(desk: Desk) -> Screen:
    """The page that stands."""
    return PAGES[desk.machine.duty.page](desk)


def _pad(desk: Desk) -> Find:
    texts, state = desk.words.texts, desk.machine.duty
    wait_ms = state.wait_until_ms - desk.now_ms
    problem = texts("kiosk.duty.wrong", seconds=-(-wait_ms // 1000)) if wait_ms > 0 else ""
    rows = [tuple(Button(sign, Tap("duty_sign", sign), Look.KEY) for sign in row) for row in DIGIT_ROWS]
    rub = Button(texts("kiosk.button.delete"), Tap("duty_rub"), Look.KEY)
    enter = Button(texts("kiosk.duty.enter"), Tap("duty_enter"), Look.MAIN if state.typed else Look.KEY)
    return Find(
        title=texts("kiosk.duty.title"),
        hint=texts("kiosk.duty.pin_hint"),
        # A touch of the field itself types nothing.
        fields=(Field(texts("kiosk.duty.pin"), "•" * len(state.typed), True, Tap("duty_sign")),),
        problem=problem,
        keys=(*rows, (rub, Button("0", Tap("duty_sign", "0"), Look.KEY), enter)),
        missing_head="",
        missing=(),
        buttons=(_back(desk),),
    )


def _no_pin(desk: Desk) -> Message:
    texts = desk.words.texts
    key = "kiosk.duty.pin_unreadable" if desk.machine.duty.unreadable else "kiosk.duty.pin_unset"
    return Message(texts(key), (_back(desk),), Mood.CARE, texts("kiosk.duty.title"))


def _menu(desk: Desk) -> Listing:
    texts, state = desk.words.texts, desk.machine.duty
    rows = [
        Button(texts(f"kiosk.duty.{name}"), Tap("duty_do", name), Look.SIDE, texts(f"kiosk.duty.{name}_hint"))
        for name in ENTRIES
    ]
    return Listing(
        title=texts("kiosk.duty.title"),
        hint=_note(desk) if state.note else texts("kiosk.duty.hint"),
        rows=tuple(rows),
        pages=Pages(texts("kiosk.button.earlier"), texts("kiosk.button.later")),
        buttons=(*_volume(desk), _close(desk)),
        basket=Basket(),
    )


def _volume(desk: Desk) -> tuple[Button, ...]:
    """Of the voice that reads screens aloud, where there is one."""
    texts = desk.words.texts
    if not desk.machine.voices:
        return ()
    softer = Button(texts("kiosk.duty.softer"), Tap("duty_louder", "-1"))
    return (softer, Button(texts("kiosk.duty.louder"), Tap("duty_louder", "1")))


def _note(desk: Desk) -> str:
    """What came of the last wish."""
    texts, state = desk.words.texts, desk.machine.duty
    if state.note == "volume":
        return texts("kiosk.aloud.volume", percent=desk.machine.volume)
    if state.note != "test_failed":
        return texts(f"kiosk.duty.{state.note}")
    cause = state.cause if not state.cause.can_print else PrinterLook.OFFLINE
    return texts("kiosk.duty.test_failed", reason=texts(f"terms.device_reason.{cause.value}"))


def _health(desk: Desk) -> Report:
    """Printer, readers, the line: how each stands, why, and since when."""
    texts, machine = desk.words.texts, desk.machine
    look = machine.printer
    health = DeviceHealth.ONLINE if look is PrinterLook.OK else DeviceHealth.DEGRADED
    rows = [_device(desk, "printer", desk.hall.printer, health if look.can_print else DeviceHealth.OFFLINE, look.value)]
    for kind, name in (("scanner", desk.hall.scanner), ("card_reader", desk.hall.card_reader)):
        seen = machine.inputs.get(name)
        if seen is not None:
            rows.append(_device(desk, kind, name, seen.health, seen.reason))
        elif name:
            rows.append(Fact(_named(desk, kind, name), texts("terms.device_reason.unheard")))
    line = texts("kiosk.duty.connected" if machine.connected else "kiosk.duty.not_connected")
    rows.append(Fact(texts("kiosk.duty.line"), line + _since(desk, SERVER)))
    return Report(texts("kiosk.duty.health"), tuple(rows), (_back(desk), _close(desk)))


def _device(desk: Desk, kind: str, name: str, health: DeviceHealth, reason: str) -> Fact:
    texts = desk.words.texts
    said = texts(f"terms.device_health.{health.value}")
    if reason:
        # A maker's own word that the catalogue does not know stands as it is.
        key = f"terms.device_reason.{reason}"
        said += texts("kiosk.duty.why", reason=texts(key) if key in texts else reason)
    return Fact(_named(desk, kind, name), said + _since(desk, name))


def _named(desk: Desk, kind: str, name: str) -> str:
    return f"{desk.words.texts(f'terms.device_kind.{kind}')} {name}"


def _since(desk: Desk, name: str) -> str:
    """For how long something has stood as it does."""
    texts, since_ms = desk.words.texts, desk.machine.duty.since_ms.get(name, desk.now_ms)
    for_ms = desk.now_ms - since_ms
    unit_ms, unit = next((each for each in SPANS if for_ms >= each[0]), (1000, "seconds"))
    return texts("kiosk.duty.since", span=texts(f"kiosk.duty.{unit}", count=for_ms // unit_ms))


def _log(desk: Desk) -> Report:
    """The newest page last, its newest line at the foot."""
    texts, state = desk.words.texts, desk.machine.duty
    end = len(state.lines) - state.back * LOG_ROWS
    rows = tuple(Fact(*line) for line in state.lines[max(0, end - LOG_ROWS) : max(0, end)])
    older = Button(texts("kiosk.duty.older"), Tap("duty_turn", "1"), enabled=state.back < last_page(state))
    newer = Button(texts("kiosk.duty.newer"), Tap("duty_turn", "-1"), enabled=state.back > 0)
    return Report(texts("kiosk.duty.log"), rows, (older, newer, _back(desk), _close(desk)))


def _about(desk: Desk) -> Report:
    texts = desk.words.texts
    rows = [Fact(texts("terms.device_kind.kiosk"), desk.hall.kiosk)]
    rows += [Fact(texts(f"kiosk.duty.about_{name}"), value) for name, value in desk.machine.duty.about]
    return Report(texts("kiosk.duty.about"), tuple(rows), (_back(desk), _close(desk)))


def _restart(desk: Desk) -> Message:
    texts = desk.words.texts
    yes = Button(texts("kiosk.duty.restart"), Tap("duty_restart"), Look.MAIN)
    return Message(texts("kiosk.duty.restart_question"), (yes, _back(desk)), Mood.CARE, texts("kiosk.duty.restart"))


def _back(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.button.back"), Tap("duty_back"))


def _close(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.duty.close"), Tap("duty_close"))


PAGES: Final[dict[Page, Callable[[Desk], Screen]]] = {
    Page.PIN: _pad,
    Page.NO_PIN: _no_pin,
    Page.MENU: _menu,
    Page.HEALTH: _health,
    Page.LOG: _log,
    Page.ABOUT: _about,
    Page.RESTART: _restart,
}
