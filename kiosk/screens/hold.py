"""A long touch of the head line, where nothing can be pressed: how the duty menu is opened.

What can go wrong: a bag or a child that leans on the screen only comes as far as the PIN.
"""

from collections.abc import Callable
from typing import Any, Final

from kivy.clock import Clock

HOLD_S: Final = 3.0


class Hold:
    """`down`, `moved` and `up` with every touch; `held` is called once a touch has stayed `HOLD_S` within `inside`."""

    def __init__(self, inside: Callable[[float, float], bool], held: Callable[[], None]) -> None:
        self._inside = inside
        self._held = Clock.create_trigger(lambda _: held(), HOLD_S)
        self._touch: Any = None

    def down(self, touch: Any) -> None:
        """A second finger ends it."""
        self._held.cancel()
        self._touch = touch if self._touch is None and self._inside(*touch.pos) else None
        if self._touch is not None:
            self._held()

    def moved(self, touch: Any) -> None:
        if touch is self._touch and not self._inside(*touch.pos):
            self.up(touch)

    def up(self, _touch: Any) -> None:
        self._held.cancel()
        self._touch = None
