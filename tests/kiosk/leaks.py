"""`python -m tests.kiosk.leaks`: a thousand visits at one kiosk without a window, and what they leave behind.

A process of its own: what ran before in another one (caches half filled, modules half loaded) would be counted too.
Each live allocation is one block whatever its size, so a single small object kept a visit is a block a visit. What
Python itself keeps (names looked up on types) is cleared before each count. After the thousand, some further visits
with such an object planted show that the count sees it.

One line of JSON: {"visits": 900, "blocks": …, "bytes": …, "clean": true, "planted_visits": 100, "planted_blocks": …}
"""

import gc
import json
import sys
import tracemalloc
from typing import Any, NamedTuple

from kiosk.ease import NORMAL
from kiosk.printer_look import PrinterLook
from kiosk.state import Visit
from tests.kiosk.kiosks import Kiosk, plan, ticket
from ticketserver.core.terms import PrintOutcome

WARM_UP, VISITS, PLANTED = 100, 900, 100
EASES = ((), ("large",), ("contrast",), ("low", "large"), ("language",))


class Alive(NamedTuple):
    """What is allocated and cannot be freed."""

    blocks: int
    bytes: int


def alive() -> Alive:
    gc.collect()
    sys._clear_type_cache()
    traces = tracemalloc.take_snapshot().traces
    return Alive(len(traces), sum(trace.size for trace in traces))


def visit(kiosk: Kiosk, eases: tuple[str, ...]) -> None:
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


def visits(kiosk: Kiosk, count: int, planted: list[object] | None = None) -> Alive:
    for no in range(count):
        visit(kiosk, EASES[no % len(EASES)])
        if planted is not None:
            planted.append(object())
    return alive()


def is_clean(kiosk: Kiosk) -> bool:
    desk = kiosk.flow.desk
    waiting: list[Any] = [desk._then, desk._after_save, desk.machine.unresolved]
    return (desk.visit, desk.ease) == (Visit(), NORMAL) and not any(waiting)


def main() -> int:
    tracemalloc.start()
    kiosk = Kiosk().up()
    first = visits(kiosk, WARM_UP)
    last = visits(kiosk, VISITS)
    clean = is_clean(kiosk)
    planted = visits(kiosk, PLANTED, [])
    figures = {"visits": VISITS, "blocks": last.blocks - first.blocks, "bytes": last.bytes - first.bytes}
    figures |= {"clean": clean, "planted_visits": PLANTED, "planted_blocks": planted.blocks - last.blocks}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
