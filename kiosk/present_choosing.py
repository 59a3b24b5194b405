"""The choosing screens in words: first screen, lists, search, confirm."""

from functools import lru_cache

from kiosk.desk import MOST_SERVICES, Desk
from kiosk.events import Tap
from kiosk.keyboard import letters
from kiosk.model import Basket, Button, Chosen, Confirm, Fact, Home, Listing, Look, Pages, Search
from kiosk.search import Index, several_meanings
from kiosk.services import Hall, Service
from ticketserver.core.terms import Offer, Phase
from ticketserver.wire.views import HoursView, PlanView

ENQUIRY = "enquiry"


def home(desk: Desk) -> Home:
    texts, hall = desk.words.texts, desk.hall
    tiles = [Button(group.name.of(desk.language), Tap("group", group.id), Look.TILE) for group in hall.tiles]
    buttons = [Button(texts("kiosk.button.search"), Tap("search"), Look.MAIN), *_enquiry(desk)]
    buttons.append(Button(texts("kiosk.button.have_number"), Tap("have_number")))
    return Home(texts("kiosk.home.title"), _notice(desk), tuple(tiles), tuple(buttons), _basket(desk))


def listing(desk: Desk) -> Listing:
    texts = desk.words.texts
    group = desk.hall.group(desk.visit.group)
    assert group is not None
    rows = [_service_row(desk, desk.hall.services[code]) for code in group.services]
    return Listing(
        title=texts("kiosk.list.title", name=group.name.of(desk.language)),
        hint=texts("kiosk.list.hint"),
        rows=tuple(rows),
        pages=_pages(desk),
        buttons=(_back(desk), *_enquiry(desk)),
        basket=_basket(desk),
    )


def search(desk: Desk) -> Search:
    texts, typed = desk.words.texts, desk.visit.typed
    if typed:
        hits = index(desk.hall).find(typed)
        rows = [_service_row(desk, desk.hall.services[hit.code]) for hit in hits]
        heading = texts("kiosk.search.found", count=len(rows)) if rows else texts("kiosk.search.nothing")
        if word := several_meanings(hits):
            heading = texts("kiosk.search.several", word=word)
    else:
        rows = [Button(each.name.of(desk.language), Tap("group", each.id), Look.TILE) for each in desk.hall.categories]
        rows += [
            Button(name.of(desk.language), Tap("purpose", purpose), Look.TILE)
            for purpose, name in desk.hall.purposes.items()
            if purpose != ENQUIRY
        ]
        heading = texts("kiosk.search.categories")
    return Search(
        title=texts("kiosk.search.hint"),
        typed=typed,
        heading=heading,
        rows=tuple(rows),
        wide=not typed,
        pages=_pages(desk),
        keys=letters(texts),
        buttons=(_back(desk), *_enquiry(desk)),
        basket=_basket(desk),
    )


@lru_cache(maxsize=2)
def _index_of(services: tuple[Service, ...]) -> Index:
    return Index(services)


def index(hall: Hall) -> Index:
    """The hall's search index, made once."""
    return _index_of(tuple(hall.services.values()))


def confirm(desk: Desk) -> Confirm:
    texts, visit = desk.words.texts, desk.visit
    button = texts("kiosk.button.take")
    buttons = [Button(texts("kiosk.button.edit"), Tap("back"))]
    if not visit.purpose:
        buttons.insert(0, Button(texts("kiosk.button.add"), Tap("add")))
    return Confirm(
        title=texts("kiosk.confirm.title_purpose" if visit.purpose else "kiosk.confirm.title"),
        rows=_chosen(desk),
        pages=_pages(desk),
        facts=_facts(desk),
        problem=desk.words.problem(visit.problem) if visit.problem else "",
        take=Button(button, Tap("take"), Look.MAIN, enabled=visit.planned and not visit.problem),
        buttons=tuple(buttons),
    )


def _chosen(desk: Desk) -> tuple[Chosen, ...]:
    texts, visit = desk.words.texts, desk.visit
    if visit.purpose:
        return (Chosen(desk.hall.name_of(visit.purpose, desk.language)),)
    rows = []
    for code, quantity in visit.basket.items():
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
    return tuple(rows)


