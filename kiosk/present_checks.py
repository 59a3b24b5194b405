"""The screens of a precheck in words: a question, and what came of the answers."""

from kiosk import precheck_words as say
from kiosk.buttons import Basket, Button, Look, Mood
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.model import Listing, Message
from kiosk.prechecks import check_of, is_past, may_go_on, outcome_of, question_of
from kiosk.present_choosing import enquiry, pages


def question(desk: Desk) -> Listing:
    words, check, asked = desk.words, check_of(desk), question_of(desk)
    rows = [
        Button(answer.name.of(desk.language), Tap("answer", str(place))) for place, answer in enumerate(asked.answers)
    ]
    return Listing(
        title=asked.name.of(desk.language),
        hint=words.texts("kiosk.check.hint", name=_names(desk), year=check.year),
        rows=tuple(rows),
        pages=pages(desk),
        buttons=(_back(desk), *enquiry(desk)),
        basket=Basket(),
    )


def outcome(desk: Desk) -> Message:
    words, checking = desk.words, desk.visit.check
    check = check_of(desk)
    if checking.closed:
        kind, lines = "closed", [_when(desk), words.texts("kiosk.check.notice")]
    else:
        found = outcome_of(desk)
        kind, lines = found.kind, [found.name.of(desk.language), say.papers(words, found)]
        if kind == "elsewhere":
            lines = [words.texts("kiosk.check.place", place=lines[0]), lines[1], say.days(words, check)]
        elif kind == "cannot" and checking.answered is not None:
            lines.insert(0, words.texts("kiosk.check.answered", answer=checking.answered.of(desk.language)))
        else:
            lines.append(say.amount(words, check, found))
    lines.append(say.source(words, check))
    title = words.texts(f"kiosk.check.{kind}", name=_names(desk))
    if checking.paper == "failed":
        title = words.texts("kiosk.check.paper_failed")
    mood = Mood.GOOD if kind == "go_on" else Mood.CARE
    return Message("\n".join(line for line in lines if line), _buttons(desk, kind), mood, title)


def _names(desk: Desk) -> str:
    """The things chosen that the precheck is about."""
    return desk.words.names([code for code in check_of(desk).services if code in desk.visit.basket])


def _when(desk: Desk) -> str:
    """The days, and whether they are still to come."""
    words, check = desk.words, check_of(desk)
    if is_past(check, desk):
        return words.texts("kiosk.check.past", year=check.year, days=say.days(words, check))
    key = "kiosk.check.not_yet" if check.opens and desk.today < check.opens else "kiosk.check.over"
    return words.texts(key, days=say.days(words, check))


def _buttons(desk: Desk, kind: str) -> tuple[Button, ...]:
    texts, checking = desk.words.texts, desk.visit.check
    buttons = []
    if may_go_on(desk):
        buttons.append(Button(texts("kiosk.button.continue"), Tap("check_on"), Look.MAIN))
    if kind == "elsewhere" and desk.machine.printer.can_print:
        label = texts("kiosk.check.print" if not checking.paper else f"kiosk.check.{checking.paper}")
        enabled = checking.paper != "printing"
        buttons.append(Button(label, Tap("check_print"), Look.MAIN, enabled=enabled))
    if kind != "go_on" and not desk.visit.basket.keys() <= set(check_of(desk).services):
        buttons.append(Button(texts("kiosk.check.others"), Tap("check_drop")))
    buttons += enquiry(desk)
    buttons.append(_back(desk))
    if kind != "go_on":
        buttons.append(Button(texts("kiosk.button.home"), Tap("home")))
    return tuple(buttons)


def _back(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.button.back"), Tap("check_back"))
