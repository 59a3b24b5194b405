"""From a method's parameters to the core's command: one row a method."""

from collections.abc import Callable
from typing import Any

from ticketserver.core import commands as c
from ticketserver.core.ids import CounterNo, Ms, VisitId
from ticketserver.core.refusal import RefusedError
from ticketserver.core.terms import Role, Source, VisitState
from ticketserver.server.appointments import usable
from ticketserver.server.asking import TRUSTED, Context, claim, find_visit, items, numbered
from ticketserver.wire import announcing as a
from ticketserver.wire import params as p
from ticketserver.wire.errors import Refusal

SOURCES = {Role.KIOSK: Source.KIOSK, Role.INTEGRATOR: Source.INTEGRATOR, Role.PHONE: Source.PHONE}


def issue_ticket(context: Context, asked: p.IssueTicket) -> c.Command:
    """A kiosk has nobody's word for an appointment but a code that the hall signed."""
    priority, basis = claim(context, asked.priority)
    if asked.appointment_ms and context.role is Role.KIOSK:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="a kiosk shows an appointment by its code")
    booked = usable(context.appointments, context.state, asked.appointment) if asked.appointment else None
    if booked is not None and (asked.services or asked.purpose or asked.appointment_ms):
        raise RefusedError(Refusal.NOT_ALLOWED, detail="the appointment names its services and time")
    return c.IssueTicket(
        token=asked.token,
        day=asked.day,
        items=tuple(map(c.Item, booked.services)) if booked else items(context, asked.services, asked.purpose),
        source=SOURCES.get(context.role, Source.GUIDE),
        device=context.device,
        employers=asked.employers,
        on_behalf=asked.on_behalf,
        priority=priority,
        basis=basis,
        holder=asked.holder,
        appointment_ms=booked.from_ms if booked else Ms(asked.appointment_ms),
        appointment_until_ms=booked.to_ms if booked else Ms(0),
        booking=booked.serial if booked else "",
        note=asked.reason,
    )


def add_services(context: Context, asked: p.AddServices) -> c.Command:
    """A citizen adds while waiting; once the visit is called, a clerk does."""
    visit = find_visit(context, asked)
    if context.role not in TRUSTED and visit.state is not VisitState.WAITING:
        raise RefusedError(Refusal.WRONG_STATE, visit.state)
    return c.AddServices(visit_id=visit.visit_id, items=items(context, asked.services, ""))


def check_in(context: Context, asked: p.CheckIn) -> c.Command:
    """A missed number comes back by presence; whether a phone proves that is the hall's rule."""
    if context.role is Role.PHONE and not context.phone_check_in:
        raise RefusedError(Refusal.NOT_ALLOWED, detail="check-in by phone is off")
    return c.CheckIn(visit_id=find_visit(context, asked).visit_id)


def rate_visit(context: Context, asked: p.RateVisit) -> c.Command:
    return c.RateVisit(visit_id=find_visit(context, asked).visit_id, level=asked.level, service=asked.service)


def report_print(context: Context, asked: p.ReportPrint) -> c.Command:
    return c.ReportPrint(
        visit_id=asked.visit_id, outcome=asked.outcome, detail=asked.detail, reprint=asked.reprint
    )


def serve_walk_in(context: Context, asked: p.ServeWalkIn) -> c.Command:
    chosen = items(context, asked.services, asked.purpose)
    return c.ServeWalkIn(counter=asked.counter, token=asked.token, items=chosen, reason=asked.reason)


def finish_service(context: Context, asked: p.FinishService) -> c.Command:
    return c.FinishService(
        counter=asked.counter, not_done=tuple(asked.not_done), reason=asked.reason, ask_rating=asked.ask_rating
    )


def reopen_visit(context: Context, asked: p.ReopenVisit) -> c.Command:
    visit_id = numbered(context, asked.number) if asked.number else VisitId(0)
    return c.ReopenVisit(counter=asked.counter, visit_id=visit_id)


def transfer_visit(context: Context, asked: p.TransferVisit) -> c.Command:
    return c.TransferVisit(
        counter=asked.counter,
        service=asked.service,
        zone=asked.zone,
        to_counter=CounterNo(asked.to_counter),
        reason=asked.reason,
    )


def set_hours(context: Context, asked: p.SetHours) -> c.Command:
    return c.SetHours(
        last_number_ms=Ms(asked.last_number_ms), ends_ms=Ms(asked.ends_ms), calling_paused=asked.calling_paused
    )


def announce(context: Context, asked: a.Announce) -> c.Command:
    return c.Announce(
        text_zh=asked.text_zh,
        text_en=asked.text_en,
        urgent=asked.urgent,
        zones=asked.zones,
        repeat=asked.repeat,
        by=context.role,
    )


def set_notice(context: Context, asked: a.SetNotice) -> c.Command:
    return c.SetNotice(text_zh=asked.text_zh, text_en=asked.text_en, until_ms=Ms(asked.until_ms), by=context.role)


Make = Callable[[Context, Any], c.Command]

COMMANDS: dict[str, Make] = {
    "issue_ticket": issue_ticket,
    "check_in": check_in,
    "cancel_ticket": lambda x, a: c.CancelTicket(visit_id=find_visit(x, a).visit_id, reason=a.reason),
    "add_services": add_services,
    "rate_visit": rate_visit,
    "report_print": report_print,
    "confirm_priority": lambda x, a: c.ConfirmPriority(visit_id=find_visit(x, a).visit_id, confirmed=a.confirmed),
    "press_key": lambda x, a: c.PressKey(counter=a.counter, key=a.key),
    "open_counter": lambda x, a: c.OpenCounter(counter=a.counter),
    "pause_counter": lambda x, a: c.PauseCounter(counter=a.counter),
    "resume_counter": lambda x, a: c.ResumeCounter(counter=a.counter),
    "close_counter": lambda x, a: c.CloseCounter(counter=a.counter, returns_at_ms=Ms(a.returns_at_ms)),
    "call_next": lambda x, a: c.CallNext(counter=a.counter),
    "recall": lambda x, a: c.Recall(counter=a.counter),
    "call_visit": lambda x, a: c.CallVisit(counter=a.counter, visit_id=numbered(x, a.number), reason=a.reason),
    "serve_walk_in": serve_walk_in,
    "start_service": lambda x, a: c.StartService(counter=a.counter),
    "finish_service": finish_service,
    "mark_no_show": lambda x, a: c.MarkNoShow(counter=a.counter),
    "reopen_visit": reopen_visit,
    "hold_visit": lambda x, a: c.HoldVisit(counter=a.counter, kind=a.kind, same_counter=a.same_counter),
    "resume_visit": lambda x, a: c.ResumeVisit(counter=a.counter, visit_id=numbered(x, a.number)),
    "transfer_visit": transfer_visit,
    "requeue_visit": lambda x, a: c.RequeueVisit(counter=a.counter, reason=a.reason),
    "report_spoken": lambda x, a: c.ReportSpoken(call_id=a.call_id),
    "report_shown": lambda x, a: c.ReportSpoken(call_id=a.call_id, shown=True),
    "set_hours": set_hours,
    "set_profile": lambda x, a: c.SetProfile(counter=a.counter, profile=a.profile),
    "set_overflow": lambda x, a: c.SetOverflow(profile=a.profile, on=a.on),
    "announce": announce,
    "stop_announcement": lambda x, a: c.StopAnnouncement(announcement_id=a.announcement_id),
    "set_notice": set_notice,
    "clear_notice": lambda x, a: c.ClearNotice(notice_id=a.notice_id),
}
