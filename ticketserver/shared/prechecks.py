"""What is asked about a service before a number is given: `[[precheck]]` tables of the catalogue.

```
question ─ answer ─▶ a later question …  ─▶ outcome: go_on      the hall does it, or a counter must look
                                                     elsewhere  another place does it: where, and what to bring
                                                     cannot     not for this person: the reason is the answer given
opens … closes: outside these days an outcome go_on gives no number; without questions only the days are looked at
```
Figures and days hold for one `year` and come from one `source`; both are shown wherever they are. An answer leads to a
later question or to an outcome, so that every way ends.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import Count, Day, Id, Name, ServiceCode
from ticketserver.shared.problems import Path, Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.catalogue import Catalogue

Sentence = Annotated[str, Meta(min_length=1, max_length=160)]


class Answer(Struct, frozen=True, kw_only=True):
    """What a person may say. `to`: the id of a later question or of an outcome."""

    zh: Name
    en: Sentence
    to: Id


class Question(Struct, frozen=True, kw_only=True):
    """`[[precheck.question]]`: the first one is asked first."""

    id: Id
    zh: Name
    en: Sentence
    answers: Annotated[tuple[Answer, ...], Meta(min_length=1)]


class Outcome(Struct, frozen=True, kw_only=True):
    """`[[precheck.outcome]]`. `zh`, `en`: elsewhere: the place; else what it means. `yuan_a_year`: 0 = no amount."""

    id: Id
    kind: Literal["go_on", "elsewhere", "cannot"]
    zh: Sentence
    en: Sentence
    materials: tuple[Id, ...] = ()
    yuan_a_year: Count = 0


class Precheck(Struct, frozen=True, kw_only=True):
    """`[[precheck]]`: `year` for which it holds, `source_*` where it stands, `opens` and `closes` the first and the
    last day."""

    id: Id
    services: Annotated[tuple[ServiceCode, ...], Meta(min_length=1)]
    year: Annotated[int, Meta(ge=2000, le=2100)]
    source_zh: Name
    source_en: Sentence
    opens: Day | None = None
    closes: Day | None = None
    question: tuple[Question, ...] = ()
    outcome: tuple[Outcome, ...] = ()


def precheck_problems(catalogue: "Catalogue", tables: Tables) -> Iterator[Problem]:
    """What the tables refer to must exist, and each service has one precheck at most."""
    ids: set[str] = set()
    services: set[str] = set()
    for index, check in enumerate(catalogue.precheck):
        here: Path = ("precheck", index)
        if check.id in ids:
            yield tables.problem((*here, "id"), "repeated", check.id, "unique")
        ids.add(check.id)
        for place, code in enumerate(check.services):
            if code not in catalogue.by_code:
                yield tables.problem((*here, "services", place), "unknown_service", code, "services")
            elif code in services:
                yield tables.problem((*here, "services", place), "repeated", code, "unique")
            services.add(code)
        if check.opens and check.closes and check.closes < check.opens:
            other = f"precheck[{index + 1}].opens"
            yield tables.problem((*here, "closes"), "too_early", check.closes, "not_before", other=other)
        yield from _ways(check, tables, here)
        for place, outcome in enumerate(check.outcome):
            for at, material in enumerate(outcome.materials):
                if material not in catalogue.materials_by_id:
                    path = (*here, "outcome", place, "materials", at)
                    yield tables.problem(path, "unknown_name", material, "materials")


def _ways(check: Precheck, tables: Tables, here: Path) -> Iterator[Problem]:
    """Every answer leads on, never back."""
    outcomes = [outcome.id for outcome in check.outcome]
    questions = [question.id for question in check.question]
    seen: set[str] = set()
    for table, ids in (("question", questions), ("outcome", outcomes)):
        for place, known in enumerate(ids):
            if known in seen:
                yield tables.problem((*here, table, place, "id"), "repeated", known, "unique")
            seen.add(known)
    for place, question in enumerate(check.question):
        allowed = [*questions[place + 1 :], *outcomes]
        for at, answer in enumerate(question.answers):
            if answer.to not in allowed:
                path = (*here, "question", place, "answers", at, "to")
                yield tables.problem(path, "unknown_name", answer.to, "one_of", choices=", ".join(allowed))
