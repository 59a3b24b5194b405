"""The table of methods: name → parameters, result, roles. `docs/wire.md` is generated from it.

`journalled` methods go through the sequencer and may change the hall; the others read, or touch only what
lives in memory (connections, device health).
"""

from msgspec import Struct

from ticketserver.core.terms import Role
from ticketserver.wire import announcing as a
from ticketserver.wire import guidance as g
from ticketserver.wire import params as p
from ticketserver.wire import prints as w
from ticketserver.wire import reports as r
from ticketserver.wire import views as v

PROTOCOL = 1

STAFF = frozenset({Role.CLERK, Role.GUIDE, Role.SUPERVISOR})
AT_COUNTERS = frozenset({Role.CLERK, Role.SUPERVISOR})
TELLERS = frozenset({Role.GUIDE, Role.SUPERVISOR})
TAKERS = frozenset({Role.KIOSK, Role.GUIDE, Role.SUPERVISOR, Role.INTEGRATOR})
TICKET_HOLDERS = TAKERS | {Role.PHONE, Role.CLERK}
ANYONE = frozenset(Role)


class Method(Struct, frozen=True):
    params: type[p.Params]
    result: type[v.View]
    roles: frozenset[Role]
    journalled: bool = True


METHODS: dict[str, Method] = {
    "hello": Method(p.Hello, v.HelloResult, ANYONE, False),
    "get_catalogue": Method(p.GetCatalogue, v.CatalogueView, ANYONE, False),
    "find_services": Method(g.FindServices, g.FoundView, STAFF, False),
    "get_guidance": Method(g.GetGuidance, g.GuidanceView, STAFF, False),
    "subscribe": Method(p.Subscribe, v.Snapshot, ANYONE, False),
    "plan_visit": Method(p.PlanVisit, v.PlanView, TAKERS | {Role.PHONE}, False),
    "read_appointment": Method(p.ReadAppointment, v.AppointmentView, TAKERS, False),
    "issue_ticket": Method(p.IssueTicket, v.TicketView, TAKERS),
    "find_request": Method(p.FindRequest, v.TicketView, TAKERS, False),
    "find_ticket": Method(p.FindTicket, v.TicketView, TICKET_HOLDERS, False),
    "get_ticket": Method(p.GetTicket, v.TicketView, TICKET_HOLDERS, False),
    "check_in": Method(p.CheckIn, v.TicketView, TICKET_HOLDERS),
    "cancel_ticket": Method(p.CancelTicket, v.TicketView, TICKET_HOLDERS),
    "add_services": Method(p.AddServices, v.TicketView, TICKET_HOLDERS),
    "rate_visit": Method(p.RateVisit, v.Accepted, TICKET_HOLDERS | {Role.BRIDGE}),
    "report_print": Method(p.ReportPrint, v.Accepted, TAKERS),
    "report_health": Method(p.ReportHealth, v.Accepted, frozenset({Role.KIOSK, Role.DISPLAY, Role.BRIDGE}), False),
    "request_help": Method(p.RequestHelp, v.HelpView, frozenset({Role.KIOSK}), False),
    "accept_help": Method(p.AcceptHelp, v.HelpView, STAFF, False),
    "print_ticket": Method(w.PrintTicket, w.PrintView, STAFF, False),
    "end_print": Method(w.EndPrint, w.PrintView, frozenset({Role.KIOSK}), False),
    "get_wait_report": Method(r.GetWaitReport, r.WaitReport, frozenset({Role.GUIDE, Role.SUPERVISOR}), False),
    "list_prints": Method(w.ListPrints, w.PrintsView, STAFF, False),
    "press_key": Method(p.PressKey, v.KeyResult, frozenset({Role.BRIDGE})),
    "open_counter": Method(p.OpenCounter, v.VisitDone, AT_COUNTERS),
    "pause_counter": Method(p.PauseCounter, v.VisitDone, AT_COUNTERS),
    "resume_counter": Method(p.ResumeCounter, v.VisitDone, AT_COUNTERS),
    "close_counter": Method(p.CloseCounter, v.VisitDone, AT_COUNTERS),
    "call_next": Method(p.CallNext, v.VisitDone, AT_COUNTERS),
    "recall": Method(p.Recall, v.VisitDone, AT_COUNTERS),
    "call_visit": Method(p.CallVisit, v.VisitDone, AT_COUNTERS),
    "serve_walk_in": Method(p.ServeWalkIn, v.VisitDone, AT_COUNTERS),
    "start_service": Method(p.StartService, v.VisitDone, AT_COUNTERS),
    "finish_service": Method(p.FinishService, v.VisitDone, AT_COUNTERS),
    "mark_no_show": Method(p.MarkNoShow, v.VisitDone, AT_COUNTERS),
    "reopen_visit": Method(p.ReopenVisit, v.VisitDone, AT_COUNTERS),
    "hold_visit": Method(p.HoldVisit, v.VisitDone, AT_COUNTERS),
    "resume_visit": Method(p.ResumeVisit, v.VisitDone, AT_COUNTERS),
    "transfer_visit": Method(p.TransferVisit, v.VisitDone, AT_COUNTERS),
    "requeue_visit": Method(p.RequeueVisit, v.VisitDone, AT_COUNTERS),
    "confirm_priority": Method(p.ConfirmPriority, v.TicketView, STAFF),
    "list_waiting": Method(p.ListWaiting, v.WaitingView, STAFF, False),
    "list_visits": Method(p.ListVisits, v.VisitsView, STAFF | {Role.KIOSK}, False),
    "report_spoken": Method(p.ReportSpoken, v.Accepted, frozenset({Role.DISPLAY})),
    "report_shown": Method(p.ReportShown, v.Accepted, frozenset({Role.DISPLAY})),
    "set_hours": Method(p.SetHours, v.HoursView, frozenset({Role.SUPERVISOR})),
    "set_profile": Method(p.SetProfile, v.VisitDone, frozenset({Role.SUPERVISOR})),
    "set_overflow": Method(p.SetOverflow, v.Accepted, frozenset({Role.SUPERVISOR})),
    "announce": Method(a.Announce, v.AnnouncementView, TELLERS),
    "stop_announcement": Method(a.StopAnnouncement, v.Accepted, TELLERS),
    "set_notice": Method(a.SetNotice, v.NoticeView, TELLERS),
    "clear_notice": Method(a.ClearNotice, v.Accepted, TELLERS),
}

NOTIFICATIONS: dict[str, type[v.Note]] = {
    "visit_called": v.VisitCalled,
    "board_changed": v.BoardChanged,
    "counter_changed": v.CounterChanged,
    "queue_changed": v.QueueChanged,
    "ticket_changed": v.TicketChanged,
    "device_changed": v.DeviceChanged,
    "help_requested": v.HelpRequested,
    "print_requested": w.PrintRequested,
    "print_changed": w.PrintChanged,
}

TOPICS: dict[str, tuple[tuple[str, ...], frozenset[Role]]] = {
    "board": (("visit_called", "board_changed"), ANYONE - {Role.PHONE}),
    "counters": (("counter_changed",), frozenset({Role.BRIDGE, Role.CLERK, Role.GUIDE, Role.SUPERVISOR, Role.DISPLAY})),
    "queue": (("queue_changed",), ANYONE - {Role.PHONE}),
    "ticket": (("ticket_changed",), TICKET_HOLDERS),
    "devices": (("device_changed",), STAFF | {Role.KIOSK}),
    "help": (("help_requested",), STAFF | {Role.KIOSK}),
    "print_jobs": (("print_requested",), frozenset({Role.KIOSK})),
    "prints": (("print_changed",), STAFF),
}
