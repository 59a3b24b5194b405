"""The confirm screen in words: what was chosen, where it is done, how long, and what to bring."""

from kiosk.adding import may_join
from kiosk.buttons import Basket, Button, Look, Private
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.joins import joins
from kiosk.model import Chosen, Confirm, Fact, Listing
from kiosk.present_choosing import aside, lunch_notice, pages
from kiosk.present_counts import count_rows
from kiosk.present_needs import papers_fact
from kiosk.related import offered
from ticketserver.core.terms import Offer, Phase
from ticketserver.wire.minutes import Told, told
from ticketserver.wire.views_visits import AppointmentView, PlanView


def confirm(desk: Desk) -> Confirm:
    texts, visit = desk.words.texts, desk.visit
    take = Button(texts("kiosk.button.take"), Tap("take"), Look.MAIN, enabled=visit.planned and not visit.problem)
    buttons = [Button(texts("kiosk.button.edit"), Tap("back"))]
    if visit.appointment:
        buttons = [Button(texts("kiosk.button.home"), Tap("home"))]
    into = joins(desk)
    if into is not None:
        if not visit.adding:
            buttons.append(Button(texts("kiosk.adding.another"), Tap("take"), enabled=take.enabled))
        label = texts("kiosk.adding.join", number=into.number)
        take = Button(label, Tap("join"), Look.MAIN, enabled=may_join(desk) and not visit.busy)
    if desk.hall.priorities and not visit.adding:
        buttons.insert(0, Button(texts("kiosk.button.priority"), Tap("priority")))
    if not (visit.purpose or visit.appointment):
        buttons.insert(0, Button(texts("kiosk.button.add"), Tap("add")))
    return Confirm(
        title=texts("kiosk.confirm.title_purpose" if visit.purpose else "kiosk.confirm.title"),
        rows=_chosen(desk),
        pages=pages(desk),
        facts=_facts(desk),
        problem=desk.words.problem(visit.problem) if visit.problem else "",
        take=take,
        buttons=tuple(buttons),
    )


def _chosen(desk: Desk) -> tuple[Chosen, ...]:
    texts, visit = desk.words.texts, desk.visit
    if visit.purpose:
        return (Chosen(desk.hall.name_of(visit.purpose, desk.language)),)
    rows = []
    for code, quantity in visit.basket.items():
        if visit.appointment:
            rows.append(Chosen(desk.hall.name_of(code, desk.language)))
            continue
        service = desk.hall.services[code]
        remove = Button(texts("kiosk.button.remove"), Tap("remove", code), Look.QUIET)
        label, detail = service.plain.of(desk.language), service.name.of(desk.language)
        if service.counted:
            less = Button("-", Tap("less", code), Look.QUIET, enabled=quantity > 1)
            more = Button("+", Tap("more", code), Look.QUIET)
            count = texts("kiosk.confirm.cases", count=quantity)
            rows.append(Chosen(label, detail, count, less, more, remove))
        else:
            rows.append(Chosen(label, detail, remove=remove))
    if not visit.appointment:
        rows += count_rows(desk)
    return (*rows, *_offered(desk, len(rows)))


def _offered(desk: Desk, rows: int) -> list[Chosen]:
    """What many people do with it."""
    texts = desk.words.texts
    return [
        Chosen(
            label=desk.hall.name_of(code, desk.language),
            detail=texts("kiosk.related.hint"),
            act=Button(texts("kiosk.related.button"), Tap("also", code), Look.QUIET),
            offered=True,
        )
        for code in offered(desk, rows)
    ]


def _facts(desk: Desk) -> tuple[Fact, ...]:
    """What the visit needs, as far as the server has said it; nothing beside a refusal."""
    texts, visit = desk.words.texts, desk.visit
    if visit.problem:
        return ()
    facts = []
    if visit.plan is None:
        waiting = texts("kiosk.confirm.no_estimate" if visit.planned else "kiosk.confirm.looking")
        facts.append(Fact(texts("kiosk.confirm.wait_head"), waiting))
    else:
        count = len(visit.basket) if not visit.purpose else 0
        into = joins(desk)
        if into is not None:
            count += len(into.services)
            facts.append(Fact(texts("kiosk.adding.head"), texts("kiosk.adding.place", number=into.number)))
        facts.append(Fact(texts("kiosk.confirm.counters_head"), desk.words.where(visit.plan.stages, count)))
        if visit.booked is not None:
            facts.append(Fact(texts("kiosk.booking.head"), _booked(desk, visit.booked)))
        waits = told(visit.plan) is not Told.STRANDED and (visit.booked is None or visit.booked.late)
        if into is None and waits:
            facts.append(Fact(texts("kiosk.confirm.wait_head"), _wait(desk, visit.plan)))
    if visit.priority:
        key = "kiosk.priority.by_card" if desk.priority_by_card else "kiosk.priority.claimed"
        name = desk.claimable[visit.priority].of(desk.language)
        said = texts(key, name=name)
        facts.append(Fact(texts("kiosk.priority.head"), Private(said) if desk.priority_by_card else said))
    papers = papers_fact(desk)
    return (*facts, papers) if papers is not None else tuple(facts)


def _booked(desk: Desk, booked: AppointmentView) -> str:
    key = "kiosk.booking.late" if booked.late else "kiosk.booking.time"
    return desk.words.texts(key, **{"from": desk.words.clock(booked.from_ms), "to": desk.words.clock(booked.to_ms)})


def priority(desk: Desk) -> Listing:
    """Who may be called earlier."""
    texts, claimed = desk.words.texts, desk.visit.priority
    rows = [
        Button(name.of(desk.language), Tap("claim", class_id), Look.CHOSEN if class_id == claimed else Look.SIDE)
        for class_id, name in desk.claimable.items()
    ]
    rows.append(Button(texts("kiosk.priority.none"), Tap("claim")))
    return Listing(
        title=texts("kiosk.priority.title"),
        hint=texts("kiosk.priority.hint"),
        rows=tuple(rows),
        pages=pages(desk),
        buttons=(Button(texts("kiosk.button.back"), Tap("back")), *aside(desk)),
        basket=Basket(),
    )


def _wait(desk: Desk, plan: PlanView) -> str:
    """How long, and what makes it longer today."""
    texts, hours = desk.words.texts, desk.machine.hours
    parts = [desk.words.wait(plan)]
    if hours is not None and desk.phase is Phase.LUNCH:
        if set(desk.visit.basket) & set(hours.not_at_lunch):
            parts.append(texts("kiosk.notice.not_at_lunch", to=desk.words.clock(hours.lunch_to_ms)))
        else:
            parts.append(lunch_notice(desk, hours))
    if plan.offer is not Offer.NONE:
        parts.append(texts("kiosk.confirm." + ("later_offer" if plan.offer is Offer.LATER_SLOT else "batch_offer")))
    return "\n".join(parts)
