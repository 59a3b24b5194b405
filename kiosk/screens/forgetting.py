"""Screens outlive the visits that they show; the words on them do not.

A screen that was left keeps its widgets for whoever comes next, and with them names, numbers, check codes and what was
typed. Once a visit is over, everything that stands in no window forgets them: hidden screens, and rows and buttons that
are kept for later. The next screen says all its words anew.
"""

from typing import ClassVar, Final
from weakref import WeakSet

from kivy.clock import Clock
from kivy.uix.widget import Widget

SOON_S: Final = 0.1
"""After the first screen has been drawn, and before it takes a touch (`SETTLE_MS`, taps.py)."""


class Forgets(Widget):
    """Holds words of a visit while it is shown."""

    all: ClassVar[WeakSet["Forgets"]] = WeakSet()

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.all.add(self)

    def forget(self) -> None:
        """Whoever shows it again says all there is to say."""
        raise NotImplementedError


def forget_hidden(*_: object) -> None:
    for each in tuple(Forgets.all):
        if each.get_root_window() is None:
            each.forget()


forget_soon = Clock.create_trigger(forget_hidden, SOON_S)
