"""The screens of a number in words: printing, printed, no paper, found again after a break."""

from kiosk.buttons import Button, Look, Mood, Private
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.helping import COMES
from kiosk.model import Matrix, Number
from kiosk.printer_look import PrinterLook
from kiosk.printing import ticket_code
from kiosk.qr import matrix
from kiosk.state import Step
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_visits import TicketView


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
        waits = ticket_view.state is VisitState.WAITING
        return texts("kiosk.number.printed" if waits else "kiosk.number.printed_only"), Mood.GOOD
    if visit.step is Step.UNSURE:
        return texts("kiosk.number.unsure"), Mood.CARE
    if visit.step is Step.OFFER:
        return texts("kiosk.number.recovered", number=ticket_view.number), Mood.CARE
    if visit.helped == COMES:
        return texts("kiosk.help.comes"), Mood.GOOD
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
    """Where to wait and how long, or where to go at once, or what to do with a number that was missed or is kept;
    several stops; the code that proves the number, right under it where both are to be kept in mind."""
    words = desk.words
    if ticket_view.state is VisitState.CALLED:
        lines = [words.texts("kiosk.ticket.called", counter=ticket_view.counter)]
    elif to_do := words.not_queued(ticket_view):
        lines = [to_do]
    else:
        area = words.hall.area_of(ticket_view.zone, words.language)
        lines = [words.texts("kiosk.number.zone", area=area), words.wait(ticket_view)]
    if len(ticket_view.stages) > 1:
        lines.append(words.stops(ticket_view.stages))
    code = Private(words.texts("kiosk.number.check_code", code=ticket_view.check_code))
    return (code, *lines) if desk.visit.step is Step.KEEP else (*lines, code)


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
