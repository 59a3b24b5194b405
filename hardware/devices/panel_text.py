"""What of a look a panel can show: so many characters, and not every letter.

| state | digits | text |
|---|---|---|
| calling | the number, flashing | the sentence, flashing |
| serving | the number | the sentence |
| paused | ---- | the sentence |
| idle, closed | dark | the sentence |
| stale | dark | dark |

A number longer than the panel shows its end: the last digits tell people apart. A sentence longer than the panel gives
way to its number, and is cut where it has none.
"""

from typing import Final

from hardware.codecs import led485
from hardware.devices.panel_parts import PanelLook, PanelSpec

DASHES: Final = 4


def flashes(look: PanelLook) -> bool:
    return look.state == "calling"


def figures(spec: PanelSpec, look: PanelLook, lit: bool) -> str:
    """As many characters as the panel has, right aligned; blanks for what its alphabet lacks."""
    shown = ""
    if look.state == "paused":
        shown = "-" * min(DASHES, spec.characters)
    elif look.state == "serving" or (look.state == "calling" and lit):
        shown = look.number[-spec.characters :]
    if spec.alphabet == "digits":
        shown = "".join(c if c in "0123456789-" else " " for c in shown)
    elif spec.alphabet == "seven-segment":
        shown = led485.shown(shown)
    return shown.rjust(spec.characters)


def value(spec: PanelSpec, look: PanelLook, lit: bool) -> int | None:
    """What a board for numbers only shows, None where that is nothing."""
    digits = "".join(c for c in figures(spec, look, lit) if c in "0123456789")
    return int(digits) if digits else None


def sentence(spec: PanelSpec, look: PanelLook, lit: bool) -> str:
    """The sentence as far as it fits, "" for a dark panel."""
    if look.state == "stale" or not lit:
        return ""
    if columns(look.text) <= spec.characters:
        return look.text
    if look.number:
        return look.number[-spec.characters :]
    return _cut(look.text, spec.characters)


def filled(spec: PanelSpec, look: PanelLook, lit: bool) -> str:
    """The sentence or the figures with blanks up to the panel's width, which take away what stood there."""
    if spec.alphabet != "text":
        return figures(spec, look, lit)
    shown = sentence(spec, look, lit)
    return shown + " " * (spec.characters - columns(shown))


def columns(text: str) -> int:
    """Width in Latin characters; a Chinese one is two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _cut(text: str, width: int) -> str:
    while columns(text) > width:
        text = text[:-1]
    return text
