"""The quiet picture of a screen that rests, in words: the hall, the time, and what a person who comes should know."""

from typing import Final

from kiosk.desk import Desk
from kiosk.model import Message, Quiet, Screen

STAYS_MS: Final = 20_000
"""At one place."""
STEPS: Final = (0.7548776662466927, 0.5698402909980532)
"""From place to place: fractions of these go round the screen evenly and never twice the same way (Roberts' R2)."""


def quiet(desk: Desk, screen: Screen) -> Quiet | None:
    """`screen`: what stands below. A hall that is closed, or a server that is away, is told here too."""
    if not desk.machine.resting:
        return None
    moves = desk.now_ms // STAYS_MS
    right, up = (moves * step % 1 for step in STEPS)
    touch = " · ".join(desk.words_in(each).texts("kiosk.rest.touch") for each in desk.hall.languages)
    return Quiet(
        hall=desk.hall.name.of(desk.language),
        clock=desk.words.clock(desk.server_ms) if desk.machine.ever_connected else "",
        text=screen.text if isinstance(screen, Message) else touch,
        place=(right, up),
    )
