"""(state, command, now) → events and follow-ups, or a Rejection: the only judge. It reads; it never writes.

A decision that depends on what its own events lead to is not taken at once but asked as a follow-up command on the
state that follows: finish → call, open → stages anew → call, one due deadline → the next. A follow-up that is refused
(nobody to call, calling not started) simply does not happen; the first command stands.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from ticketserver.core import commands as c
from ticketserver.core import decide_counters as counters
from ticketserver.core import decide_day as day
from ticketserver.core import decide_notices as notices
from ticketserver.core import decide_sending as sending
from ticketserver.core import decide_tickets as tickets
from ticketserver.core import events as e
from ticketserver.core.decide_restage import restage
from ticketserver.core.ids import CounterNo, Ms
from ticketserver.core.model import Counter
from ticketserver.core.refusal import RefusedError, Rejection
from ticketserver.core.state import HallState
from ticketserver.core.terms import CounterState, Key, StageReason
from ticketserver.core.transitions import KEYS


class Decision(NamedTuple):
    """Events of this step, and commands to be decided on the state after them."""

    events: list[e.Event]
    then: tuple[c.Command, ...] = ()


HALL: dict[type[c.Command], Callable[[HallState, Any, Ms], list[e.Event]]] = {
    c.IssueTicket: tickets.issue_ticket,
    c.AddServices: tickets.add_services,
    c.CheckIn: tickets.check_in,
    c.CancelTicket: tickets.cancel_ticket,
    c.ConfirmPriority: tickets.confirm_priority,
    c.RateVisit: tickets.rate_visit,
    c.ReportPrint: tickets.report_print,
    c.ReportSpoken: day.report_spoken,
    c.SetHours: day.set_hours,
    c.SetOverflow: day.set_overflow,
    c.Announce: notices.announce,
    c.StopAnnouncement: notices.stop_announcement,
    c.SetNotice: notices.set_notice,
    c.ClearNotice: notices.clear_notice,
    c.OpenDay: day.open_day,
    c.ResumeHall: day.resume_hall,
    c.Wake: day.wake,
    c.MatchReady: day.match_ready,
    c.Restage: restage,
}

COUNTER: dict[type[c.AtCounter], Callable[[HallState, Any, Counter, Ms], list[e.Event]]] = {
    c.OpenCounter: counters.open_counter,
    c.CloseCounter: counters.close_counter,
    c.PauseCounter: counters.pause_counter,
    c.ResumeCounter: counters.resume_counter,
    c.Recall: counters.recall,
    c.CallVisit: counters.call_visit,
    c.ServeWalkIn: counters.serve_walk_in,
    c.StartService: counters.start_service,
    c.FinishService: counters.finish_service,
    c.MarkNoShow: counters.mark_no_show,
    c.ReopenVisit: counters.reopen_visit,
    c.HoldVisit: sending.hold_visit,
    c.ResumeVisit: sending.resume_visit,
    c.TransferVisit: sending.transfer_visit,
    c.RequeueVisit: sending.requeue_visit,
    c.SetProfile: day.set_profile,
}

RESTAGE: dict[type[e.Base], StageReason] = {
    e.CounterOpened: StageReason.COUNTER_OPENED,
    e.CounterClosed: StageReason.COUNTER_CLOSED,
    e.NamedReleased: StageReason.NAMED_COUNTER_GONE,
    e.ProfileChanged: StageReason.PROFILE_CHANGED,
    e.OverflowSwitched: StageReason.PROFILE_CHANGED,
}


def decide(state: HallState, command: c.Command, now: Ms) -> Decision | Rejection:
    """Judges `command` on `state` at `now` (ms, not before the last decision)."""
    try:
        if isinstance(command, c.AtCounter):
            counter = state.counters.get(command.counter)
            if counter is None:
                raise RefusedError("unknown_counter", detail=str(command.counter))
            return _at_counter(state, command, counter, now)
        events = HALL[type(command)](state, command, now)
    except RefusedError as refused:
        return Rejection(refused.code, type(command).__name__, refused.state, refused.detail)
    if events and isinstance(command, c.OpenDay | c.SetHours | c.ResumeHall):
        return Decision(events, (c.Wake(),))
    return _with_restage(events, type(command)() if events and isinstance(command, c.Wake | c.MatchReady) else None)


def _with_restage(events: list[e.Event], then: c.Command | None = None) -> Decision:
    follow: list[c.Command] = []
    for event in events:
        if type(event) in RESTAGE:
            closed = event.counter if isinstance(event, e.CounterClosed) else CounterNo(0)
            follow.append(c.Restage(reason=RESTAGE[type(event)], closed=closed))
    return Decision(events, (*follow, then) if then else tuple(follow))


def _at_counter(state: HallState, command: c.AtCounter, counter: Counter, now: Ms) -> Decision:
    if isinstance(command, c.PressKey):
        return _press_key(state, command.key, counter, now)
    if isinstance(command, c.CallNext):
        if counter.state in (CounterState.CALLING, CounterState.SERVING):
            return _press_key(state, Key.NEXT, counter, now)
        return Decision(counters.call_next(state, command, counter, now))
    return _with_restage(COUNTER[type(command)](state, command, counter, now))


def _press_key(state: HallState, key: Key, counter: Counter, now: Ms) -> Decision:
    """The table of keys; a pair that is not in it is refused, and the box beeps."""
    action = KEYS[counter.state].get(key)
    if action is None:
        raise RefusedError("key_not_here", counter.state, key)
    return ACTIONS[action](state, counter, now)


def _open_and_call(state: HallState, counter: Counter, now: Ms) -> Decision:
    counters.refuse_unless_calling_hours(state, now)
    number = counter.counter
    opened = counters.open_counter(state, c.OpenCounter(counter=number), counter, now)
    return Decision(opened, (c.Restage(reason=StageReason.COUNTER_OPENED), c.CallNext(counter=number)))


def _resume_and_call(state: HallState, counter: Counter, now: Ms) -> Decision:
    number = counter.counter
    resumed = counters.resume_counter(state, c.ResumeCounter(counter=number), counter, now)
    return Decision(resumed, (c.CallNext(counter=number),))


def _next_while_calling(state: HallState, counter: Counter, now: Ms) -> Decision:
    """A bounce is the same call; calls left, one more call; none left and the gap over, no-show and call the next."""
    call, number = counter.call, counter.counter
    if call is None or now - call.called_at_ms < state.rules.queue.same_call_ms:
        return Decision([])
    if call.call_no < state.rules.queue.calls:
        return Decision(counters.recall(state, c.Recall(counter=number), counter, now))
    if not counters.no_show_due(state, counter, call, now):
        raise RefusedError("too_early_for_no_show", counter.state)
    missed = e.VisitMissed(counter=number, visit_id=counter.visit, implied=True)
    return Decision([missed], (c.CallNext(counter=number),))


def _finish_and_call(state: HallState, counter: Counter, now: Ms) -> Decision:
    number = counter.counter
    finished = counters.finish_service(state, c.FinishService(counter=number, implied=True), counter, now)
    return Decision(finished, (c.CallNext(counter=number),))


def _finish_and_rate(state: HallState, counter: Counter, now: Ms) -> Decision:
    command = c.FinishService(counter=counter.counter, ask_rating=True)
    return Decision(counters.finish_service(state, command, counter, now))


def _redirect(state: HallState, counter: Counter, now: Ms) -> Decision:
    if not counter.redirect_to:
        raise RefusedError("bad_target", counter.state, "this counter has no redirect target")
    command = c.TransferVisit(counter=counter.counter, zone=counter.redirect_to)
    return Decision(sending.transfer_visit(state, command, counter, now))


def _plain(make: type[c.AtCounter]) -> Callable[[HallState, Counter, Ms], Decision]:
    """A key that is one clerk command."""

    def act(state: HallState, counter: Counter, now: Ms) -> Decision:
        return _at_counter(state, make(counter=counter.counter), counter, now)

    return act


def _nothing(state: HallState, counter: Counter, now: Ms) -> Decision:
    return Decision([])


ACTIONS: dict[str, Callable[[HallState, Counter, Ms], Decision]] = {
    "open_and_call": _open_and_call,
    "resume_and_call": _resume_and_call,
    "call": _plain(c.CallNext),
    "next_while_calling": _next_while_calling,
    "finish_and_call": _finish_and_call,
    "finish_and_rate": _finish_and_rate,
    "finish": _plain(c.FinishService),
    "recall": _plain(c.Recall),
    "start": _plain(c.StartService),
    "same": _nothing,
    "nothing": _nothing,
    "no_show": _plain(c.MarkNoShow),
    "pause": _plain(c.PauseCounter),
    "pause_after": _plain(c.PauseCounter),
    "resume": _plain(c.ResumeCounter),
    "redirect": _redirect,
}
