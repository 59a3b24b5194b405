"""A thousand visits at one kiosk: nothing of them stays behind in the flow."""

import gc
import tracemalloc

from kiosk.ease import NORMAL
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from tests.kiosk.kiosks import Kiosk, plan, ticket
from ticketserver.core.terms import PrintOutcome

VISITS, WARM_UP = 1_000, 100
MOST_KB = 64
"""What 900 visits may add: dictionaries that grow by a step. One kept visit each would be a megabyte."""
EASES = ((), ("large",), ("contrast",), ("low", "large"), ("language",))


def visit(kiosk, eases):
    """Choose, type, confirm, take, paper; one in five finds no paper and leaves by itself."""
    choosing = ("group:own", "toggle:PAY-02", "back", "search", "key:S", "clear", "back")
    for tap in (*eases, *choosing):
        kiosk.tap(tap).frame  # noqa: B018
    kiosk.tap("done").answer("plan_visit", plan()).tap("take").answer("issue_ticket", ticket())
    if eases == ("large",):
        kiosk.printed(PrintOutcome.FAILED, PrinterLook.PAPER_OUT).tick(91_000)
    else:
        kiosk.printed(PrintOutcome.CONFIRMED).tap("end")
    kiosk.frame  # noqa: B018
    kiosk.effects.clear()


def test_a_thousand_visits_leave_nothing_behind():
    kiosk = Kiosk().up()
    sizes = {}
    tracemalloc.start()
    try:
        for count in range(1, VISITS + 1):
            visit(kiosk, EASES[count % len(EASES)])
            if count in (WARM_UP, VISITS):
                gc.collect()
                sizes[count] = tracemalloc.get_traced_memory()[0] // 1024
    finally:
        tracemalloc.stop()
    desk = kiosk.flow.desk
    assert (desk.visit.step, desk.ease, desk.visit.basket, desk.machine.unresolved) == (Step.HOME, NORMAL, {}, [])
    assert desk.visit.ticket is None
    assert not desk._then
    assert not desk._after_save
    assert sizes[VISITS] - sizes[WARM_UP] <= MOST_KB, sizes
    print(sizes)
