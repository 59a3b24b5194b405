"""The screens of a number in words: printing, printed, no paper, found again; and the search for one."""

from kiosk.desk import Desk, Step
from kiosk.events import PrinterLook, Tap
from kiosk.finding import CANCELLABLE, CODE_SIGNS, REPRINTABLE
from kiosk.keyboard import number_pad
from kiosk.model import Button, Field, Find, Look, Matrix, Mood, Number
from kiosk.qr import matrix
from kiosk.taking import ticket_code
from ticketserver.core.terms import VisitState
from ticketserver.wire.views import TicketView


def number(desk: Desk) -> Number:
    """A number on its way to paper and after."""
    ticket_view = desk.visit.ticket
    assert ticket_view is not None
    head, mood = _head(desk, ticket_view)
    return Number(
        head=head,
        number=ticket_view.number,
        lines=_lines(desk, ticket_view),
        mood=mood,
        buttons=_buttons(desk),
        qr=_qr(desk),
        caption=_caption(desk),
    )


def _head(desk: Desk, ticket_view: TicketView) -> tuple[str, Mood]:
    texts, visit = desk.words.texts, desk.visit
    if visit.step is Step.PRINTING:
        return texts("kiosk.number.printing", number=ticket_view.number), Mood.CALM
    if visit.step is Step.DONE:
        return texts("kiosk.number.printed"), Mood.GOOD
    if visit.step is Step.UNSURE:
        return texts("kiosk.number.unsure"), Mood.CARE
    if visit.step is Step.OFFER:
        return texts("kiosk.number.recovered", number=ticket_view.number), Mood.CARE
    if visit.helped:
        return texts("kiosk.number.helped"), Mood.CALM
    return _kept(desk, ticket_view.number), Mood.CARE


def _kept(desk: Desk, number_text: str) -> str:
    """Why there is no paper, that the number is valid, and what to do."""
    texts, fault = desk.words.texts, desk.visit.fault
    if fault is None:
        return texts("kiosk.number.without_slip", number=number_text)
    if fault is not PrinterLook.PAPER_OUT:
        return texts("kiosk.number.fault", number=number_text)
    other = desk.healthy_kiosk()
    if other:
        return texts("kiosk.number.paper_out_other", number=number_text, kiosk=other)
    return texts("kiosk.number.paper_out", number=number_text)


def _lines(desk: Desk, ticket_view: TicketView) -> tuple[str, ...]:
    """Where to wait, how long, several stops, and the code that proves the number."""
    words = desk.words
    area = words.hall.area_of(ticket_view.zone, words.language)
    lines = [words.texts("kiosk.number.zone", area=area), words.wait(ticket_view)]
    if len(ticket_view.stages) > 1:
        lines.append(words.stops(ticket_view.stages))
    lines.append(words.texts("kiosk.number.check_code", code=ticket_view.check_code))
    return tuple(lines)


def _qr(desk: Desk) -> Matrix:
    return matrix(ticket_code(desk.machine.public_url, desk.visit.token))


def _caption(desk: Desk) -> str:
    if not desk.visit.token:
        return ""
    return desk.words.texts("kiosk.number.scan" if desk.machine.public_url else "kiosk.number.token")


def _buttons(desk: Desk) -> tuple[Button, ...]:
    texts, step = desk.words.texts, desk.visit.step
    if step is Step.DONE:
        return (Button(texts("kiosk.button.finish"), Tap("end"), Look.MAIN),)
    if step is Step.UNSURE:
        came_out = Button(texts("kiosk.button.came_out"), Tap("came_out"), Look.MAIN)
        return (came_out, Button(texts("kiosk.button.not_out"), Tap("not_out")))
    if step is Step.OFFER:
        print_now = Button(texts("kiosk.button.print_now"), Tap("print_offered"), Look.MAIN)
        return (print_now, Button(texts("kiosk.button.no_slip_needed"), Tap("end")))
    return _keep_buttons(desk) if step is Step.KEEP else ()


