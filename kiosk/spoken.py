"""From the picture to what is read aloud of it: few sentences, in the order in which a person needs them.

| screen | read |
|---|---|
| first screen, lists | title, notice or hint, how many there are and their names, the basket, the buttons |
| search | title, what was typed, heading, the first names, the basket, the buttons; not the keyboard |
| confirm | title, what was chosen, each fact, a problem, the buttons that can be pressed |
| message | title, text, buttons |
| number | head, number, where to wait and how long, buttons |
| what to bring | title, hint, each service with its papers, buttons |
| the machine's report | title, buttons |
| finding | title, hint, what stands in the number's field, a problem, buttons |

Ticket numbers are spelled sign by sign. Nothing `Private` is read. What stands at the window's head (hall, time,
switches) is not read: it is the same on every screen.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from kiosk.buttons import Basket, Button, Private
from kiosk.model import (
    Confirm,
    Field,
    Frame,
    Home,
    Listing,
    Message,
    Needs,
    Number,
    Report,
    Screen,
    Search,
    Warning,
)
from ticketserver.shared.texts import Texts

TICKET = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d+")
HAN = re.compile("[一-鿿]+")
"""No voice but the Chinese one reads them."""
RANGE = re.compile(r"(\d[\d:]*)–(\d[\d:]*)")
FOUND_READ = 5
"""So many of what a search found; the rest by typing more."""
Sentences = tuple[str, ...]


def spoken(frame: Frame, texts: Texts) -> Sentences:
    """The screen's sentences; the first is its title, by which a new screen is known from a changed one."""
    return _readable(_screen(frame.screen, texts), texts)


def spoken_warning(warning: Warning, texts: Texts) -> Sentences:
    return _readable((warning.text, _buttons((warning.button,), texts)), texts)


def _screen(screen: Screen, texts: Texts) -> Iterable[str]:
    match screen:
        case Home():
            return (screen.title, screen.notice, *_to_choose(screen, screen.tiles, texts))
        case Listing():
            return (screen.title, screen.hint, *_to_choose(screen, screen.rows, texts))
        case Search():
            rows = screen.rows[:FOUND_READ] if screen.typed else screen.rows
            return (screen.title, " ".join(screen.typed), screen.heading, *_to_choose(screen, rows, texts))
        case Confirm():
            return _confirm(screen, texts)
        case Message():
            return (screen.title, screen.text, _buttons(screen.buttons, texts))
        case Number():
            number = "" if screen.number in screen.head else " ".join(screen.number)
            return (screen.head, number, *screen.lines, _buttons(screen.buttons, texts))
        case Needs():
            cards = (f"{row.head}: {row.text}" for row in screen.rows)
            return (screen.title, screen.hint, *cards, _buttons(screen.buttons, texts))
        case Report():
            return (screen.title, _buttons(screen.buttons, texts))
        case _:
            typed_in = [_field(each, texts) for each in screen.fields]
            return (screen.title, screen.hint, *typed_in, screen.problem, _buttons(screen.buttons, texts))


def _to_choose(screen: Home | Listing | Search, rows: Sequence[Button], texts: Texts) -> Iterable[str]:
    """How many there are and their names, what was chosen of them, the buttons."""
    names = texts("kiosk.aloud.joiner").join(row.label for row in rows)
    choice = texts("kiosk.aloud.choice", count=len(rows), names=names) if rows else ""
    return (choice, screen.basket.text, _buttons((*_of_basket(screen.basket), *screen.buttons), texts))


def _of_basket(basket: Basket) -> Iterable[Button]:
    return (button for button in (basket.done, basket.afresh) if button)


def _confirm(screen: Confirm, texts: Texts) -> Iterable[str]:
    joiner = texts("kiosk.aloud.joiner")
    chosen = [joiner.join(part for part in (row.label, row.count) if part) for row in screen.rows]
    facts = [fact.text for fact in screen.facts]
    return (screen.title, *chosen, *facts, screen.problem, _buttons((screen.take, *screen.buttons), texts))


def _buttons(buttons: Iterable[Button], texts: Texts) -> str:
    names = [button.label for button in buttons if button.enabled]
    return texts("kiosk.aloud.buttons", names=texts("kiosk.aloud.joiner").join(names)) if names else ""


def _field(field: Field, texts: Texts) -> str:
    """A field with something in it; of the others nothing."""
    if not field.value or isinstance(field.value, Private):
        return ""
    return texts("kiosk.aloud.field", label=field.label, value=" ".join(field.value))


def _readable(sentences: Iterable[str], texts: Texts) -> Sentences:
    """Without what is private, line by line, numbers spelled; no line without a letter, which would be silence."""
    lines = chain.from_iterable(each.split("\n") for each in sentences if not isinstance(each, Private))
    spelled = (_spelled(line.strip(), texts) for line in lines)
    return tuple(line for line in spelled if any(map(str.isalnum, line)))


def _spelled(sentence: str, texts: Texts) -> str:
    sentence = RANGE.sub(lambda found: texts("kiosk.aloud.range", low=found[1], high=found[2]), sentence)
    sentence = TICKET.sub(lambda found: " ".join(found[0]), sentence)
    return sentence if texts.language == "zh" else HAN.sub("", sentence)
