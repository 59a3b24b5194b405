"""大家常办: what most people come for, learned from the hall's own days.

The server sums up how many visits asked for each service on the days it keeps, and says so with the catalogue. The
kiosk asks once a day, as soon as it knows which day it is, and a minute later again where no answer came. Until it
knows, and while the hall is young and the server has nothing to tell, the catalogue's expectation of a peak day counts;
it also decides between services asked for equally, and after it the catalogue's order.
"""

from kiosk.desk import Desk
from kiosk.services import Group, Names
from kiosk.state import Reply
from ticketserver.wire.params import GetCatalogue
from ticketserver.wire.views_catalogue import CatalogueView

MOST_USED = "most-used"
SHOWN = 8
AGAIN_MS = 60_000


class MostUsed:
    """Keeps the figures of the day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._again_ms = 0

    def look(self) -> None:
        day = self._desk.today
        if self._desk.now_ms < self._again_ms or self._desk.machine.asked_day == day:
            return
        self._again_ms = self._desk.now_ms + AGAIN_MS
        self._desk.ask("get_catalogue", GetCatalogue(), lambda reply: self._seen(day, reply))

    def _seen(self, day: str, reply: Reply) -> None:
        machine = self._desk.machine
        if reply is not None:
            machine.asked_day = day
        if isinstance(reply, CatalogueView):
            machine.asked = {each.code: each.asked for each in reply.services if each.asked}


def most_used(desk: Desk) -> Group:
    """The services asked for most, as a group to choose from."""
    asked, services = desk.machine.asked, list(desk.hall.services.values())
    services.sort(key=lambda each: (-asked.get(each.code, 0), -each.daily_demand))
    name = desk.words.texts("kiosk.most_used.name")
    return Group(MOST_USED, Names(name, name), tuple(each.code for each in services[:SHOWN]))


def group_of(desk: Desk, group_id: str) -> Group | None:
    """The hall's group with this id, or that of what is used most."""
    return most_used(desk) if group_id == MOST_USED else desk.hall.group(group_id)
