"""The choice among more than two languages, each by its own name."""

from kiosk.buttons import Basket, Button, Look
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.model import Listing
from kiosk.present_choosing import pages


def languages(desk: Desk) -> Listing:
    texts = desk.words.texts
    rows = [
        Button(
            desk.words_in(each).texts("kiosk.frame.language"), Tap("language", each),
            Look.CHOSEN if each == desk.language else Look.SIDE,
        )
        for each in desk.hall.languages
    ]  # fmt: skip
    back = Button(texts("kiosk.button.back"), Tap("language", desk.language))
    return Listing(texts("kiosk.frame.which"), "", tuple(rows), pages(desk), (back,), Basket())
