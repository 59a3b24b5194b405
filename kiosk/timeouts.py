"""How long a screen waits for a person who says nothing, and when it warns.

| step | leaves after | warns | 继续 |
|---|---|---|---|
| first screen, nothing chosen | idle_reset | never: only language and type size fall back | – |
| choosing, finding, 号票打出来了吗?, an offered slip | idle_reset | the last idle_warning | starts again |
| number without paper | shown_number | twice: 40 s and 20 s before | starts again |
| slip printed | 15 s | never: the paper is in the hand | – |
| message | 20 s | never | – |
| any of them while help was called for | three minutes at least | as else | starts again |
| asking, printing | never: the answer ends them, or the ten minutes of taking.py | – | – |
"""

from dataclasses import dataclass

from kiosk.desk import Desk
from kiosk.ease import NORMAL
from kiosk.state import BUSY, Step

DONE_MS = 15_000
MESSAGE_MS = 20_000
HELP_WAIT_MS = 180_000
"""Somebody who was called has to come from somewhere."""
KEEP_WARNINGS_MS = ((40_000, 30_000), (20_000, 0))
"""A warning stands from so long before the end until so long before it."""


@dataclass(frozen=True)
class Left:
    """A warning: whole seconds until the first screen comes back."""

    seconds: int


def _limit_ms(desk: Desk) -> int:
    """How long without a touch; 0 = for ever."""
    step = desk.visit.step
    if step in BUSY:
        return 0
    if step is Step.DONE:
        return DONE_MS
    if step is Step.MESSAGE:
        return MESSAGE_MS
    usual = desk.hall.shown_number_ms if step is Step.KEEP else desk.hall.idle_reset_ms
    return max(usual, HELP_WAIT_MS) if desk.visit.helped else usual


def left_ms(desk: Desk) -> int:
    """Time left before the first screen comes back; -1 = for ever."""
    limit = _limit_ms(desk)
    return max(0, desk.touched_ms + limit - desk.now_ms) if limit else -1


def at_rest(desk: Desk) -> bool:
    """The first screen as the next person should find it, so that nothing is lost by going back to it."""
    visit = desk.visit
    chosen = visit.basket or visit.card or visit.priority or visit.adding or visit.choosing_language or visit.helped
    return visit.step is Step.HOME and not chosen


def untouched(desk: Desk) -> bool:
    """At rest, and in the hall's own language and look, without a voice."""
    usual = desk.language == desk.hall.languages[0] and desk.ease == NORMAL and not desk.visit.aloud
    return at_rest(desk) and usual


def expired(desk: Desk) -> bool:
    if untouched(desk):
        return False
    return left_ms(desk) == 0


def warning(desk: Desk) -> Left | None:
    """The warning that should stand now."""
    left = left_ms(desk)
    step = desk.visit.step
    if left < 0 or at_rest(desk) or step in (Step.DONE, Step.MESSAGE):
        return None
    spans = KEEP_WARNINGS_MS if step is Step.KEEP else ((desk.hall.idle_warning_ms, 0),)
    if any(until < left <= since for since, until in spans):
        return Left(-(-left // 1000))
    return None
