"""From the kiosk's memory to the picture: which screen stands, and every word on it."""

from collections.abc import Callable

from kiosk.buttons import Button, Look, Mood
from kiosk.controls import controls
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.model import Frame, Message, Screen, Warning
from kiosk.present_booking import booking
from kiosk.present_checks import outcome, question
from kiosk.present_choosing import home, listing, situations
from kiosk.present_confirm import confirm, priority
from kiosk.present_duty import duty_screen
from kiosk.present_find import find, ticket
from kiosk.present_languages import languages
from kiosk.present_needs import needs
from kiosk.present_number import number
from kiosk.present_pension import pension, pension_said
from kiosk.present_rest import quiet
from kiosk.present_search import search
from kiosk.state import Step, Visit
from kiosk.timeouts import warning
from ticketserver.core.terms import Phase

LATE_MS = 3_000
"""An answer that takes longer than this is spoken of."""
STEPS: dict[Step, Callable[[Desk], Screen]] = {
    Step.HOME: home,
    Step.SITUATIONS: situations,
    Step.LISTING: listing,
    Step.SEARCH: search,
    Step.CONFIRM: confirm,
    Step.PRIORITY: priority,
    Step.NEEDS: needs,
    Step.FIND: find,
    Step.CHECK: question,
    Step.CHECKED: outcome,
    Step.BOOKING: booking,
    Step.PENSION: pension,
    Step.PENSION_SAID: pension_said,
    Step.TICKET: ticket,
}


def frame(desk: Desk) -> Frame:
    """The whole picture."""
    duty = bool(desk.machine.duty.page)
    screen = duty_screen(desk) if duty else _screen(desk)
    return Frame(
        screen=screen,
        hall=desk.hall.name.of(desk.language),
        clock=desk.words.clock(desk.server_ms) if desk.machine.ever_connected else "",
        controls=controls(desk),
        warning=None if duty else _warning(desk),
        ease=desk.ease,
        language=desk.language,
        quiet=quiet(desk, screen),
        fresh=not duty and desk.visit == Visit(),
    )


def _warning(desk: Desk) -> Warning | None:
    left = warning(desk)
    if left is None:
        return None
    texts = desk.words.texts
    key = "kiosk.timeout.number" if desk.visit.step is Step.KEEP else "kiosk.timeout.question"
    go_on = Button(texts("kiosk.button.continue"), Tap("continue"), Look.MAIN)
    return Warning(texts(key, seconds=left.seconds), go_on)


def _screen(desk: Desk) -> Screen:
    visit = desk.visit
    if visit.choosing_language:
        return languages(desk)
    if desk.shut == "away":
        return _away(desk)
    if desk.shut == "closed":
        return _closed(desk)
    if visit.step is Step.NO_SLIP:
        return _no_slip(desk)
    if visit.step is Step.ASKING:
        return _asking(desk)
    if visit.step is Step.MESSAGE:
        return _message(desk)
    return STEPS.get(visit.step, number)(desk)


def _away(desk: Desk) -> Message:
    """Without the server; over it what was held before the kiosk in vain."""
    texts, unheard = desk.words.texts, f"kiosk.away.{desk.visit.card}"
    title = texts(unheard) if unheard in texts else ""
    return Message(texts("kiosk.away.text"), mood=Mood.CARE, title=title)


def _closed(desk: Desk) -> Message:
    """Outside the hours. Who has a number can still check in or print it again."""
    words, hours = desk.words, desk.machine.hours
    have_number = Button(words.texts("kiosk.button.have_number"), Tap("have_number"))
    if hours is None or desk.phase is Phase.NO_DAY:
        text = _when(desk, "kiosk.closed.no_day")
        return Message(text)
    if desk.phase is Phase.BEFORE_NUMBERS:
        numbers, calling = words.clock(hours.numbers_from_ms), words.clock(hours.calling_from_ms)
        return Message(words.texts("kiosk.closed.before", numbers=numbers, calling=calling))
    ended = desk.phase is Phase.ENDED
    return Message(_when(desk, "kiosk.closed.ended" if ended else "kiosk.closed.cut_off"), (have_number,))


def _when(desk: Desk, key: str) -> str:
    """The sentence with the next opening, or the one for when it is not known."""
    opening = desk.machine.hours.next_opening_ms if desk.machine.hours else 0
    if not opening:
        return desk.words.texts(f"{key}_unknown")
    return desk.words.texts(key, when=desk.words.day_and_clock(opening, desk.server_ms))


def _no_slip(desk: Desk) -> Message:
    texts, look = desk.words.texts, desk.machine.printer
    reason = texts("kiosk.no_slip.paper_out" if look.value == "paper_out" else "kiosk.no_slip.fault")
    other = desk.healthy_kiosk()
    where = texts("kiosk.no_slip.other", kiosk=other) if other else texts("kiosk.no_slip.desk")
    buttons = (
        Button(texts("kiosk.button.take_without_slip"), Tap("take_without_slip"), Look.MAIN),
        Button(texts("kiosk.button.back"), Tap("back")),
    )
    return Message(reason + where if desk.language == "zh" else f"{reason} {where}", buttons, Mood.CARE)


def _asking(desk: Desk) -> Message:
    late = not desk.machine.connected or desk.now_ms - desk.visit.asked_ms > LATE_MS
    return Message(desk.words.texts("kiosk.asking.confirming" if late else "kiosk.asking.title"))


def _message(desk: Desk) -> Message:
    texts = desk.words.texts
    home_button = Button(texts("kiosk.button.home"), Tap("end"), Look.MAIN)
    return Message(desk.words.problem(desk.visit.problem), (home_button,), Mood.CARE, texts("kiosk.problem.title"))
