"""Every screen of the kiosk with the shipped hall, as a person could bring it about: name → kiosk in that state."""

from collections.abc import Callable
from dataclasses import replace

from kiosk import events as e
from kiosk.duty_events import AboutRead, LogRead, PinChecked, PinVerdict
from kiosk.help_events import HelpSeen
from kiosk.io.hall import hall_of, kiosk_of
from kiosk.io.recent_log import shortened
from kiosk.present_notices import TURN_MS
from kiosk.printer_look import PrinterLook
from kiosk.reading_events import CardSeen, CardUnread, InputSeen, Scanned
from kiosk.services import Hall
from tests.kiosk.further import further_kiosk
from tests.kiosk.kiosks import HOUR, MINUTE, NOON, TOKEN, Kiosk, help_call, hours, link_up, plan, stage, ticket
from ticketserver.core.ids import Ms, ServiceId
from ticketserver.core.terms import DeviceHealth, Offer, Phase, PrintOutcome, Role, VisitState
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_board import NoticeView
from ticketserver.wire.views_hall import VisitsView
from ticketserver.wire.views_visits import AppointmentView, StageView

Scene = Callable[[], Kiosk]
SETTINGS = load_settings(HERE.parent / "sample" / "hall.toml")
SAMPLE: Hall = hall_of(SETTINGS, kiosk_of(SETTINGS, "kiosk1"))
LONG_CHOICE = ("ARC-01", "REG-04", "INJ-02", "ENT-03", "TRF-01", "GOV-02")
NINE = ("PAY-02", "REG-04", "REG-05", "QRY-02", "EMP-03", "PAY-01", "REG-08", "REG-01", "EMP-04")
LONG_NOTICE = "因供水管道检修,今天下午一点半到三点半大厅东侧卫生间和饮水处暂停使用,请到二楼西侧,行动不便的请到导办台"
LONG_NOTICE_EN = (
    "The toilets and the drinking water on the east side are closed from 1:30 to 3:30 this afternoon; please use those "
    "on the first floor"
)
BOOKING = "YHA1:20251125:1200-1215:PAY-02.ARC-01:K7M2Q4XA:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TWO = (stage(), stage("pension-review", open_from_ms=NOON + 90 * MINUTE))


