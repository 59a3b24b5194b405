"""What a slip says: the number, where to wait, what for, how long, and a code to come back with.

Head: hall, number, window. Body: services (five at most by name), people ahead and minutes, stops where there are
several, when calling starts, when taken, check code. Foot: that numbers are not called in order, and what to do after a
missed call. Then the QR. Marks stand where nobody misses them: right under the number, or over all else.
What can go wrong: a slip is a promise on paper, so it says nothing that the server did not say.
"""

from hardware.codecs.slip import SlipColumns, SlipDocument, SlipFeed, SlipItem, SlipQr, SlipRule, SlipText
from kiosk.words import Words
from ticketserver.core.terms import VisitState
from ticketserver.wire.views import TicketView

NAMED_SERVICES = 5
NUMBER_SIZE = 4
WINDOW_SIZE = 2
QR_DOTS = 6


def slip(ticket: TicketView, words: Words, code: str, public: bool, reprint: bool = False) -> SlipDocument:
    """The slip of a ticket. `code` goes into the QR, which is left out where it is empty; `public`: phones reach the
    address in it. `reprint`: a slip of this number may have come out before."""
    parts = (_head(ticket, words), _marks(ticket, words), _body(ticket, words), _foot(words, code, public))
    mark = words.texts("slip.mark.reprint") if reprint else ""
    return SlipDocument(items=tuple(item for part in parts for item in part), mark=mark)


def roll_slip(words: Words) -> SlipDocument:
    """Proof that a new roll prints; no ticket."""
    text = words.texts("slip.test.text")
    head = SlipText(words.hall.name.of(words.language), align="centre")
    items = (head, SlipText(text, align="centre"), SlipFeed(1))
    return SlipDocument(items, mark=words.texts("slip.mark.test"))


def _head(ticket: TicketView, words: Words) -> list[SlipItem]:
    return [
        SlipText(words.hall.name.of(words.language), align="centre"),
        SlipText(ticket.number, size=NUMBER_SIZE, bold=True, align="centre"),
        SlipText(words.hall.window_of(ticket.zone, words.language), size=WINDOW_SIZE, align="centre"),
    ]


def _marks(ticket: TicketView, words: Words) -> list[SlipItem]:
    marks = []
    if ticket.priority:
        marks.append(words.texts("slip.mark.priority"))
    cases = sum(each.quantity for each in ticket.services)
    if cases > len(ticket.services):
        marks.append(words.texts("slip.mark.cases", count=cases))
    return [SlipText(mark, bold=True, align="centre") for mark in marks]


def _body(ticket: TicketView, words: Words) -> list[SlipItem]:
    items: list[SlipItem] = [SlipRule()]
    items += [SlipText(line) for line in _lines(ticket, words)]
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
    if ticket.state is VisitState.CALLED:
        return [*lines, texts("slip.called", counter=ticket.counter)]
    if words.at_once(ticket):
        lines.append(texts("kiosk.confirm.wait_next"))
    else:
        minutes = words.minutes(ticket.wait_p50_ms, ticket.wait_p90_ms)
        lines.append(texts("slip.wait", ahead=ticket.ahead, minutes=minutes))
    if ticket.calling_from_ms:
        lines.append(texts("slip.calling_from", time=words.clock(ticket.calling_from_ms)))
    elif ticket.stages and ticket.stages[0].open_from_ms:
        lines.append(texts("slip.calling_from", time=words.clock(ticket.stages[0].open_from_ms)))
    return lines


def _foot(words: Words, code: str, public: bool) -> list[SlipItem]:
    items: list[SlipItem] = [SlipRule(), SlipText(words.texts("slip.foot"))]
    if code:
        caption = words.texts("slip.scan" if public else "slip.token")
        items += [SlipQr(code, module_dots=QR_DOTS), SlipText(caption, align="centre")]
    return items
