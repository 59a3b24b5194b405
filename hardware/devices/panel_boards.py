"""Number boards that hear one kind of frame (codecs/number_boards), and panels of a maker's own template.

Only a SUNPN board answers. A digit board or a SUNPN board has no documented way to be dark: `blank` names the value
that leaves it so; without one it shows 0 where it should be dark, and does not flash, since 0 is a number too.
"""

from collections.abc import Mapping
from typing import Final

from hardware.codecs import number_boards, panel_template
from hardware.codecs.panel_template import PanelTemplate
from hardware.devices import panel_text
from hardware.devices.panel_parts import Answer, PanelLook, PanelSpec

ANSWER_MS: Final = 150.0
BYTE_GAP_MS: Final = 20.0
UB485_GAP_MS: Final = 300.0


class SilentBoards:
    """What boards that never answer have in common."""

    answer_ms = 0.0
    gap_ms = BYTE_GAP_MS

    def answers(self, spec: PanelSpec) -> bool:
        return False

    def host_flashes(self, spec: PanelSpec) -> bool:
        return True

    def greeting(self, spec: PanelSpec) -> list[bytes]:
        return []

    def ping(self, spec: PanelSpec) -> bytes | None:
        return None

    def sent(self, frame: bytes) -> None:
        pass

    def heard(self, data: bytes) -> list[Answer]:
        return []


class DigitBoards(SilentBoards):
    """Four-byte digit boards."""

    def host_flashes(self, spec: PanelSpec) -> bool:
        return spec.blank >= 0

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        return number_boards.digit_board(spec.address, _value(spec, look, lit))


class SunpnBoards(DigitBoards):
    """SUNPN boards: a colour by state, and an answer that repeats what is shown."""

    answer_ms = ANSWER_MS

    def __init__(self) -> None:
        self._ear = number_boards.SunpnDecoder()

    def answers(self, spec: PanelSpec) -> bool:
        return True

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        return number_boards.sunpn(spec.address, _value(spec, look, lit), spec.colours.get(look.state, 0))

    def heard(self, data: bytes) -> list[Answer]:
        return [Answer(answer.info) for answer in self._ear.feed(data)]


class Ub485Boards(SilentBoards):
    """UB485 boards: one message at a time, 300 ms apart."""

    gap_ms = UB485_GAP_MS

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        return number_boards.ub485_board(spec.address, panel_text.filled(spec, look, lit))


class TemplateBoards(SilentBoards):
    """Panels of a maker's own frame; `templates` by address."""

    def __init__(self, templates: Mapping[int, PanelTemplate]) -> None:
        self._templates = templates

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        return panel_template.encode(
            self._templates[spec.address],
            spec.address,
            number=panel_text.figures(spec, look, lit),
            text=panel_text.filled(spec, look, lit),
            counter=str(spec.counter),
        )


def _value(spec: PanelSpec, look: PanelLook, lit: bool) -> int:
    number = panel_text.value(spec, look, lit)
    return max(spec.blank, 0) if number is None else number
