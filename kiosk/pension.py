"""Will the months paid be enough for a pension? An estimate out of three numbers, without a name.

    years and months paid so far, years until retirement  ─▶  enough | enough if you go on paying | short by N months

The months add up, breaks take nothing away. How many are needed depends on the year of retirement and is data of the
catalogue, with its source. What can go wrong: nothing was typed (nothing is worked out), a hall without rules (the
calculator is not offered).
"""

from dataclasses import dataclass

from kiosk.desk import Desk
from kiosk.rulebook import PensionRule
from kiosk.state import PensionSum, Step

FIELDS = ("years", "months", "left")
SIGNS = 2
A_YEAR = 12


@dataclass(frozen=True)
class Estimate:
    """`kind`: enough, go_on or short. `need` and `missing` in months; `year` of retirement."""

    kind: str
    need: int
    missing: int
    year: int
    rule: PensionRule


def estimate(rules: tuple[PensionRule, ...], today: str, paid: int, left: int) -> Estimate:
    """`rules` oldest first; `today` as `2025-11-25`; months paid and months left until retirement."""
    year = (int(today[:4]) * A_YEAR + int(today[5:7]) - 1 + left) // A_YEAR
    rule = next((each for each in reversed(rules) if each.year <= year), rules[0])
    need = min(rule.at_most, rule.months + max(0, year - rule.year) * rule.rises)
    missing = max(0, need - paid - left)
    kind = "short" if missing else "enough" if paid >= need else "go_on"
    return Estimate(kind, need, missing, year, rule)


class Pension:
    """Taps on the calculator. The names of the methods are those of the taps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pension(self, _: str) -> None:
        if self._desk.hall.pension is not None:
            self._desk.visit.pension = PensionSum(came_from=self._desk.visit.step)
            self._desk.go(Step.PENSION)

    def pension_field(self, name: str) -> None:
        if name in FIELDS:
            self._desk.visit.pension.active = name

    def pension_sign(self, sign: str) -> None:
        said = self._desk.visit.pension
        if sign.isdigit():
            said.typed[said.active] = (said.typed.get(said.active, "") + sign)[:SIGNS]

    def pension_rub(self, _: str) -> None:
        said = self._desk.visit.pension
        said.typed[said.active] = said.typed.get(said.active, "")[:-1]

    def pension_next(self, _: str) -> None:
        """The next field; after the last one the result."""
        said = self._desk.visit.pension
        if complete(said):
            self._desk.go(Step.PENSION_SAID)
        else:
            said.active = FIELDS[(FIELDS.index(said.active) + 1) % len(FIELDS)]

    def pension_back(self, _: str) -> None:
        """From the result to the numbers, from there to where the person came from."""
        result = self._desk.visit.step is Step.PENSION_SAID
        self._desk.go(Step.PENSION if result else self._desk.visit.pension.came_from)


def complete(said: PensionSum) -> bool:
    """Months may be left out."""
    return bool(said.typed.get("years") and said.typed.get("left"))


def worked_out(desk: Desk) -> Estimate:
    """Of what was typed; `complete` before."""
    pension = desk.hall.pension
    assert pension is not None
    years, months, left = (int(desk.visit.pension.typed.get(name) or 0) for name in FIELDS)
    return estimate(pension.rules, desk.today, years * A_YEAR + months, left * A_YEAR)
