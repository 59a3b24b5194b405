"""The quiet picture of a screen that rests: dark, with hall, time and a sentence that move about."""

from typing import Final

from kivy.properties import ListProperty

from kiosk.model import Quiet
from kiosk.screens.parts import Card
from ticketserver.window.kv import load_kv
from ticketserver.window.measures import colour

NIGHT: Final = colour("#05080B")
DIM_INK: Final = colour("#A9B4BD")
"""Dim for the panel, and still 9:1 on its ground for who looks."""


class QuietPicture(Card):
    """Over everything; not there while the screen does not rest. A touch on it goes no further."""

    place = ListProperty((0.5, 0.5))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.colour = self.line_colour = NIGHT
        self.opacity = 0

    def show(self, quiet: Quiet | None) -> None:
        self.opacity = 1 if quiet else 0
        ids = self.ids
        ids.hall.said = quiet.hall if quiet else ""
        ids.clock.said = quiet.clock if quiet else ""
        ids.text.said = quiet.text if quiet else ""
        if quiet:
            self.place = quiet.place


load_kv(__file__)
