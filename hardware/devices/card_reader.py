"""An ID-card reader on a link: cards laid on it, as values that name nobody.

One thread owns it and turns it round, as with a scanner:

    while not stopped:
        reader.wait(0.05)                      blocks on the line at most so long
        for event in reader.poll(now_ms): …    never blocks longer than one write

```
        every 250 ms              found, a new card          selected
 idle ─────────────▶ FIND ──────────────────────▶ SELECT ─────────────▶ READ ──▶ CardRead
   ◀── none found ────┘  ◀── not selected ──────────┘  ◀── not read: CardAgain ────┘
```
A question without an answer in time, or with a damaged one, is asked again: `TRIES` times in all, an unanswered read
`READ_TRIES` times. A reader that answers no find is silent, and asked less often.
A card is given once for each laying down: see card_reader_field.
"""

from collections.abc import Callable
from typing import Final

from hardware.codecs.id_card_frames import NONE_FOUND, NOT_AUTHORISED, STATUS_WORDS, Answer, Question
from hardware.codecs.id_card_text import KNOWN_KINDS, Card
from hardware.devices.card_reader_field import CardField
from hardware.devices.card_reader_line import CardLine, is_damaged, is_good, is_refusal
from hardware.devices.card_reader_parts import CardAgain, CardDay, CardEvent, CardRead, CardUnknown
from hardware.devices.reading_health import LINK_DOWN, SILENT, ReadingHealth
from hardware.transports.link import Link

POLL_MS: Final = 250
SILENT_POLL_MS: Final = 1_000
TRIES: Final = 3
READ_TRIES: Final = 2


class CardReader:
    """`open_link` opens the line anew each time."""

    def __init__(self, open_link: Callable[[], Link]) -> None:
        self._line = CardLine(open_link)
        self._field = CardField()
        self._day: CardDay | None = None
        self._heard = self._silent = False
        self._trouble = ""

    @property
    def link_down(self) -> str:
        """Why there is no link, in the system's words; "" while there is one."""
        return self._line.down

    def use(self, day: CardDay | None) -> None:
        """The day's key from now on; None: no card is read."""
        if day != self._day:
            self._day = day
            self._field.forget()

    def wait(self, timeout_s: float) -> bool:
        """Block on the line at most `timeout_s`; False at once when there is no link to wait on."""
        return self._line.wait(timeout_s)

    def poll(self, now_ms: int) -> list[CardEvent]:
        """Take what arrived, ask what is due; `now_ms` from any clock that only grows."""
        line = self._line
        if line.open_due(now_ms):
            # What was asked on the old line is forgotten, the card that was given is not.
            line.rest(now_ms)
            self._heard = self._silent = False
            self._trouble = ""
        line.wait(0)
        events: list[CardEvent] = []
        for answer in line.answers():
            events += self._answered(answer, now_ms)
        if line.usable:
            if line.asked is not None and line.overdue(now_ms):
                events += self._unanswered(line.asked, "silent", now_ms)
            if line.asked is None and now_ms >= line.next_ms:
                line.ask(Question.FIND, now_ms)
        line.settle(now_ms)
        return events

    def health(self) -> ReadingHealth:
        """As of the last poll."""
        if self._line.down:
            return LINK_DOWN
        if self._silent:
            return SILENT
        if self._trouble:
            return ReadingHealth("degraded", self._trouble)
        return ReadingHealth("online" if self._heard else "unheard")

    def close(self) -> None:
        """Give the link back; the next poll would open it again."""
        self._line.close()

    def _rest(self, now_ms: int) -> None:
        self._line.rest(now_ms + (SILENT_POLL_MS if self._silent else POLL_MS))

    def _answered(self, answer: Answer, now_ms: int) -> list[CardEvent]:
        asked = self._line.asked
        if asked is None:
            return []
        if is_damaged(answer):
            return self._unanswered(asked, "damaged", now_ms)
        good = is_good(answer, asked)
        if not (good or is_refusal(answer)):
            return []
        self._heard, self._silent = True, False
        if answer.status == NOT_AUTHORISED:
            self._trouble = answer.word
            self._rest(now_ms)
            return []
        if asked is Question.FIND:
            self._found(answer, good, now_ms)
            return []
        if not good:
            return self._failed(asked, answer.word, now_ms)
        if asked is Question.SELECT:
            self._line.ask(Question.READ, now_ms)
            return []
        assert answer.card is not None
        return self._read(answer.card, now_ms)

    def _found(self, answer: Answer, good: bool, now_ms: int) -> None:
        """Find was answered: nothing there, a card to be read, or a reader in trouble."""
        # Find works on a reader that is not authorised: only a good read takes that back.
        if self._trouble != STATUS_WORDS[NOT_AUTHORISED]:
            self._trouble = "" if good or answer.status == NONE_FOUND else answer.word
        if answer.status == NONE_FOUND:
            self._field.none_found()
        if good and self._field.found() and self._day is not None:
            self._line.ask(Question.SELECT, now_ms)
        else:
            self._rest(now_ms)

    def _read(self, card: Card, now_ms: int) -> list[CardEvent]:
        day = self._day
        if not card.number and card.kind in KNOWN_KINDS:
            return self._unanswered(Question.READ, "damaged", now_ms)
        self._rest(now_ms)
        self._trouble = ""
        if day is None:
            return []
        given = day.holder(card) if card.number else card.kind
        if not self._field.read(given):
            return []
        return [CardRead(given, day.age_group(card)) if card.number else CardUnknown(card.kind)]

    def _unanswered(self, asked: Question, reason: str, now_ms: int) -> list[CardEvent]:
        """No answer in time, or a damaged one: the same again, until it is enough."""
        if self._line.tries < (READ_TRIES if asked is Question.READ and reason == "silent" else TRIES):
            self._line.ask(asked, now_ms, self._line.tries + 1)
            return []
        if asked is Question.FIND:
            self._silent = reason == "silent"
            self._trouble = "" if self._silent else reason
        return self._failed(asked, reason, now_ms)

    def _failed(self, asked: Question, reason: str, now_ms: int) -> list[CardEvent]:
        """What was asked gave nothing; of a card that was found that is said."""
        self._rest(now_ms)
        if asked is Question.FIND:
            return []
        return [CardAgain(reason)] if self._field.failed(asked is Question.SELECT) else []
