"""Right place first: what is asked about a service before a number is given, and what came of it.

```
选好了 ─▶ a service with a precheck? ─ no ───────────────────────────────▶ CONFIRM
              │ yes                      ┌ go_on, within the days ─▶ 继续 ──┘ (or the next precheck)
              ▼                          │
            CHECK: question, answer … ─▶ CHECKED ─ elsewhere, cannot, outside the days: no number for it;
                                         where to go on paper, an enquiry number, the other things chosen
```
A precheck without questions looks at the days only, and so does one whose days were in an earlier year: its questions
ask by rules that are over. Nothing that was answered leaves the visit. What can go wrong: the
printer fails while it prints where to go; the screen keeps saying it.
"""

from kiosk.choosing import Choosing
from kiosk.desk import Desk
from kiosk.events import Print, Printed
from kiosk.precheck_slip import where_slip
from kiosk.printing import CAME_OUT
from kiosk.rulebook import Outcome, Precheck, Question
from kiosk.state import Checking, Step


class Prechecks:
    """Taps on the screens of a precheck. The names of the methods are those of the taps."""

    def __init__(self, desk: Desk, choosing: Choosing) -> None:
        self._desk = desk
        self._choosing = choosing
        choosing.checked_first = self.begin

    def begin(self) -> bool:
        """Whether something chosen must be asked about first; then that is on the screen."""
        desk, visit = self._desk, self._desk.visit
        check = _next(desk)
        if check is None:
            return False
        visit.check = Checking(check.id, came_from=visit.step, cleared=visit.check.cleared)
        if check.questions and not is_past(check, desk):
            self._ask(check.questions[0].id)
        elif is_open(check, desk):
            visit.check.cleared |= {check.id}
            return self.begin()
        else:
            visit.check.closed = True
            desk.go(Step.CHECKED)
        return True

    def answer(self, place: str) -> None:
        """The answer at this place of the list."""
        desk, checking = self._desk, self._desk.visit.check
        answers = question_of(desk).answers
        if not place.isdigit() or int(place) >= len(answers):
            return
        answer = answers[int(place)]
        checking.answered = answer.name
        check = check_of(desk)
        if any(question.id == answer.to for question in check.questions):
            self._ask(answer.to)
            return
        checking.outcome = answer.to
        checking.closed = outcome_of(desk).kind == "go_on" and not is_open(check, desk)
        desk.go(Step.CHECKED)

    def _ask(self, question: str) -> None:
        self._desk.visit.check.path += (question,)
        self._desk.go(Step.CHECK)

    def check_back(self, _: str) -> None:
        """The question before, at last where the person came from."""
        desk, checking = self._desk, self._desk.visit.check
        if desk.visit.step is Step.CHECK:
            checking.path = checking.path[:-1]
        checking.outcome, checking.closed = "", False
        desk.go(Step.CHECK if checking.path else checking.came_from)

    def check_on(self, _: str) -> None:
        """Nothing stands against a number for this; on with the rest."""
        checking = self._desk.visit.check
        if may_go_on(self._desk):
            checking.cleared |= {checking.precheck}
            self._leave()

    def check_drop(self, _: str) -> None:
        """Without this service, on with the others."""
        basket = self._desk.visit.basket
        for code in check_of(self._desk).services:
            basket.pop(code, None)
        self._leave()

    def _leave(self) -> None:
        """As if the person were back where they came from and tapped 选好了; with nothing left, at the beginning."""
        desk = self._desk
        desk.go(desk.visit.check.came_from if desk.visit.basket else Step.HOME)
        self._choosing.done("")

    def check_print(self, _: str) -> None:
        """Where to go, on paper; no number."""
        desk, checking = self._desk, self._desk.visit.check
        if checking.paper == "printing" or not checking.outcome or outcome_of(desk).kind != "elsewhere":
            return
        checking.job, checking.paper = desk.next_job(), "printing"
        desk.effects.append(Print(checking.job, where_slip(check_of(desk), outcome_of(desk), desk.slip_words)))

    def printed(self, event: Printed) -> None:
        checking = self._desk.visit.check
        if checking.paper == "printing" and event.job == checking.job:
            checking.paper = "printed" if event.outcome in CAME_OUT else "failed"
            self._desk.touched_ms = self._desk.now_ms


def _next(desk: Desk) -> Precheck | None:
    """The first precheck, in the hall's order, of something chosen that was not cleared yet."""
    visit = desk.visit
    return next(
        (
            check
            for check in desk.hall.prechecks
            if check.id not in visit.check.cleared and not visit.basket.keys().isdisjoint(check.services)
        ),
        None,
    )


def check_of(desk: Desk) -> Precheck:
    return next(check for check in desk.hall.prechecks if check.id == desk.visit.check.precheck)


def question_of(desk: Desk) -> Question:
    """The question on the screen."""
    last = desk.visit.check.path[-1]
    return next(question for question in check_of(desk).questions if question.id == last)


def outcome_of(desk: Desk) -> Outcome:
    """What the answers led to."""
    return next(outcome for outcome in check_of(desk).outcomes if outcome.id == desk.visit.check.outcome)


def may_go_on(desk: Desk) -> bool:
    checking = desk.visit.check
    return bool(checking.outcome) and not checking.closed and outcome_of(desk).kind == "go_on"


def is_open(check: Precheck, desk: Desk) -> bool:
    """Whether the business day is within the days of the precheck."""
    today = desk.today
    return (not check.opens or check.opens <= today) and (not check.closes or today <= check.closes)


def is_past(check: Precheck, desk: Desk) -> bool:
    """Whether the last day of the precheck was in an earlier year, so that its rules are over with it."""
    return bool(check.closes) and check.closes[:4] < desk.today[:4]
