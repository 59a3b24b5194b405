"""What to bring in words: in one sentence for the confirm screen, and service by service on a screen of its own."""

from kiosk.buttons import Button, Look
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.model import Fact, Needs
from kiosk.present_choosing import aside, back, pages
from kiosk.services import Service

NAMED_PAPERS = 4
"""More than these are told on the screen of their own only, where they can still be read."""


def papers_fact(desk: Desk) -> Fact | None:
    """What to bring for everything chosen, each paper once, and the way to the screen that says it by service."""
    texts = desk.words.texts
    services = _chosen(desk)
    papers = [paper.of(desk.language) for service in services for paper in service.papers]
    for service in services:
        said = (texts("catalogue.papers.on_record", paper=paper.of(desk.language)) for paper in service.on_record)
        papers += said
    if not papers:
        return None
    papers = list(dict.fromkeys(papers))
    sentence = texts("kiosk.confirm.papers", materials=desk.words.join(papers))
    if len(papers) > NAMED_PAPERS:
        sentence = texts("kiosk.needs.many", count=len(papers))
    button = Button(texts("kiosk.needs.button"), Tap("needs"), Look.QUIET)
    return Fact(texts("kiosk.confirm.papers_head"), sentence, button)


def needs(desk: Desk) -> Needs:
    texts = desk.words.texts
    rows = [Fact(service.plain.of(desk.language), _said(desk, service)) for service in _chosen(desk)]
    return Needs(
        title=texts("kiosk.needs.title"),
        hint=texts("kiosk.needs.hint"),
        rows=tuple(row for row in rows if row.text),
        pages=pages(desk),
        buttons=(back(desk), *aside(desk)),
    )


def _said(desk: Desk, service: Service) -> str:
    words = desk.words
    lines = []
    for key, papers in (("bring", service.papers), ("on_record", service.on_record)):
        if papers:
            names = words.join(each.of(words.language) for each in papers)
            lines.append(words.texts(f"kiosk.needs.{key}", papers=names))
    return "\n".join(lines)


def _chosen(desk: Desk) -> list[Service]:
    """The services chosen that the hall knows; none with a purpose, which has no papers."""
    known = desk.hall.services
    return [] if desk.visit.purpose else [known[code] for code in desk.visit.basket if code in known]
