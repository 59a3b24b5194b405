"""What many people do on the same visit, and the same counter would do too: offered on the confirm screen.

The server names it with every plan (`PlanView.also`). It is kept while the next plan is asked for, so that the rows do
not come and go under the finger. Left out: what is chosen already, what cannot be had on this day (its precheck is
closed), and all of it where the number is booked, for an enquiry, or there are more rows than can be seen at once.
"""

from kiosk.desk import Desk
from kiosk.prechecks import is_open
from kiosk.state import MOST_SERVICES

ROWS_AT_MOST = 4


def offered(desk: Desk, rows: int) -> tuple[str, ...]:
    """Codes, as many as find room below `rows` rows."""
    visit, hall = desk.visit, desk.hall
    if visit.purpose or visit.appointment or visit.problem or len(visit.basket) >= MOST_SERVICES:
        return ()
    closed = {code for check in hall.prechecks if not is_open(check, desk) for code in check.services}
    free = [code for code in visit.also if code in hall.services and code not in visit.basket and code not in closed]
    return tuple(free[: max(0, ROWS_AT_MOST - rows)])
