"""For how many employers, and for whom, in words: rows below what was chosen."""

from kiosk.buttons import Button, Look
from kiosk.counts import counted
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.model import Chosen


def count_rows(desk: Desk) -> list[Chosen]:
    """None where a number has it already: what is added to it goes with it."""
    visit = desk.visit
    if visit.adding:
        return []
    rows, firms = [], counted(desk)
    if firms:
        rows.append(_counter(desk, "employers", visit.employers, 1))
    if visit.basket.keys() - firms:
        rows.append(_counter(desk, "people", visit.people, 0) if visit.people else _for_oneself(desk))
    return rows


def _counter(desk: Desk, name: str, count: int, least: int) -> Chosen:
    texts = desk.words.texts
    return Chosen(
        label=texts(f"kiosk.counts.{name}"),
        detail=texts(f"kiosk.counts.{name}_hint"),
        count=texts(f"kiosk.counts.{name}_count", count=count),
        less=Button("-", Tap(name, "less"), Look.QUIET, enabled=count > least),
        more=Button("+", Tap(name, "more"), Look.QUIET),
    )


def _for_oneself(desk: Desk) -> Chosen:
    texts = desk.words.texts
    other = Button(texts("kiosk.counts.people"), Tap("people", "more"), Look.QUIET)
    return Chosen(texts("kiosk.counts.oneself"), texts("kiosk.counts.oneself_hint"), act=other)
