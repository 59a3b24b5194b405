"""What happens to the scanner and the card reader of a kiosk, and what it wants of them; the rest is in events.py.

A scanned code may be a person's key to something, and a holder stands for a person: neither shows in a `repr`.
"""

from dataclasses import dataclass, field

from ticketserver.core.terms import DeviceHealth


@dataclass(frozen=True)
class Scanned:
    """A code was held before the scanner."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class CardSeen:
    """An ID card was read: a keyed hash of its number, and whether its holder has the hall's age for priority."""

    holder: str = field(repr=False)
    aged: bool = False


@dataclass(frozen=True)
class CardUnread:
    """A card was there and gave nothing; `unknown`: it is of a kind that cannot be read here."""

    unknown: bool = False


@dataclass(frozen=True)
class InputSeen:
    """How the scanner or the card reader stands; `kind` scanner or card_reader."""

    device: str
    kind: str
    health: DeviceHealth
    reason: str = ""


Read = Scanned | CardSeen | CardUnread | InputSeen


@dataclass(frozen=True)
class UseKey:
    """Cards are hashed with this key (hexadecimal) of this business day from now on; without a key none is read."""

    key: str = field(repr=False)
    day: str


@dataclass(frozen=True)
class Trigger:
    """Somebody may hold a code before the scanner now."""