def _facts(desk: Desk) -> tuple[Fact, ...]:
    """What the visit needs, as far as the server has said it; nothing beside a refusal."""
    texts, visit = desk.words.texts, desk.visit
    if visit.problem:
        return ()
    facts = []
    papers = _papers(desk)
    if visit.plan is None:
        waiting = texts("kiosk.confirm.no_estimate" if visit.planned else "kiosk.confirm.looking")
        facts.append(Fact(texts("kiosk.confirm.wait_head"), waiting))
    else:
        where = desk.words.where(visit.plan.stages, len(visit.basket) if not visit.purpose else 1)
        facts.append(Fact(texts("kiosk.confirm.counters_head"), where))
        facts.append(Fact(texts("kiosk.confirm.wait_head"), _wait(desk, visit.plan)))
    if papers:
        facts.append(Fact(texts("kiosk.confirm.papers_head"), texts("kiosk.confirm.papers", materials=papers)))
    return tuple(facts)


def _wait(desk: Desk, plan: PlanView) -> str:
    """How long, and what makes it longer today."""
    texts, hours = desk.words.texts, desk.machine.hours
    parts = [desk.words.wait(plan)]
    if hours is not None and desk.phase is Phase.LUNCH:
        if set(desk.visit.basket) & set(hours.not_at_lunch):
            parts.append(texts("kiosk.notice.not_at_lunch", to=desk.words.clock(hours.lunch_to_ms)))
        else:
            parts.append(_lunch(desk, hours))
    if plan.offer is not Offer.NONE:
        parts.append(texts("kiosk.confirm." + ("later_offer" if plan.offer is Offer.LATER_SLOT else "batch_offer")))
    return "\n".join(parts)


def _papers(desk: Desk) -> str:
    """What to bring for everything chosen, each paper once."""
    if desk.visit.purpose:
        return ""
    papers = [paper.of(desk.language) for code in desk.visit.basket for paper in desk.hall.services[code].papers]
    return desk.words.join(dict.fromkeys(papers))


def _lunch(desk: Desk, hours: HoursView) -> str:
    begins, ends = desk.words.clock(hours.lunch_from_ms), desk.words.clock(hours.lunch_to_ms)
    return desk.words.texts("kiosk.notice.lunch", **{"from": begins, "to": ends})


def _notice(desk: Desk) -> str:
    """What is special about the hall now, for the first screen."""
    texts, hours = desk.words.texts, desk.machine.hours
    if hours is None:
        return ""
    if hours.calling_paused:
        return texts("kiosk.notice.paused")
    if desk.phase is Phase.BEFORE_CALLING:
        return texts("kiosk.notice.before_calling", calling=desk.words.clock(hours.calling_from_ms))
    return _lunch(desk, hours) if desk.phase is Phase.LUNCH else ""


def _service_row(desk: Desk, service: Service) -> Button:
    chosen = Look.CHOSEN if service.code in desk.visit.basket else Look.SIDE
    label, detail = service.plain.of(desk.language), service.name.of(desk.language)
    return Button(label, Tap("toggle", service.code), chosen, "" if detail == label else detail)


def _basket(desk: Desk) -> Basket:
    basket = desk.visit.basket
    if not basket:
        return Basket()
    texts = desk.words.texts
    names = desk.words.names(list(basket))
    text = texts("kiosk.basket.chosen", count=len(basket), names=names)
    if len(basket) == MOST_SERVICES:
        text = texts("kiosk.basket.full", most=MOST_SERVICES)
    return Basket(text, Button(texts("kiosk.button.done"), Tap("done"), Look.MAIN))


def _pages(desk: Desk) -> Pages:
    return Pages(desk.words.texts("kiosk.button.earlier"), desk.words.texts("kiosk.button.later"))


def _back(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.button.back"), Tap("back"))


def _enquiry(desk: Desk) -> tuple[Button, ...]:
    """Never a dead end: a number for who cannot say what it is."""
    if ENQUIRY not in desk.hall.purposes:
        return ()
    return (Button(desk.words.texts("kiosk.button.enquiry"), Tap(ENQUIRY)),)
