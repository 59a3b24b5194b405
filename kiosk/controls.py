"""The switches that stand on every screen: language, what makes it easier to read and to reach, reading aloud."""

from kiosk.buttons import Button, Look
from kiosk.desk import Desk
from kiosk.ease import EASES
from kiosk.events import Tap
from kiosk.helping import help_button

SWITCHES = frozenset({"language", "aloud", *EASES})
"""Their taps."""
CYCLED = 2
"""So many languages take turns at a touch; more are chosen from."""


def switch(desk: Desk, tap: Tap) -> None:
    """Another language, or one of the others on or off."""
    if tap.name == "language":
        _language(desk, tap.value)
    elif tap.name == "aloud":
        desk.visit.aloud = not desk.visit.aloud
    else:
        desk.ease = desk.ease.switched(tap.name)


def _language(desk: Desk, wanted: str) -> None:
    """Of two languages the other one; of more the one that is `wanted`, by a choice where none is named."""
    languages = desk.hall.languages
    if len(languages) > CYCLED:
        desk.visit.choosing_language = not wanted
        desk.step_ms = desk.now_ms
    desk.language = wanted or desk.language if len(languages) > CYCLED else _other(desk)


def _other(desk: Desk) -> str:
    languages = desk.hall.languages
    return languages[(languages.index(desk.language) + 1) % len(languages)]


def aloud(desk: Desk) -> bool:
    """Whether the screen is read to this person."""
    return desk.visit.aloud and desk.language in desk.machine.voices


def controls(desk: Desk) -> tuple[Button, ...]:
    """One touch away for everybody; a switch that is on carries a tick."""
    texts = desk.words.texts
    buttons = []
    if len(desk.hall.languages) > CYCLED:
        buttons.append(Button(texts("kiosk.frame.languages"), Tap("language"), Look.QUIET))
    elif len(desk.hall.languages) > 1:
        other = desk.words_in(_other(desk)).texts("kiosk.frame.language")
        buttons.append(Button(other, Tap("language"), Look.QUIET))
    for name in EASES:
        if name != "low" or desk.hall.low_reach:
            look = Look.CHOSEN if getattr(desk.ease, name) else Look.QUIET
            buttons.append(Button(texts(f"kiosk.ease.{name}"), Tap(name), look))
    if desk.language in desk.machine.voices:
        look = Look.CHOSEN if desk.visit.aloud else Look.QUIET
        buttons.append(Button(texts("kiosk.aloud.switch"), Tap("aloud"), look))
    if aloud(desk):
        buttons.append(Button(texts("kiosk.aloud.again"), Tap("aloud_again"), Look.QUIET))
    return (*buttons, *help_button(desk))
