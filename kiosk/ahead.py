"""The parts of the flow that hear every event before it does, because they stand beside any person's visit."""

from collections.abc import Callable

from kiosk.asked_prints import AskedPrints
from kiosk.desk import Desk
from kiosk.duty import Duty
from kiosk.events import Event
from kiosk.helping import Helping
from kiosk.rest import Rest
from kiosk.speaking import Speaking


class Ahead:
    def __init__(self, desk: Desk, speaking: Speaking, end_visit: Callable[[], None]) -> None:
        duty = Duty(desk, speaking, end_visit)
        self._parts = (speaking, Rest(desk), duty, AskedPrints(desk), Helping(desk))

    def handle(self, event: Event) -> bool:
        """Whether the event was all for one of them; what one takes the next does not hear of."""
        return any(part.handle(event) for part in self._parts)
