"""Whole visits at a kiosk whose every screen is drawn, for who looks at what they leave behind."""

from collections.abc import Callable, Sequence

from tests.kiosk.kiosks import Kiosk, plan, ticket
from tests.kiosk.screens.windows import Hands
from ticketserver.core.terms import PrintOutcome

EASES: tuple[tuple[str, ...], ...] = ((), ("large",), ("contrast",), ("low", "large"), ("language",))
"""How one visitor in five each likes it: language, print, colours, reach."""


def draw(hands: Hands, kiosk: Kiosk) -> None:
    """The kiosk's frame, for one turn of the window's loop."""
    hands.kiosk.show(kiosk.frame)
    hands.clock.tick()
    hands.loop.idle()


def until_forgotten(hands: Hands) -> None:
    """Until hidden screens have forgotten the visits that ended."""
    from kiosk.screens.forgetting import forget_soon

    while forget_soon.is_triggered:
        hands.loop.idle()


def visit(kiosk: Kiosk, draws: Callable[[Kiosk], None], eases: Sequence[str], *choosing: str) -> None:
    """From the first screen to the slip. `choosing`: the taps that fill the basket."""
    draws(kiosk)
    for tap in (*eases, *choosing):
        draws(kiosk.tap(tap))
    draws(kiosk.tap("done").answer("plan_visit", plan()))
    kiosk.tap("take").answer("issue_ticket", ticket())
    draws(kiosk.printed(PrintOutcome.CONFIRMED))
    draws(kiosk.tap("end"))
    kiosk.effects.clear()
