"""我有预约 in words: scan the code, or type it; without either an enquiry number or the guide's desk."""

from kiosk.booking import SHORTEST
from kiosk.buttons import Basket, Button, Look
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.keyboard import letters
from kiosk.model import Search
from kiosk.present_choosing import enquiry, pages

GROUP = 4
SHOWN_GROUPS = 6
"""As many as stand in the field in large print; what was typed before has scrolled out."""


def booking(desk: Desk) -> Search:
    texts, visit = desk.words.texts, desk.visit
    scans = desk.works(desk.hall.scanner)
    complete = len(visit.typed_code) >= SHORTEST
    heading = texts("kiosk.have_booking.scan" if scans else "kiosk.have_booking.no_scanner")
    if visit.problem:
        heading = desk.words.problem(visit.problem)
    look_up = Button(texts("kiosk.have_booking.look_up"), Tap("booking_find"), Look.MAIN, enabled=complete)
    return Search(
        title=texts("kiosk.have_booking.hint", count=len(visit.typed_code)),
        typed=_in_groups(visit.typed_code),
        heading=heading,
        rows=(look_up,),
        wide=False,
        pages=pages(desk),
        keys=letters(texts, "booking_"),
        buttons=(Button(texts("kiosk.button.back"), Tap("back")), *enquiry(desk)),
        basket=Basket(),
        roomy=True,
    )


def _in_groups(typed: str) -> str:
    """The end of it, in groups as people read from paper."""
    groups = [typed[at : at + GROUP] for at in range(0, len(typed), GROUP)]
    return ("… " if len(groups) > SHOWN_GROUPS else "") + " ".join(groups[-SHOWN_GROUPS:])
