"""What helps people to the right service before a number is given: the search, situations, what is asked first.

```
find_services(text) ─▶ services, best first     several mean the same word: ask back
get_guidance()      ─▶ situations               what happened to a person ─▶ services
                       prechecks                question ─ answer ─▶ a later question … ─▶ outcome
```
Prechecks are the catalogue's (`[[precheck]]`), for whoever asks people in person. They bind nobody on the wire.
"""

from typing import Annotated

from msgspec import Meta

from ticketserver.core.ids import ServiceId
from ticketserver.wire.params import Params
from ticketserver.wire.views import View


class FindServices(Params, frozen=True, kw_only=True):
    """Services by what is typed: pinyin, initials, Chinese, English, a code; with slips."""

    text: Annotated[str, Meta(max_length=60)]


class GetGuidance(Params, frozen=True, kw_only=True):
    """Situations, and what is asked before a number is given."""


class FoundView(View, frozen=True, kw_only=True):
    """Services and purposes, best first. `several`: the typed word means several of them, so ask back which; `near`:
    nothing fits, these come near; `situations`: whose name fits."""

    services: list[ServiceId]
    situations: tuple[str, ...] = ()
    several: str = ""
    near: bool = False


class SituationView(View, frozen=True, kw_only=True):
    """What happened to a person, and the services that usually follow, in order."""

    situation: str
    name_zh: str
    name_en: str
    services: list[ServiceId]


class AnswerView(View, frozen=True, kw_only=True):
    """`to`: a later question or an outcome."""

    name_zh: str
    name_en: str
    to: str


class QuestionView(View, frozen=True, kw_only=True):
    """The first of a precheck is asked first."""

    question: str
    name_zh: str
    name_en: str
    answers: list[AnswerView]


class OutcomeView(View, frozen=True, kw_only=True):
    """`kind`: go_on, elsewhere (`name_*` is the place) or cannot. `yuan_a_year`: 0 = no amount."""

    outcome: str
    kind: str
    name_zh: str
    name_en: str
    materials_zh: tuple[str, ...] = ()
    materials_en: tuple[str, ...] = ()
    yuan_a_year: int = 0


class PrecheckView(View, frozen=True, kw_only=True):
    """What is asked about these services. `opens`, `closes`: first and last day as `2026-10-15`, empty = no limit;
    `source_*`: where it stands, for `year`."""

    precheck: str
    services: list[ServiceId]
    year: int
    source_zh: str
    source_en: str
    opens: str = ""
    closes: str = ""
    questions: tuple[QuestionView, ...] = ()
    outcomes: tuple[OutcomeView, ...] = ()


class GuidanceView(View, frozen=True, kw_only=True):
    """All of it, in the catalogue's order."""

    situations: list[SituationView]
    prechecks: list[PrecheckView]
