"""What a slip says: the number, where to wait, what for, how long, and a code to come back with.

Head: the hall's logo and name, number, window. Body: services (five at most by name), people ahead and minutes, stops
where there are several, when calling starts, when taken, check code; why there are more ahead than was told before; for
a number that was missed or is kept, what to do. Foot: that numbers are not called in order, what
to do after a missed call, the hall's own lines. Then the QR. Marks stand where nobody misses them: right under the
number, or over all else. In two languages each part says all it has in the first, then in the second; the number stands
once.
What can go wrong: a slip is a promise on paper, so it says nothing that the server did not say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hardware.codecs.slip import SlipColumns, SlipDocument, SlipFeed, SlipItem, SlipQr, SlipRule, SlipText
from kiosk.words import Words
from ticketserver.core.terms import VisitState
from ticketserver.wire.views_visits import TicketView

NAMED_SERVICES = 5
WINDOW_SIZE = 2
QR_DOTS = 6
MM_PER_M = 1000

Spoken = Sequence[Words]
"""The languages of a slip, in the order in which they stand on it; all of one hall."""


@dataclass(frozen=True)
class RollFacts:
    """What a new roll's slip tells: when, how far the roll before went, how the unit tells of a finished slip."""

    at_ms: int
    used_mm: float
    finish: str


def slip(ticket: TicketView, spoken: Spoken, code: str, public: bool, reprint: bool = False) -> SlipDocument:
    """The slip of a ticket. `code` goes into the QR, which is left out where it is empty; `public`: phones reach the
    address in it. `reprint`: a slip of this number may have come out before."""
    parts = (_head(ticket, spoken), _marks(ticket, spoken), _body(ticket, spoken), _foot(spoken, code, public))
    mark = " ".join(words.texts("slip.mark.reprint") for words in spoken) if reprint else ""
    return SlipDocument(items=tuple(item for part in parts for item in part), mark=mark)


def roll_slip(words: Words, facts: RollFacts) -> SlipDocument:
    """Proof that a new roll prints, for whoever changed it; no ticket."""
    texts, unit = words.texts, words.hall.unit
    lines = [texts("slip.test.text"), texts("slip.test.time", time=words.moment(facts.at_ms))]
    if unit.roll_m:
        lines.append(texts("slip.test.roll", metres=f"{unit.roll_m:g}"))
    lines.append(texts("slip.test.used", metres=f"{facts.used_mm / MM_PER_M:.1f}"))
    if unit.model:
        lines.append(texts("slip.test.model", model=unit.model[words.language], paper=unit.paper_mm))
    lines.append(texts(f"slip.test.finish_{facts.finish}"))
    head = SlipText(words.hall.name.of(words.language), align="centre")
    items: list[SlipItem] = [head, SlipRule()]
    items += [SlipText(line) for line in lines]
    return SlipDocument((*items, SlipFeed(1)), mark=texts("slip.mark.test"))


def _head(ticket: TicketView, spoken: Spoken) -> list[SlipItem]:
    hall = spoken[0].hall
    names = [SlipText(name, align="centre") for name in _each(spoken, lambda words: hall.name.of(words.language))]
    windows = _each(spoken, lambda words: hall.window_of(ticket.zone, words.language))
    items: list[SlipItem] = [hall.slip.logo, SlipFeed(1)] if hall.slip.logo else []
    items += names
    items.append(SlipText(ticket.number, size=hall.slip.number_size, bold=True, align="centre"))
    for no, window in enumerate(windows):
        items.append(SlipText(window, size=1 if no else WINDOW_SIZE, align="centre"))
    return items


def _marks(ticket: TicketView, spoken: Spoken) -> list[SlipItem]:
    marks = []
    if ticket.priority:
        marks += [words.texts("slip.mark.priority") for words in spoken]
    cases = sum(each.quantity for each in ticket.services)
    if cases > len(ticket.services):
        marks += [words.texts("slip.mark.cases", count=cases) for words in spoken]
    return [SlipText(mark, bold=True, align="centre") for mark in marks]


def _body(ticket: TicketView, spoken: Spoken) -> list[SlipItem]:
    items: list[SlipItem] = []
    for words in spoken:
        items.append(SlipRule())
        items += [SlipText(line) for line in _lines(ticket, words)]
        if ticket.more_ahead:
            items.append(SlipText(words.texts(f"terms.ahead_reason.{ticket.more_ahead}")))
        taken = words.texts("slip.taken", time=words.moment(ticket.issued_at_ms))
        items.append(SlipColumns(taken, words.texts("slip.check_code", code=ticket.check_code)))
    return items


def _lines(ticket: TicketView, words: Words) -> list[str]:
    texts = words.texts
    codes = [each.service for each in ticket.services]
    lines = []
    if len(codes) > NAMED_SERVICES:
        count = len(codes) if texts("slip.many_counts") == "all" else len(codes) - NAMED_SERVICES
        lines.append(texts("slip.services_many", names=words.names(codes[:NAMED_SERVICES]), count=count))
    elif codes:
        lines.append(texts("slip.services", names=words.names(codes)))
    if len(ticket.stages) > 1:
        for no, stage in enumerate(ticket.stages, 1):
            lines.append(texts("slip.stop", no=no, zone=words.stop(stage)))
    if to_do := words.not_queued(ticket):
        return [*lines, to_do]
    if ticket.state is VisitState.CALLED:
        return [*lines, texts("slip.called", counter=ticket.counter)]
    if words.at_once(ticket):
        return [*lines, texts("kiosk.confirm.wait_next")]
    minutes = words.minutes(ticket.wait_p50_ms, ticket.wait_p90_ms)
    return [*lines, words.no_minutes(ticket) or texts("slip.wait", ahead=ticket.ahead, minutes=minutes)]


def _foot(spoken: Spoken, code: str, public: bool) -> list[SlipItem]:
    look = spoken[0].hall.slip
    items: list[SlipItem] = [SlipRule()]
    for words in spoken:
        items.append(SlipText(words.texts("slip.foot")))
        items += [SlipText(notice) for notice in look.notices.get(words.language, ())]
    if code and look.qr:
        captions = _each(spoken, lambda words: words.texts("slip.scan" if public else "slip.token"))
        items += [SlipQr(code, module_dots=QR_DOTS), *(SlipText(caption, align="centre") for caption in captions)]
    return items


def _each(spoken: Spoken, say: Callable[[Words], str]) -> list[str]:
    """What is said in each language; the same words in two languages stand once."""
    return list(dict.fromkeys(say(words) for words in spoken))
