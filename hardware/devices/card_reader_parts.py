"""What a card reader is given and what it gives: of a person, a keyed hash for one day and on which side of an age.

| given | | |
|---|---|---|
| `CardDay` | the day's key, the day, the age from which one is aged | without one no card is read |

| given out | |
|---|---|
| `CardRead` | somebody's card; the same card of the same day has the same `holder` |
| `CardAgain` | a card was there and could not be read: pulled early, or not laid flat |
| `CardUnknown` | a card of a kind whose number cannot be made out |

`holder` is HMAC-SHA-256 of the number under the day's key, as 64 hexadecimal digits. Numbers of cards are few enough to
try them all, so a plain hash would be the number in disguise; once the day's key is gone, so is the way back.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hardware.codecs.id_card_text import Card
from hardware.codecs.id_number import age_on

SHORTEST_KEY = 16


class AgeGroup(StrEnum):
    """On which side of the hall's age limit; unknown where a card tells no birth date."""

    UNDER = "under"
    AGED = "aged"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CardDay:
    """`key`: at least 16 bytes of randomness, known for one day only."""

    key: bytes = field(repr=False)
    today: date
    age_limit: int

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the day's key has {len(self.key)} bytes; at least {SHORTEST_KEY}")

    def holder(self, card: Card) -> str:
        return hmac.new(self.key, card.number.encode("ascii"), "sha256").hexdigest()

    def age_group(self, card: Card) -> AgeGroup:
        if card.birth is None:
            return AgeGroup.UNKNOWN
        return AgeGroup.AGED if age_on(card.birth, self.today) >= self.age_limit else AgeGroup.UNDER


@dataclass(frozen=True)
class CardRead:
    holder: str = field(repr=False)
    age_group: AgeGroup


@dataclass(frozen=True)
class CardAgain:
    """`reason`: a word of the reader, or `silent`, `damaged`."""

    reason: str


@dataclass(frozen=True)
class CardUnknown:
    """`kind`: the letter on the card."""

    kind: str


CardEvent = CardRead | CardAgain | CardUnknown
