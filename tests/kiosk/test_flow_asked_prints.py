"""The flow: slips that staff ask this kiosk for."""

import pytest

from kiosk import events as e
from kiosk.asked_events import PrintAsked
from kiosk.printer_look import PrinterLook
from tests.kiosk.kiosks import TOKEN, Kiosk, hours, link_up, ticket
from ticketserver.core.terms import Phase, PrintOutcome
from ticketserver.wire.prints import EndPrint, PrintJob


def asked(print_id: int = 1, kiosk: str = "kiosk1", reprint: bool = False, language: str = "") -> PrintAsked:
    job = PrintJob(print_id=print_id, kiosk=kiosk, ticket=ticket(), token=TOKEN, reprint=reprint, language=language)
    return PrintAsked(job)


def ends(kiosk: Kiosk) -> list[EndPrint]:
    return [ask.params for ask in kiosk.all(e.Ask) if ask.method == "end_print"]


@pytest.mark.parametrize("reprint", [False, True])
def test_with_nobody_there_it_is_printed_and_reported(reprint: bool) -> None:
    kiosk = Kiosk().up().see(asked(7, reprint=reprint))
    job = kiosk.last(e.Print)
    assert ("补打" in job.document.mark) is reprint
    assert TOKEN in [getattr(item, "text", getattr(item, "data", "")) for item in job.document.items]
    kiosk.printed(PrintOutcome.CONFIRMED)
    report = kiosk.asked("report_print").params
    assert (report.visit_id, report.outcome, report.reprint) == (7, PrintOutcome.CONFIRMED, reprint)
    assert ends(kiosk) == [EndPrint(print_id=7, outcome=PrintOutcome.CONFIRMED)]


IN_LANGUAGES = [("en", "Check code"), ("zh", "校验码"), ("", "校验码"), ("fr", "校验码")]


@pytest.mark.parametrize(("language", "said"), IN_LANGUAGES)
def test_it_is_printed_in_the_language_that_was_asked_for_if_the_kiosk_speaks_it(language: str, said: str) -> None:
    kiosk = Kiosk().up().see(asked(language=language))
    words = str(kiosk.last(e.Print).document.items)
    assert [word for word in ("Check code", "校验码") if word in words] == [said]


def test_a_slip_that_fails_is_told_with_its_cause_and_nobody_is_troubled_on_the_screen() -> None:
    kiosk = Kiosk().up().see(asked())
    before = kiosk.frame
    kiosk.printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT)
    assert ends(kiosk) == [EndPrint(print_id=1, outcome=PrintOutcome.FAILED, reason="paper_out")]
    assert kiosk.frame == before


def test_another_kiosks_slip_is_none_of_ours() -> None:
    kiosk = Kiosk().up().see(asked(kiosk="kiosk2"))
    assert kiosk.all(e.Print) == []
    assert ends(kiosk) == []


def test_a_printer_that_cannot_print_is_said_at_once() -> None:
    kiosk = Kiosk().up().see(e.PrinterSeen(PrinterLook.COVER_OPEN), asked())
    assert kiosk.all(e.Print) == []
    assert ends(kiosk) == [EndPrint(print_id=1, reason="cover_open")]
    assert "report_print" not in kiosk.methods()


def test_it_waits_for_the_person_who_is_there() -> None:
    kiosk = Kiosk().up().take().see(asked(1), asked(2))
    kiosk.printed(PrintOutcome.CONFIRMED).tick(1_000)
    assert len(kiosk.all(e.Print)) == 1
    kiosk.tap("end").tick(500)
    assert [job.job for job in kiosk.all(e.Print)] == [1, 2, 3]
    assert ends(kiosk) == []


def test_a_person_who_stays_sends_it_back() -> None:
    kiosk = Kiosk().up().choose().see(asked())
    for _ in range(3):
        kiosk.tick(19_000).see(e.Touched())
    assert ends(kiosk) == []
    kiosk.tick(3_000)
    assert ends(kiosk) == [EndPrint(print_id=1, reason="busy")]
    kiosk.tap("home").tick(1_000)
    assert kiosk.all(e.Print) == []


def test_a_lost_line_drops_what_waits_and_keeps_the_end_of_what_prints() -> None:
    kiosk = Kiosk().up().see(asked(1)).choose().see(asked(2), e.LinkLost())
    kiosk.tap("home").see(link_up()).tick(1_000)
    assert len(kiosk.all(e.Print)) == 1
    kiosk.see(e.Printed(kiosk.last(e.Print).job, PrintOutcome.ASSUMED))
    assert ends(kiosk) == [EndPrint(print_id=1, outcome=PrintOutcome.ASSUMED)]


def test_a_closed_hall_prints_for_staff_all_the_same() -> None:
    kiosk = Kiosk().up(hours_view=hours(Phase.CUT_OFF)).see(asked())
    assert len(kiosk.all(e.Print)) == 1


def test_the_slip_is_in_the_halls_language_whatever_the_screen_was_switched_to() -> None:
    kiosk = Kiosk().up().tap("language").see(asked())
    texts = [getattr(item, "text", "") for item in kiosk.last(e.Print).document.items]
    assert "示例大厅" in texts
    assert "Sample hall" not in texts
