"""The catalogue's situations and prechecks as staff's pages are told them."""

from ticketserver.core.ids import ServiceId
from ticketserver.shared import prechecks as p
from ticketserver.shared.catalogue import Catalogue
from ticketserver.wire import guidance as g


def guidance_view(catalogue: Catalogue) -> g.GuidanceView:
    return g.GuidanceView(
        situations=[
            g.SituationView(
                situation=each.id,
                name_zh=each.name_zh,
                name_en=each.name_en,
                services=list(map(ServiceId, each.services)),
            )
            for each in catalogue.situation
        ],
        prechecks=[_precheck(catalogue, each) for each in catalogue.precheck],
    )


def _precheck(catalogue: Catalogue, check: p.Precheck) -> g.PrecheckView:
    return g.PrecheckView(
        precheck=check.id,
        services=list(map(ServiceId, check.services)),
        year=check.year,
        source_zh=check.source_zh,
        source_en=check.source_en,
        opens=check.opens.isoformat() if check.opens else "",
        closes=check.closes.isoformat() if check.closes else "",
        questions=tuple(
            g.QuestionView(
                question=each.id,
                name_zh=each.zh,
                name_en=each.en,
                answers=[g.AnswerView(name_zh=one.zh, name_en=one.en, to=one.to) for one in each.answers],
            )
            for each in check.question
        ),
        outcomes=tuple(_outcome(catalogue, each) for each in check.outcome),
    )


def _outcome(catalogue: Catalogue, outcome: p.Outcome) -> g.OutcomeView:
    papers = [catalogue.materials_by_id[each] for each in outcome.materials]
    return g.OutcomeView(
        outcome=outcome.id,
        kind=outcome.kind,
        name_zh=outcome.zh,
        name_en=outcome.en,
        materials_zh=tuple(each.zh for each in papers),
        materials_en=tuple(each.en for each in papers),
        yuan_a_year=outcome.yuan_a_year,
    )
