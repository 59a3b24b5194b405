"""How many months must be paid for a pension, by the year of retirement: `[pension]` of the catalogue.

A rule holds from its `year` on until the next one: `months`, from then on `rises` more each year, `at_most` so many.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from ticketserver.shared.fields import Name, ServiceCode
from ticketserver.shared.problems import Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.catalogue import Catalogue

Months = Annotated[int, Meta(ge=0, le=600)]


class Rule(Struct, frozen=True, kw_only=True):
    """`[[pension.rule]]`."""

    year: Annotated[int, Meta(ge=1990, le=2100)]
    months: Months
    rises: Months = 0
    at_most: Months
    source_zh: Name
    source_en: Name


class Pension(Struct, frozen=True, kw_only=True):
    """`[pension]`: `services` beside which the calculator is offered."""

    services: Annotated[tuple[ServiceCode, ...], Meta(min_length=1)]
    rule: Annotated[tuple[Rule, ...], Meta(min_length=1)]


def pension_problems(catalogue: "Catalogue", tables: Tables) -> Iterator[Problem]:
    if catalogue.pension is None:
        return
    for place, code in enumerate(catalogue.pension.services):
        if code not in catalogue.by_code:
            yield tables.problem(("pension", "services", place), "unknown_service", code, "services")
    for place, (before, rule) in enumerate(pairwise(catalogue.pension.rule), 1):
        if rule.year <= before.year:
            other = f"pension.rule[{place}].year"
            yield tables.problem(("pension", "rule", place, "year"), "too_early", rule.year, "after", other=other)