def _keep_buttons(desk: Desk) -> tuple[Button, ...]:
    texts, visit = desk.words.texts, desk.visit
    buttons = [Button(texts("kiosk.button.remembered"), Tap("end"), Look.MAIN)]
    if desk.machine.printer.can_print:
        key = "kiosk.button.print_again" if visit.fault is not None else "kiosk.button.print_now"
        buttons.append(Button(texts(key), Tap("print_again")))
    if visit.fault is not None and not visit.helped:
        buttons.append(Button(texts("kiosk.button.write_for_me"), Tap("write_for_me")))
    return tuple(buttons)


def find(desk: Desk) -> Find:
    """Number and check code; and the numbers that were not printed just now."""
    texts, visit = desk.words.texts, desk.visit
    complete = bool(visit.number) and len(visit.code) == CODE_SIGNS
    search = Button(texts("kiosk.button.find"), Tap("find"), Look.MAIN if complete else Look.KEY)
    missing = [Button(each, Tap("missing", each)) for each in visit.missing]
    return Find(
        title=texts("kiosk.find.title"),
        hint=texts("kiosk.find.hint"),
        fields=(
            Field(texts("kiosk.find.number"), visit.number, not visit.in_code, Tap("field", "number")),
            Field(texts("kiosk.find.check_code"), visit.code, visit.in_code, Tap("field", "code")),
        ),
        problem=desk.words.problem(visit.problem) if visit.problem else "",
        keys=number_pad(texts, desk.hall.prefixes, search),
        missing_head=texts("kiosk.find.missing") if missing else "",
        missing=tuple(missing),
        buttons=(Button(texts("kiosk.button.home"), Tap("home")),),
    )


def ticket(desk: Desk) -> Number:
    """A ticket found by its number: where it stands and what can be done."""
    texts, visit, view = desk.words.texts, desk.visit, desk.visit.ticket
    assert view is not None
    head = _state(desk, view)
    if visit.note == "checked_in":
        head = texts("kiosk.ticket.checked_in", area=desk.hall.area_of(view.zone, desk.language))
    elif visit.note == "cancelled_now":
        head = texts("kiosk.ticket.cancelled_now", number=view.number)
    if visit.problem:
        head = desk.words.problem(visit.problem)
    if visit.asking_cancel:
        head = texts("kiosk.ticket.cancel_question")
    services = desk.words.names([each.service for each in view.services])
    return Number(head, view.number, (services,) if services else (), Mood.CALM, _ticket_buttons(desk, view))


def _state(desk: Desk, view: TicketView) -> str:
    texts = desk.words.texts
    if view.state is VisitState.WAITING:
        return texts("kiosk.ticket.waiting", wait=desk.words.wait(view))
    if view.state in (VisitState.CALLED, VisitState.SERVING):
        return texts(f"kiosk.ticket.{view.state.value}", counter=view.counter)
    if view.state is VisitState.NO_SHOW:
        if not view.returns_left:
            return texts("kiosk.ticket.no_show_none", number=view.number)
        others, left = desk.hall.comeback_after, view.returns_left
        return texts("kiosk.ticket.no_show", number=view.number, others=others, left=left)
    if view.state is VisitState.HELD:
        if view.counter:
            return texts("kiosk.ticket.held", counter=view.counter)
        return texts("kiosk.ticket.held_desk")
    return texts(f"kiosk.ticket.{view.state.value}")


def _ticket_buttons(desk: Desk, view: TicketView) -> tuple[Button, ...]:
    texts, visit = desk.words.texts, desk.visit
    if visit.asking_cancel:
        keep = Button(texts("kiosk.button.cancel_no"), Tap("cancel_no"), Look.MAIN)
        return (keep, Button(texts("kiosk.button.cancel_yes"), Tap("cancel_yes")))
    buttons = []
    if view.state is VisitState.NO_SHOW and view.returns_left:
        buttons.append(Button(texts("kiosk.button.check_in"), Tap("check_in"), Look.MAIN, enabled=not visit.busy))
    if view.state in REPRINTABLE and desk.machine.printer.can_print:
        buttons.append(Button(texts("kiosk.button.print_again"), Tap("print_again"), enabled=not visit.busy))
    if view.state in CANCELLABLE:
        buttons.append(Button(texts("kiosk.button.cancel"), Tap("cancel"), enabled=not visit.busy))
    buttons.append(Button(texts("kiosk.button.home"), Tap("end")))
    return tuple(buttons)
