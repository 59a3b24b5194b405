"""The choosing screens in words: first screen, situations, lists; and what they share with the search."""

from dataclasses import replace

from kiosk.buttons import Basket, Button, Look, Pages, Private
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.joins import joins
from kiosk.model import Home, Listing
from kiosk.most_used import group_of
from kiosk.present_notices import in_turn
from kiosk.services import Service
from kiosk.state import MOST_SERVICES
from ticketserver.core.terms import Phase
from ticketserver.wire.views import HoursView

ENQUIRY = "enquiry"


def home(desk: Desk) -> Home:
    texts, hall = desk.words.texts, desk.hall
    tiles = [Button(group.name.of(desk.language), Tap("group", group.id), Look.TILE) for group in hall.tiles]
    buttons = [Button(texts("kiosk.button.search"), Tap("search"), Look.MAIN)]
    if hall.situations:
        buttons.append(Button(texts("kiosk.situations.button"), Tap("situations")))
    buttons += enquiry(desk)
    if desk.visit.adding:
        buttons.append(Button(texts("kiosk.adding.stop"), Tap("home")))
    else:
        buttons += [Button(texts(f"kiosk.button.{each}"), Tap(each)) for each in ("have_number", "have_booking")]
    basket = basket_of(desk)
    if basket.done and not desk.visit.adding:
        basket = replace(basket, afresh=Button(texts("kiosk.basket.afresh"), Tap("afresh"), Look.QUIET))
    return Home(texts("kiosk.home.title"), _notice(desk), tuple(tiles), tuple(buttons), basket)


def situations(desk: Desk) -> Listing:
    texts, hall = desk.words.texts, desk.hall
    return Listing(
        title=texts("kiosk.situations.title"),
        hint=texts("kiosk.situations.hint"),
        rows=tuple(Button(each.name.of(desk.language), Tap("group", each.id)) for each in hall.situations),
        pages=pages(desk),
        buttons=(back(desk), *enquiry(desk)),
        basket=basket_of(desk),
    )


def listing(desk: Desk) -> Listing:
    texts = desk.words.texts
    group = group_of(desk, desk.visit.group)
    assert group is not None
    rows = [service_row(desk, desk.hall.services[code]) for code in group.services]
    return Listing(
        title=texts("kiosk.list.title", name=group.name.of(desk.language)),
        hint=texts("kiosk.list.hint"),
        rows=tuple(rows),
        pages=pages(desk),
        buttons=(back(desk), *enquiry(desk), *pension_button(desk, group.services)),
        basket=basket_of(desk),
    )


def lunch_notice(desk: Desk, hours: HoursView) -> str:
    begins, ends = desk.words.clock(hours.lunch_from_ms), desk.words.clock(hours.lunch_to_ms)
    return desk.words.texts("kiosk.notice.lunch", **{"from": begins, "to": ends})


def _notice(desk: Desk) -> str:
    """What is special about this visit or the hall now, for the first screen."""
    texts, hours = desk.words.texts, desk.machine.hours
    assert hours is not None
    into = joins(desk)
    if into is not None:
        return texts("kiosk.adding.to" if desk.visit.adding else "kiosk.adding.yours", number=into.number)
    if desk.visit.card:
        return _card(desk)
    if hours.calling_paused:
        return texts("kiosk.notice.paused")
    own = texts("kiosk.card.hint") if desk.works(desk.hall.card_reader) else ""
    if desk.phase is Phase.BEFORE_CALLING:
        own = texts("kiosk.notice.before_calling", calling=desk.words.clock(hours.calling_from_ms))
    elif desk.phase is Phase.LUNCH:
        own = lunch_notice(desk, hours)
    return in_turn(desk, own)


def _card(desk: Desk) -> str:
    """What came of the card that was laid down."""
    texts, visit = desk.words.texts, desk.visit
    if visit.card == "read" and desk.priority_by_card:
        return Private(texts("kiosk.card.aged", name=desk.claimable[visit.priority].of(desk.language)))
    return texts(f"kiosk.card.{desk.visit.card}")


def service_row(desk: Desk, service: Service) -> Button:
    chosen = Look.CHOSEN if service.code in desk.visit.basket else Look.SIDE
    label, detail = service.plain.of(desk.language), service.name.of(desk.language)
    return Button(label, Tap("toggle", service.code), chosen, "" if detail == label else detail)


def basket_of(desk: Desk) -> Basket:
    basket = desk.visit.basket
    if not basket:
        return Basket()
    texts = desk.words.texts
    names = desk.words.names(list(basket))
    text = texts("kiosk.basket.chosen", count=len(basket), names=names)
    if len(basket) == MOST_SERVICES:
        text = texts("kiosk.basket.full", most=MOST_SERVICES)
    return Basket(text, Button(texts("kiosk.button.done"), Tap("done"), Look.MAIN))


def pages(desk: Desk) -> Pages:
    return Pages(desk.words.texts("kiosk.button.earlier"), desk.words.texts("kiosk.button.later"))


def back(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.button.back"), Tap("back"))


def enquiry(desk: Desk) -> tuple[Button, ...]:
    """Never a dead end: a number for who cannot say what it is."""
    if ENQUIRY not in desk.hall.purposes:
        return ()
    return (Button(desk.words.texts("kiosk.button.enquiry"), Tap(ENQUIRY)),)


def aside(desk: Desk) -> tuple[Button, ...]:
    """The same beside a choice, where a number is neither booked, nor added to, nor for an enquiry already."""
    visit = desk.visit
    return () if visit.purpose or visit.appointment or visit.adding else enquiry(desk)


def pension_button(desk: Desk, services: tuple[str, ...]) -> tuple[Button, ...]:
    """The way to the calculator, beside the services that it is about."""
    rules = desk.hall.pension
    if rules is None or set(rules.services).isdisjoint(services):
        return ()
    return (Button(desk.words.texts("kiosk.pension.button"), Tap("pension")),)
