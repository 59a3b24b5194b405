"""The prechecks and the pension rules of the catalogue as a kiosk sees them."""

from kiosk.names import Names
from kiosk.rulebook import Answer, Outcome, PensionRule, PensionRules, Precheck, Question
from ticketserver.shared import prechecks as p
from ticketserver.shared.catalogue import Catalogue
from ticketserver.shared.papers import paper_said


def prechecks_of(catalogue: Catalogue) -> tuple[Precheck, ...]:
    return tuple(
        Precheck(
            id=check.id,
            services=check.services,
            year=check.year,
            source=Names(check.source_zh, check.source_en),
            opens=check.opens.isoformat() if check.opens else "",
            closes=check.closes.isoformat() if check.closes else "",
            questions=tuple(_question(each) for each in check.question),
            outcomes=tuple(_outcome(catalogue, each) for each in check.outcome),
        )
        for check in catalogue.precheck
    )


def _question(question: p.Question) -> Question:
    answers = tuple(Answer(Names(each.zh, each.en), each.to) for each in question.answers)
    return Question(question.id, Names(question.zh, question.en), answers)


def _outcome(catalogue: Catalogue, outcome: p.Outcome) -> Outcome:
    papers = [catalogue.materials_by_id[each] for each in outcome.materials]
    return Outcome(
        id=outcome.id,
        kind=outcome.kind,
        name=Names(outcome.zh, outcome.en),
        papers=tuple(Names(paper_said(each, "zh"), paper_said(each, "en")) for each in papers),
        yuan_a_year=outcome.yuan_a_year,
    )


def pension_of(catalogue: Catalogue) -> PensionRules | None:
    pension = catalogue.pension
    if pension is None:
        return None
    return PensionRules(
        pension.services,
        tuple(
            PensionRule(each.year, each.months, each.rises, each.at_most, Names(each.source_zh, each.source_en))
            for each in pension.rule
        ),
    )
