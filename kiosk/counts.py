"""How many cases a chosen service begins with, and for how many employers and people a visit is (confirming.py)."""

from kiosk.desk import Desk

MOST_CASES = 500


def counted(desk: Desk) -> set[str]:
    """What is chosen for employers, case by case."""
    return {code for code in desk.visit.basket if desk.hall.services[code].counted}


def first_count(desk: Desk, code: str) -> int:
    """One for each employer, or for each person it is done for."""
    visit = desk.visit
    return visit.employers if desk.hall.services[code].counted else max(1, visit.people)


def employers_of(desk: Desk) -> int:
    """For how many employers; 0 where nothing is chosen for employers."""
    return desk.visit.employers if counted(desk) else 0


def on_behalf(desk: Desk) -> bool:
    """Whether something is done for somebody else."""
    return desk.visit.people > 0 and not desk.visit.basket.keys() <= counted(desk)