class Scenes:
    """Scenes in one language, with what makes them easier switched on."""

    def __init__(self, english: bool = False, *eases: str) -> None:
        self._first = ["language"] * english + list(eases)

    def all(self) -> dict[str, Scene]:
        return {name.removeprefix("scene_"): getattr(self, name) for name in dir(self) if name.startswith("scene_")}

    def _up(self, when: HoursView | None = None) -> Kiosk:
        return Kiosk(SAMPLE).up(hours_view=when).with_voice().tap(*self._first)

    def _chosen(self) -> Kiosk:
        return self._up().tap("group:personal-file", "toggle:ARC-01", "back", "group:own-insurance", "toggle:PAY-02")

    def _confirm(self, *stages: StageView) -> Kiosk:
        return self._chosen().tap("done").answer("plan_visit", plan(*stages))

    def _printing(self) -> Kiosk:
        return self._confirm().tap("take").answer("issue_ticket", ticket(stages=list(TWO)))

    def _printed(self, outcome: PrintOutcome, look: PrinterLook = PrinterLook.OK) -> Kiosk:
        return self._printing().see(e.PrinterSeen(look)).printed(outcome, look)

    def _found(self, **other: object) -> Kiosk:
        return self.scene_find().tap("find").answer("find_ticket", ticket(**other))

    def scene_home(self) -> Kiosk:
        return self._up()

    def scene_home_aloud(self) -> Kiosk:
        return self._up().tap("aloud")

    def scene_home_help_comes(self) -> Kiosk:
        kiosk = self._up().with_voice("zh", "en").tap("aloud", "help")
        return kiosk.answer("request_help", help_call()).see(HelpSeen(help_call(accepted=True)))

    def scene_languages(self) -> Kiosk:
        return further_kiosk().up().with_voice("zh", "en", "vi").tap("language")

    def scene_home_further_language(self) -> Kiosk:
        return self._further()

    def scene_confirm_further_language(self) -> Kiosk:
        kiosk = self._further().tap("group:personal-file", "toggle:ARC-01", "back")
        kiosk.tap("group:own-insurance", "toggle:PAY-02", "done")
        return kiosk.answer("plan_visit", plan(*TWO))

    def scene_done_further_language(self) -> Kiosk:
        kiosk = self.scene_confirm_further_language().tap("take").answer("issue_ticket", ticket(stages=list(TWO)))
        return kiosk.printed(PrintOutcome.CONFIRMED)

    def _further(self) -> Kiosk:
        """In the further language whatever the scenes' own."""
        kiosk = further_kiosk().up().with_voice("zh", "en", "vi")
        return kiosk.tap("language", "language:vi", *(each for each in self._first if each != "language"))

    def _with_readers(self) -> Kiosk:
        return Kiosk(replace(SAMPLE, scanner="scanner1", card_reader="reader1")).up(day_key="5a" * 32).tap(*self._first)

    def scene_home_with_reader(self) -> Kiosk:
        return self._with_readers()

    def scene_home_card_aged(self) -> Kiosk:
        return self._with_readers().see(CardSeen("0f" * 32, aged=True))

    def scene_home_card_not_read(self) -> Kiosk:
        return self._with_readers().tap("group:personal-file", "toggle:ARC-01", "back").see(CardUnread())

    def scene_home_card_unknown(self) -> Kiosk:
        return self._with_readers().see(CardUnread(unknown=True))

    def scene_confirm_card_aged(self) -> Kiosk:
        kiosk = self._with_readers().see(CardSeen("0f" * 32, aged=True))
        kiosk.tap("group:personal-file", "toggle:ARC-01", "done")
        return kiosk.answer("plan_visit", plan(*TWO))

    def scene_find_with_scanner(self) -> Kiosk:
        return self._with_readers().tap("have_number")

    def scene_find_other_code(self) -> Kiosk:
        return self._with_readers().see(Scanned("6901234567892"))

    def scene_home_lunch_with_basket(self) -> Kiosk:
        kiosk = self._up(hours(Phase.LUNCH))
        return kiosk.tap("search", *(f"toggle:{code}" for code in LONG_CHOICE), "back")

    def scene_home_notice(self) -> Kiosk:
        told = NoticeView(notice_id=1, text_zh=LONG_NOTICE, text_en=LONG_NOTICE_EN, by=Role.GUIDE, at_ms=0)
        return self._up().see(e.HoursSeen(hours(), (told,))).tick(TURN_MS)

    def scene_listing(self) -> Kiosk:
        return self._chosen()

    def scene_listing_long(self) -> Kiosk:
        return self._up().tap("group:employers")

    def scene_situations(self) -> Kiosk:
        return self._up().tap("situations")

    def scene_search_near(self) -> Kiosk:
        return self._up().tap("search", *(f"key:{sign}" for sign in "TUIXUI"))

    def scene_search(self) -> Kiosk:
        return self._up().tap("search")

    def scene_search_several(self) -> Kiosk:
        return self._chosen().tap("back", "search", "key:L", "key:H", "key:J", "key:Y")

    def scene_listing_most_used(self) -> Kiosk:
        return self._up().tap("search", "group:most-used")

    def scene_search_situation(self) -> Kiosk:
        return self._up().tap("search", *(f"key:{sign}" for sign in "TUIXIU"))

    def scene_search_nothing(self) -> Kiosk:
        return self._up().tap("search", "key:Q", "key:Q", "key:Q")

    def scene_confirm(self) -> Kiosk:
        return self._confirm()

    def scene_confirm_two_stops(self) -> Kiosk:
        return self._confirm(*TWO)

    def scene_confirm_no_window_open(self) -> Kiosk:
        return self._confirm(stage(unopened=True))

    def scene_done_no_window_open(self) -> Kiosk:
        kiosk = self.scene_confirm_no_window_open().tap("take")
        kiosk.answer("issue_ticket", ticket(stages=[stage(unopened=True)]))
        return kiosk.printed(PrintOutcome.CONFIRMED)

    def scene_found_paused(self) -> Kiosk:
        return self._found(calling_paused=True)

    def scene_confirm_many(self) -> Kiosk:
        kiosk = self._up(hours(Phase.LUNCH)).tap("search", *(f"toggle:{code}" for code in LONG_CHOICE), "done")
        return kiosk.answer("plan_visit", plan(*TWO, offer=Offer.BATCH_COUNTER))

    def scene_confirm_nine(self) -> Kiosk:
        kiosk = self._up().tap("search", *(f"toggle:{code}" for code in NINE), "done")
        return kiosk.answer("plan_visit", plan(offer=Offer.BATCH_COUNTER))

    def scene_confirm_related(self) -> Kiosk:
        kiosk = self._up().tap("group:own-insurance", "toggle:PAY-02", "done")
        return kiosk.answer("plan_visit", plan(also=["ARC-01", "REG-06", "PAY-03"]))

    def scene_confirm_related_priority(self) -> Kiosk:
        kiosk = self.scene_confirm_related().tap("priority", "claim:veteran")
        return kiosk.answer("plan_visit", plan(*TWO, also=["ARC-01", "REG-06", "PAY-03"]))

    def scene_confirm_counts(self) -> Kiosk:
        kiosk = self._up().tap("search", "toggle:REG-04", "toggle:ARC-01", "done")
        kiosk.tap(*["employers:more"] * 8, *["people:more"] * 3)
        return kiosk.answer("plan_visit", plan(offer=Offer.BATCH_COUNTER))

    def scene_needs(self) -> Kiosk:
        return self._confirm().tap("needs")

    def scene_needs_many(self) -> Kiosk:
        kiosk = self._up().tap("search", *(f"toggle:{code}" for code in (*LONG_CHOICE, "REG-01", "PEN-12")), "done")
        return kiosk.answer("plan_visit", plan(*TWO)).tap("needs")

    def scene_confirm_enquiry(self) -> Kiosk:
        return self._up().tap("enquiry").answer("plan_visit", plan(ahead=0, wait_p90_ms=MINUTE))

    def scene_confirm_priority(self) -> Kiosk:
        return self._confirm().tap("priority", "claim:veteran").answer("plan_visit", plan(*TWO))

    def scene_priority(self) -> Kiosk:
        return self._confirm().tap("priority")

    def scene_confirm_refused(self) -> Kiosk:
        return self._chosen().tap("done").refuse("plan_visit", "no_counter_today")

    def scene_no_slip(self) -> Kiosk:
        return self._confirm().see(e.PrinterSeen(PrinterLook.PAPER_OUT)).tap("take")

    def scene_asking(self) -> Kiosk:
        return self._confirm().tap("take")

    def scene_confirming(self) -> Kiosk:
        return self.scene_asking().see(e.LinkLost())

    def scene_printing(self) -> Kiosk:
        return self._printing()

    def scene_done_missed_number(self) -> Kiosk:
        kiosk = self._found(state=VisitState.NO_SHOW, returns_left=1).tap("print_again")
        return kiosk.printed(PrintOutcome.CONFIRMED)

    def scene_done(self) -> Kiosk:
        return self._printed(PrintOutcome.CONFIRMED)

    def scene_unsure(self) -> Kiosk:
        return self._printed(PrintOutcome.UNKNOWN)

    def scene_keep_paper_out(self) -> Kiosk:
        return self._printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)

    def scene_keep_paper_back(self) -> Kiosk:
        return self.scene_keep_paper_out().see(e.PrinterSeen(PrinterLook.OK))

    def scene_keep_fault_warned(self) -> Kiosk:
        return self._printed(PrintOutcome.FAILED, PrinterLook.COVER_OPEN).tick(75_000)

    def scene_keep_paper_out_helped(self) -> Kiosk:
        return self.scene_keep_paper_out().tap("write_for_me")

    def scene_keep_paper_out_help_comes(self) -> Kiosk:
        return (
            self.scene_keep_paper_out_helped()
            .answer("request_help", help_call())
            .see(HelpSeen(help_call(accepted=True)))
        )

    def scene_offer(self) -> Kiosk:
        kiosk = Kiosk(SAMPLE).see(e.Started((e.Pending("old-request", TOKEN, shown=True),)), link_up())
        return kiosk.answer("find_request", ticket()).tap(*self._first)

    def scene_away(self) -> Kiosk:
        return Kiosk(SAMPLE).tap(*self._first)

    def scene_away_card(self) -> Kiosk:
        return self._with_readers().see(e.LinkLost()).tick(5_000).see(CardSeen("0f" * 32))

    def scene_home_code_unheard(self) -> Kiosk:
        return self._with_readers().see(e.LinkLost()).tick(5_000).see(Scanned(TOKEN), link_up())

    def scene_closed_before(self) -> Kiosk:
        return self._up(hours(Phase.BEFORE_NUMBERS))

    def scene_closed_cut_off(self) -> Kiosk:
        return self._up(hours(Phase.CUT_OFF, next_opening_ms=NOON + 68 * HOUR))

    def scene_message(self) -> Kiosk:
        return self.scene_asking().refuse("issue_ticket", "capacity_reached")

    def scene_find(self) -> Kiosk:
        visits = [ticket(number=number) for number in ("A009", "A1013", "C010", "A011", "F003")]
        kiosk = self._up().tap("have_number").answer("list_visits", VisitsView(visits=visits))
        return kiosk.tap("missing:A1013", "sign:4", "sign:8", "sign:2", "sign:1")

    def scene_find_wrong(self) -> Kiosk:
        return self.scene_find().tap("find").refuse("find_ticket", "wrong_check_code")

    def scene_find_without_letter(self) -> Kiosk:
        return self._up().tap("have_number", "sign:0", "sign:1", "sign:2", "find")

    def scene_found_waiting(self) -> Kiosk:
        return self._found()

    def scene_found_missed(self) -> Kiosk:
        return self._found(state=VisitState.NO_SHOW)

    def scene_found_cancelling(self) -> Kiosk:
        return self._found().tap("cancel")

    def scene_adding_home(self) -> Kiosk:
        return self._found().tap("add_to")

    def scene_adding_confirm(self) -> Kiosk:
        kiosk = self._found().tap("add_to", "group:own-insurance", "toggle:PAY-03", "done")
        return kiosk.answer("plan_visit", plan(*TWO))

    def scene_adding_by_card(self) -> Kiosk:
        kiosk = self._with_readers().see(CardSeen("0f" * 32)).answer("find_ticket", ticket())
        return kiosk.tap("group:own-insurance", "toggle:PAY-03", "done").answer("plan_visit", plan(*TWO))

    def scene_added(self) -> Kiosk:
        return self.scene_adding_confirm().tap("join").answer("add_services", ticket(stages=list(TWO)))

    def scene_booked(self) -> Kiosk:
        services = [ServiceId(code) for code in ("PAY-02", "ARC-01")]
        times = {"from_ms": Ms(NOON), "to_ms": Ms(NOON + 15 * MINUTE)}
        kiosk = self._with_readers().see(Scanned(BOOKING))
        kiosk.answer("read_appointment", AppointmentView(services=services, **times))
        return kiosk.answer("plan_visit", plan(*TWO))

    def scene_booked_refused(self) -> Kiosk:
        return self._with_readers().see(Scanned(BOOKING)).refuse("read_appointment", "appointment_used")

    def scene_booking(self) -> Kiosk:
        return self._with_readers().tap("have_booking", *(f"booking_key:{sign}" for sign in "20251125"))

    def scene_booking_typed_without_scanner(self) -> Kiosk:
        kiosk = Kiosk(replace(SAMPLE, scanner="")).up().tap(*self._first, "have_booking")
        return kiosk.tap(*(f"booking_key:{sign}" for sign in BOOKING if sign.isalnum()))

    def scene_booking_typed_wrong(self) -> Kiosk:
        kiosk = self.scene_booking_typed_without_scanner().tap("booking_find")
        return kiosk.refuse("read_appointment", "appointment_unknown")

    def scene_pension(self) -> Kiosk:
        kiosk = self._up().tap("group:own-insurance", "pension", "pension_sign:1", "pension_sign:2")
        return kiosk.tap("pension_next", "pension_sign:6", "pension_next", "pension_sign:5")

    def scene_pension_go_on(self) -> Kiosk:
        return self.scene_pension().tap("pension_next")

    def scene_pension_short(self) -> Kiosk:
        return self.scene_pension().tap("pension_field:years", "pension_rub", "pension_next")

    def _checked(self, *answers: int) -> Kiosk:
        """The subsidy of the shipped hall, on one of its days."""
        kiosk = self._up(hours(day="2019-10-15")).tap("group:own-insurance", "toggle:SUB-01", "done")
        return kiosk.tap(*(f"answer:{place}" for place in answers))

    def scene_check_question(self) -> Kiosk:
        return self._checked(1)

    def scene_check_question_long(self) -> Kiosk:
        return self._checked(1, 0, 0)

    def scene_check_elsewhere(self) -> Kiosk:
        return self._checked(0)

    def scene_check_paper_failed(self) -> Kiosk:
        kiosk = self._up(hours(day="2019-10-15")).tap("group:own-insurance", "toggle:SUB-01", "toggle:PAY-02", "done")
        kiosk.tap("answer:0")
        return kiosk.tap("check_print").printed(PrintOutcome.FAILED)

    def scene_check_cannot(self) -> Kiosk:
        return self._checked(1, 0, 0, 9)

    def scene_check_go_on(self) -> Kiosk:
        return self._checked(1, 0, 0, 0, 1)

    def scene_check_closed(self) -> Kiosk:
        kiosk = self._up(hours(day="2019-11-20")).tap("group:own-insurance", "toggle:SUB-01", "done")
        return kiosk.tap("answer:3")

    def scene_check_past(self) -> Kiosk:
        return self._up().tap("group:own-insurance", "toggle:SUB-01", "done")

    def scene_warned(self) -> Kiosk:
        return self._chosen().tick(45_000)

    def scene_closed_ended(self) -> Kiosk:
        return self._up(hours(Phase.ENDED, next_opening_ms=NOON + 68 * HOUR))

    def scene_rest(self) -> Kiosk:
        return Kiosk(SAMPLE).up().tick(500).tick(10 * MINUTE)

    def scene_rest_closed(self) -> Kiosk:
        return Kiosk(SAMPLE).up(hours_view=hours(Phase.CUT_OFF)).tick(2 * MINUTE)

    def scene_duty_pin(self) -> Kiosk:
        return self._with_readers().tap("duty", "duty_sign:1", "duty_sign:2")

    def scene_duty_pin_wrong(self) -> Kiosk:
        return self.scene_duty_pin().tap("duty_enter").see(PinChecked(PinVerdict.WRONG))

    def scene_duty_pin_unset(self) -> Kiosk:
        return self._up().tap("duty").see(PinChecked(PinVerdict.UNSET))

    def scene_duty_menu(self) -> Kiosk:
        return self.scene_duty_pin().tap("duty_enter").see(PinChecked(PinVerdict.RIGHT)).tap(*self._first)

    def scene_duty_menu_voice(self) -> Kiosk:
        return self.scene_duty_menu().with_voice("zh", "en").tap("duty_louder:1")

    def scene_duty_menu_test_failed(self) -> Kiosk:
        return self.scene_duty_menu().tap("duty_do:test").printed(PrintOutcome.FAILED, PrinterLook.CUTTER)

    def scene_duty_health(self) -> Kiosk:
        kiosk = self.scene_duty_menu().see(InputSeen("reader1", "card_reader", DeviceHealth.DEGRADED, "not_authorised"))
        return kiosk.wait(3 * HOUR).see(e.PrinterSeen(PrinterLook.LOW), e.LinkLost()).tap("duty_do:health")

    def scene_duty_log(self) -> Kiosk:
        long = "input:/dev/input/by-path/platform-pci-0000:00:14.0-usb-0:2:1.0-event-kbd: No such file or directory"
        lines = [("09:41:07", said) for said in ("printer: paper_out", "slip 12: failed paper out", shortened(long))]
        return self.scene_duty_menu().tap("duty_do:log").see(LogRead(tuple(lines * 5)))

    def scene_duty_about(self) -> Kiosk:
        rows = (("version", "0.1.0"), ("config", "/etc/yihao/hall.toml"), ("server", "ws://192.168.1.10:8765"))
        return self.scene_duty_menu().tap("duty_do:about").see(AboutRead((*rows, ("address", "192.168.1.21"))))

    def scene_duty_restart(self) -> Kiosk:
        return self.scene_duty_menu().tap("duty_do:restart")
