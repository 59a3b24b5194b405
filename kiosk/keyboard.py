"""The keys of the on-screen keyboards."""

from kiosk.buttons import Button, Look
from kiosk.events import Tap
from ticketserver.shared.texts import Texts

LETTER_ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
DIGIT_ROWS = ("123", "456", "789")


def letters(texts: Texts, whose: str = "") -> tuple[tuple[Button, ...], ...]:
    """Letters and digits; `whose` stands before the names of the taps, "" = the search's."""
    rows = [tuple(Button(sign, Tap(f"{whose}key", sign), Look.KEY) for sign in row) for row in LETTER_ROWS]
    clear = Button(texts("kiosk.button.clear"), Tap(f"{whose}clear"), Look.KEY)
    delete = Button(texts("kiosk.button.delete"), Tap(f"{whose}delete"), Look.KEY)
    return (*rows[:3], (clear, *rows[3], delete))


def number_pad(texts: Texts, prefixes: str, find: Button) -> tuple[tuple[Button, ...], ...]:
    """First signs of numbers, digits, delete and the way on."""
    first = tuple(Button(sign, Tap("sign", sign), Look.KEY) for sign in prefixes)
    rows = [tuple(Button(sign, Tap("sign", sign), Look.KEY) for sign in row) for row in DIGIT_ROWS]
    delete = Button(texts("kiosk.button.delete"), Tap("rub"), Look.KEY)
    return (first, *rows, (delete, Button("0", Tap("sign", "0"), Look.KEY), find))
