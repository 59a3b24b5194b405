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
from ticketserver.wire.notes import (
    BoardChanged,
    CounterChanged,
    DeviceChanged,
    HelpRequested,
    Note,
    QueueChanged,
    Snapshot,
    TicketChanged,
    VisitCalled,
)
from ticketserver.wire.views import HelloResult, HoursView, View
from ticketserver.wire.views_board import AnnouncementView, NoticeView
from ticketserver.wire.views_catalogue import CatalogueView
from ticketserver.wire.views_counters import WaitingView
from ticketserver.wire.views_hall import Accepted, HelpView, VisitsView
from ticketserver.wire.views_visits import AppointmentView, KeyResult, PlanView, TicketView, VisitDone

PROTOCOL = 1

STAFF = frozenset({Role.CLERK, Role.GUIDE, Role.SUPERVISOR})
AT_COUNTERS = frozenset({Role.CLERK, Role.SUPERVISOR})
TELLERS = frozenset({Role.GUIDE, Role.SUPERVISOR})
TAKERS = frozenset({Role.KIOSK, Role.GUIDE, Role.SUPERVISOR, Role.INTEGRATOR})
TICKET_HOLDERS = TAKERS | {Role.PHONE, Role.CLERK}
ANYONE = frozenset(Role)


class Method(Struct, frozen=True):
    params: type[p.Params]
    result: type[View]
    roles: frozenset[Role]
    journalled: bool = True


METHODS: dict[str, Method] = {
    "hello": Method(p.Hello, HelloResult, ANYONE, False),
    "get_catalogue": Method(p.GetCatalogue, CatalogueView, ANYONE, False),
    "find_services": Method(g.FindServices, g.FoundView, STAFF, False),
    "get_guidance": Method(g.GetGuidance, g.GuidanceView, STAFF, False),
    "subscribe": Method(p.Subscribe, Snapshot, ANYONE, False),
    "plan_visit": Method(p.PlanVisit, PlanView, TAKERS | {Role.PHONE}, False),
    "read_appointment": Method(p.ReadAppointment, AppointmentView, TAKERS, False),
    "issue_ticket": Method(p.IssueTicket, TicketView, TAKERS),
    "find_request": Method(p.FindRequest, TicketView, TAKERS, False),
    "find_ticket": Method(p.FindTicket, TicketView, TICKET_HOLDERS, False),
    "get_ticket": Method(p.GetTicket, TicketView, TICKET_HOLDERS, False),
    "check_in": Method(p.CheckIn, TicketView, TICKET_HOLDERS),
    "cancel_ticket": Method(p.CancelTicket, TicketView, TICKET_HOLDERS),
    "add_services": Method(p.AddServices, TicketView, TICKET_HOLDERS),
    "rate_visit": Method(p.RateVisit, Accepted, TICKET_HOLDERS | {Role.BRIDGE}),
    "report_print": Method(p.ReportPrint, Accepted, TAKERS),
    "report_health": Method(p.ReportHealth, Accepted, frozenset({Role.KIOSK, Role.DISPLAY, Role.BRIDGE}), False),
    "request_help": Method(p.RequestHelp, HelpView, frozenset({Role.KIOSK}), False),
    "accept_help": Method(p.AcceptHelp, HelpView, STAFF, False),
    "print_ticket": Method(w.PrintTicket, w.PrintView, STAFF, False),
    "end_print": Method(w.EndPrint, w.PrintView, frozenset({Role.KIOSK}), False),
    "get_wait_report": Method(r.GetWaitReport, r.WaitReport, frozenset({Role.GUIDE, Role.SUPERVISOR}), False),
    "list_prints": Method(w.ListPrints, w.PrintsView, STAFF, False),
    "press_key": Method(p.PressKey, KeyResult, frozenset({Role.BRIDGE})),
    "open_counter": Method(p.OpenCounter, VisitDone, AT_COUNTERS),
    "pause_counter": Method(p.PauseCounter, VisitDone, AT_COUNTERS),
    "resume_counter": Method(p.ResumeCounter, VisitDone, AT_COUNTERS),
    "close_counter": Method(p.CloseCounter, VisitDone, AT_COUNTERS),
    "call_next": Method(p.CallNext, VisitDone, AT_COUNTERS),
    "recall": Method(p.Recall, VisitDone, AT_COUNTERS),
    "call_visit": Method(p.CallVisit, VisitDone, AT_COUNTERS),
    "serve_walk_in": Method(p.ServeWalkIn, VisitDone, AT_COUNTERS),
    "start_service": Method(p.StartService, VisitDone, AT_COUNTERS),
    "finish_service": Method(p.FinishService, VisitDone, AT_COUNTERS),
    "mark_no_show": Method(p.MarkNoShow, VisitDone, AT_COUNTERS),
    "reopen_visit": Method(p.ReopenVisit, VisitDone, AT_COUNTERS),
    "hold_visit": Method(p.HoldVisit, VisitDone, AT_COUNTERS),
    "resume_visit": Method(p.ResumeVisit, VisitDone, AT_COUNTERS),
    "transfer_visit": Method(p.TransferVisit, VisitDone, AT_COUNTERS),
    "requeue_visit": Method(p.RequeueVisit, VisitDone, AT_COUNTERS),
    "confirm_priority": Method(p.ConfirmPriority, TicketView, STAFF),
    "list_waiting": Method(p.ListWaiting, WaitingView, STAFF, False),
    "list_visits": Method(p.ListVisits, VisitsView, STAFF | {Role.KIOSK}, False),
    "report_spoken": Method(p.ReportSpoken, Accepted, frozenset({Role.DISPLAY})),
    "report_shown": Method(p.ReportShown, Accepted, frozenset({Role.DISPLAY})),
    "set_hours": Method(p.SetHours, HoursView, frozenset({Role.SUPERVISOR})),
    "set_profile": Method(p.SetProfile, VisitDone, frozenset({Role.SUPERVISOR})),
    "set_overflow": Method(p.SetOverflow, Accepted, frozenset({Role.SUPERVISOR})),
    "announce": Method(a.Announce, AnnouncementView, TELLERS),
    "stop_announcement": Method(a.StopAnnouncement, Accepted, TELLERS),
    "set_notice": Method(a.SetNotice, NoticeView, TELLERS),
    "clear_notice": Method(a.ClearNotice, Accepted, TELLERS),
}

NOTIFICATIONS: dict[str, type[Note]] = {
    "visit_called": VisitCalled,
    "board_changed": BoardChanged,
    "counter_changed": CounterChanged,
    "queue_changed": QueueChanged,
    "ticket_changed": TicketChanged,
    "device_changed": DeviceChanged,
    "help_requested": HelpRequested,
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
