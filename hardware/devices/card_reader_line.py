"""A card reader's line with the one question that is open on it: asked, asked again, answered, overdue."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hardware.codecs.id_card_frames import FOUND, OK, Answer, Decoder, Kind, Question, question
from hardware.devices.kept_link import KeptLink
from hardware.transports.link import Link

TIMEOUT_MS: Mapping[Question, int] = MappingProxyType({Question.FIND: 400, Question.SELECT: 400, Question.READ: 2_500})
GOOD: Mapping[Question, tuple[Kind, int]] = MappingProxyType(
    {Question.FIND: (Kind.FOUND, FOUND), Question.SELECT: (Kind.SELECTED, OK), Question.READ: (Kind.CARD, OK)}
)
"""What a good answer looks like; of other shapes only a plain status can be an answer."""
DAMAGED_WORDS: Final = frozenset({"checksum", "length", "command", "unknown_command"})
"""What the reader says when our question reached it damaged."""


class CardLine(KeptLink):
    """`asked`: the open question, asked `tries` times so far; None: the next one is due at `next_ms`."""

    def __init__(self, open_link: Callable[[], Link]) -> None:
        super().__init__(open_link)
        self._decoder = Decoder()
        self.asked: Question | None = None
        self.tries = 0
        self.next_ms = 0
        self._asked_ms = 0

    def rest(self, next_ms: int) -> None:
        """Nothing is asked until then."""
        self._decoder.clear()
        self.asked, self.next_ms = None, next_ms

    def ask(self, asked: Question, now_ms: int, tries: int = 1) -> None:
        self._decoder.clear()
        self.asked, self._asked_ms, self.tries = asked, now_ms, tries
        self.write(question(asked))

    def overdue(self, now_ms: int) -> bool:
        return self.asked is not None and now_ms - self._asked_ms >= TIMEOUT_MS[self.asked]

    def answers(self) -> list[Answer]:
        """What has arrived, whole."""
        return self._decoder.feed(self.take())


def is_damaged(answer: Answer) -> bool:
    """Whether question or answer suffered on the way."""
    return answer.kind is Kind.DAMAGED or (answer.kind is Kind.STATUS and answer.word in DAMAGED_WORDS)


def is_good(answer: Answer, asked: Question) -> bool:
    return (answer.kind, answer.status) == GOOD[asked]


def is_refusal(answer: Answer) -> bool:
    """A plain status other than ok: there is no answer but this, to whatever was asked."""
    return answer.kind is Kind.STATUS and answer.status != OK
