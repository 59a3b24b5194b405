"""The parts of the flow that hear every event before it does, because they stand beside any person's visit."""

from collections.abc import Callable

from kiosk.asked_prints import AskedPrints
from kiosk.desk import Desk
from kiosk.duty import Duty
from kiosk.events import Event
from kiosk.rest import Rest


class Ahead:
    def __init__(self, desk: Desk, end_visit: Callable[[], None]) -> None:
        self._parts = (Rest(desk), Duty(desk, end_visit), AskedPrints(desk))

    def handle(self, event: Event) -> bool:
        """Whether the event was all for one of them; what one takes the next does not hear of."""
        return any(part.handle(event) for part in self._parts)
