"""The switches that stand on every screen: language, what makes it easier to read and to reach, reading aloud."""

from kiosk.buttons import Button, Look
from kiosk.desk import Desk
from kiosk.ease import EASES
from kiosk.events import Tap

SWITCHES = frozenset({"language", "aloud", *EASES})
"""Their taps."""


def switch(desk: Desk, name: str) -> None:
    """The next language, or one of the others on or off."""
    if name == "language":
        languages = desk.hall.languages
        desk.language = languages[(languages.index(desk.language) + 1) % len(languages)]
    elif name == "aloud":
        desk.visit.aloud = not desk.visit.aloud
    else:
        desk.ease = desk.ease.switched(name)


def aloud(desk: Desk) -> bool:
    """Whether the screen is read to this person."""
    return desk.visit.aloud and desk.language in desk.machine.voices


def controls(desk: Desk) -> tuple[Button, ...]:
    """One touch away for everybody; a switch that is on carries a tick."""
    texts = desk.words.texts
    buttons = []
    if len(desk.hall.languages) > 1:
        buttons.append(Button(texts("kiosk.frame.language"), Tap("language"), Look.QUIET))
    for name in EASES:
        if name != "low" or desk.hall.low_reach:
            look = Look.CHOSEN if getattr(desk.ease, name) else Look.QUIET
            buttons.append(Button(texts(f"kiosk.ease.{name}"), Tap(name), look))
    if desk.language in desk.machine.voices:
        look = Look.CHOSEN if desk.visit.aloud else Look.QUIET
        buttons.append(Button(texts("kiosk.aloud.switch"), Tap("aloud"), look))
    if aloud(desk):
        buttons.append(Button(texts("kiosk.aloud.again"), Tap("aloud_again"), Look.QUIET))
    return tuple(buttons)
