"""Rules about services as a kiosk knows them: what is asked before a number, the months of a pension. Plain values."""

from dataclasses import dataclass

from kiosk.names import Names


@dataclass(frozen=True)
class Answer:
    """`to`: the id of a later question or of an outcome."""

    name: Names
    to: str


@dataclass(frozen=True)
class Question:
    id: str
    name: Names
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Outcome:
    """`kind`: go_on, elsewhere or cannot. `yuan_a_year`: 0 = no amount."""

    id: str
    kind: str
    name: Names
    papers: tuple[Names, ...] = ()
    yuan_a_year: int = 0


@dataclass(frozen=True)
class Precheck:
    """What is asked about these services before a number. `opens` and `closes` as `2019-10-15`, empty = no limit."""

    id: str
    services: tuple[str, ...]
    year: int
    source: Names
    opens: str = ""
    closes: str = ""
    questions: tuple[Question, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class PensionRule:
    """Who retires in `year` or later needs `months`, `rises` more for each year after it, `at_most` so many."""

    year: int
    months: int
    rises: int
    at_most: int
    source: Names


@dataclass(frozen=True)
class PensionRules:
    """`rules` oldest first; the calculator stands beside `services`."""

    services: tuple[str, ...]
    rules: tuple[PensionRule, ...]
