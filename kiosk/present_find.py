"""The screens for who has a number already, in words: the two fields, and the ticket that was found."""

from kiosk.buttons import Button, Look, Mood, Private
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.finding import CANCELLABLE, CODE_SIGNS, REPRINTABLE
from kiosk.keyboard import number_pad
from kiosk.model import Field, Find, Number
from kiosk.present_choosing import enquiry
from kiosk.state import CLOSED
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_visits import TicketView


def find(desk: Desk) -> Find:
    """Number and check code; and the numbers that were not printed just now."""
    texts, visit = desk.words.texts, desk.visit
    complete = bool(visit.number) and len(visit.code) == CODE_SIGNS
    way_on = texts("kiosk.button.find" if complete or visit.in_code else "kiosk.find.next")
    search = Button(way_on, Tap("find"), Look.MAIN if complete else Look.KEY)
    missing = [Button(each, Tap("missing", each)) for each in visit.missing]
    return Find(
        title=texts("kiosk.find.title"),
        hint=texts("kiosk.find.hint_scan" if desk.works(desk.hall.scanner) else "kiosk.find.hint"),
        fields=(
            Field(texts("kiosk.find.number"), visit.number, not visit.in_code, Tap("field", "number")),
            Field(texts("kiosk.find.check_code"), Private(visit.code), visit.in_code, Tap("field", "code")),
        ),
        problem=desk.words.problem(visit.problem) if visit.problem else "",
        keys=number_pad(texts, desk.hall.prefixes, search),
        missing_head=texts("kiosk.find.missing") if missing else "",
        missing=tuple(missing),
        buttons=_ways_out(desk),
    )


def _ways_out(desk: Desk) -> tuple[Button, ...]:
    """While no numbers are given, nothing has been chosen that one could go back to."""
    texts = desk.words.texts
    if desk.phase in CLOSED:
        return (Button(texts("kiosk.button.home"), Tap("home")),)
    return (Button(texts("kiosk.button.back"), Tap("find_back")), *enquiry(desk))


def ticket(desk: Desk) -> Number:
    """A ticket found by its number: where it stands and what can be done."""
    texts, visit, view = desk.words.texts, desk.visit, desk.visit.ticket
    assert view is not None
    head = _state(desk, view)
    if visit.note == "checked_in":
        head = texts("kiosk.ticket.checked_in", area=desk.hall.area_of(view.zone, desk.language))
    elif visit.note == "cancelled_now":
        head = texts("kiosk.ticket.cancelled_now", number=view.number)
    elif visit.note == "added":
        head = texts("kiosk.adding.added", number=view.number, wait=_state(desk, view))
    if visit.problem:
        head = desk.words.problem(visit.problem)
    if visit.asking_cancel:
        head = texts("kiosk.ticket.cancel_question")
    lines = [desk.words.names([each.service for each in view.services])] if view.services else []
    if len(view.stages) > 1:
        lines.append(desk.words.stops(view.stages))
    if view.state is VisitState.WAITING and not visit.note:
        lines.append(texts("kiosk.number.zone", area=desk.hall.area_of(view.zone, desk.language)))
    if view.state in REPRINTABLE and not desk.machine.printer.can_print:
        lines.append(_elsewhere(desk))
    if view.more_ahead:
        lines.append(texts(f"terms.ahead_reason.{view.more_ahead}"))
    return Number(head, view.number, tuple(lines), Mood.CALM, _ticket_buttons(desk, view))


def _elsewhere(desk: Desk) -> str:
    """Where a slip can be had that this machine cannot print."""
    other = desk.healthy_kiosk()
    if other:
        return desk.words.texts("kiosk.ticket.print_other", kiosk=other)
    return desk.words.texts("kiosk.ticket.print_desk")


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
    if view.state is VisitState.WAITING:
        buttons.append(Button(texts("kiosk.button.add"), Tap("add_to"), enabled=not visit.busy))
    if view.state in REPRINTABLE and desk.machine.printer.can_print:
        buttons.append(Button(texts("kiosk.button.print_again"), Tap("print_again"), enabled=not visit.busy))
    if view.state in CANCELLABLE:
        buttons.append(Button(texts("kiosk.button.cancel"), Tap("cancel"), enabled=not visit.busy))
    buttons.append(Button(texts("kiosk.button.home"), Tap("end")))
    return tuple(buttons)
