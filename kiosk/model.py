"""What stands on the screen, as plain frozen values: every word final, every button with the tap it sends.

Screens draw these and send taps back; they decide nothing. A frame equal to the last one needs no drawing.
"""

from dataclasses import dataclass

from kiosk.buttons import Basket, Button, Mood, Pages
from kiosk.ease import Ease
from kiosk.events import Tap

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of a QR code, True = dark."""


@dataclass(frozen=True)
class Home:
    title: str
    notice: str
    tiles: tuple[Button, ...]
    buttons: tuple[Button, ...]
    basket: Basket


@dataclass(frozen=True)
class Listing:
    """A list to choose from."""

    title: str
    hint: str
    rows: tuple[Button, ...]
    pages: Pages
    buttons: tuple[Button, ...]
    basket: Basket


@dataclass(frozen=True)
class Search:
    """`keys`: the rows of the keyboard. `wide`: rows are groups, two or three beside each other; `roomy`: the rows are
    few, and the heading may be several sentences."""

    title: str
    typed: str
    heading: str
    rows: tuple[Button, ...]
    wide: bool
    pages: Pages
    keys: tuple[tuple[Button, ...], ...]
    buttons: tuple[Button, ...]
    basket: Basket
    roomy: bool = False


@dataclass(frozen=True)
class Chosen:
    """One line of the confirm screen; `count` with its buttons only where cases are asked for, `act`: what else can be
    done here. `offered`: not chosen, only named."""

    label: str
    detail: str = ""
    count: str = ""
    less: Button | None = None
    more: Button | None = None
    remove: Button | None = None
    act: Button | None = None
    offered: bool = False


@dataclass(frozen=True)
class Fact:
    """What the visit needs: a head and a sentence. `button`: the way to more of it, instead of the head."""

    head: str
    text: str
    button: Button | None = None


@dataclass(frozen=True)
class Confirm:
    title: str
    rows: tuple[Chosen, ...]
    pages: Pages
    facts: tuple[Fact, ...]
    problem: str
    take: Button
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Needs:
    """What to bring, a card for each service."""

    title: str
    hint: str
    rows: tuple[Fact, ...]
    pages: Pages
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Message:
    """One sentence and what can be done."""

    text: str
    buttons: tuple[Button, ...] = ()
    mood: Mood = Mood.CALM
    title: str = ""


@dataclass(frozen=True)
class Number:
    """A number, what happens with its paper, and how to come back to it."""

    head: str
    number: str
    lines: tuple[str, ...]
    mood: Mood
    buttons: tuple[Button, ...] = ()
    qr: Matrix = ()
    caption: str = ""


@dataclass(frozen=True)
class Field:
    """A typed value; the one with `active` takes the keys."""

    label: str
    value: str
    active: bool
    tap: Tap


@dataclass(frozen=True)
class Find:
    title: str
    hint: str
    fields: tuple[Field, ...]
    problem: str
    keys: tuple[tuple[Button, ...], ...]
    missing_head: str
    missing: tuple[Button, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Report:
    """Facts about the machine, one a row, for whoever looks after it."""

    title: str
    rows: tuple[Fact, ...]
    buttons: tuple[Button, ...]


Screen = Home | Listing | Search | Confirm | Needs | Message | Number | Find | Report


@dataclass(frozen=True)
class Warning:
    """A time-out that comes: the sentence with its seconds, and the way to stay."""

    text: str
    button: Button


@dataclass(frozen=True)
class Quiet:
    """What stands on a screen that rests. `place`: how far to the right and up, each from 0 to 1."""

    hall: str
    clock: str
    text: str
    place: tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The whole window: a head line over one screen, or over all the quiet one. `fresh`: nothing of a visit is left."""

    screen: Screen
    hall: str
    clock: str
    controls: tuple[Button, ...]
    warning: Warning | None
    ease: Ease
    language: str
    quiet: Quiet | None = None
    fresh: bool = False
