"""A scanner out of plain values, for those who know settings and no codecs."""

from collections.abc import Callable

from hardware.codecs.keyboard_text import KeyboardText
from hardware.codecs.scan_text import ScanDecoder
from hardware.devices.scanner import Reading, Scanner
from hardware.transports.link import Link
from hardware.transports.open import open_link


def make_scanner(
    link: str, ending: str, silence_ms: int, *, model: str = "plain", opener: Callable[[str], Link] = open_link
) -> Scanner:
    """The scanner at a link address, nothing of it opened yet; `input:` addresses are scanners in keyboard mode.

    `ending` line: every code has a line end; none: a code is over after `silence_ms`. `model` gm65: a module that
    answers and reads on command.
    """
    keyboard = link.startswith("input:")

    def reading() -> Reading:
        return KeyboardText() if keyboard else ScanDecoder(silence_ms if ending == "none" else None)

    return Scanner(lambda: opener(link), reading, module=model == "gm65" and not keyboard)
