"""LED-485 boards on a line, in either of their languages (codecs/led485).

On Modbus a board with an alphabet gets its figures as text in register 0070. A board for digits only gets a number in
register 0000, and raw segments where a number cannot say it: dark, or dashes. Its greeting is a dark board by way of
function 10, whose answer differs from the question: so the ear learns whether the adapter echoes before the first 06,
whose answer does not.
"""

from typing import Final

from hardware.codecs import led485, modbus
from hardware.codecs.modbus_rtu import RtuDecoder, silence_ms
from hardware.devices import panel_text
from hardware.devices.panel_parts import Answer, PanelLook, PanelSpec

ANSWER_MS: Final = 150.0
LINE_GAP_MS: Final = 20.0


class Led485Modbus:
    """Boards on Modbus RTU at `baud`; every frame is answered."""

    answer_ms = ANSWER_MS

    def __init__(self, baud: int) -> None:
        self.gap_ms = silence_ms(baud)
        self._ear = RtuDecoder()
        self._unit = 0

    def answers(self, spec: PanelSpec) -> bool:
        return True

    def host_flashes(self, spec: PanelSpec) -> bool:
        return True

    def greeting(self, spec: PanelSpec) -> list[bytes]:
        return [_segments(spec, led485.DARK)] if spec.alphabet == "digits" else []

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        if spec.alphabet != "digits":
            return modbus.rtu(led485.text(spec.address, panel_text.figures(spec, look, lit)))
        number = panel_text.value(spec, look, lit)
        if number is not None:
            return modbus.rtu(led485.value(spec.address, number))
        return _segments(spec, led485.DASH if look.state == "paused" else led485.DARK)

    def ping(self, spec: PanelSpec) -> bytes | None:
        return None

    def sent(self, frame: bytes) -> None:
        request = led485.asked(frame)
        self._unit = request.unit
        self._ear.ask(request)

    def heard(self, data: bytes) -> list[Answer]:
        answer = self._ear.feed(data)
        return [] if answer is None else [Answer(self._unit, refused=bool(answer.refusal))]


class Led485Lines:
    """Boards that are sent lines of text. Where the maker says that a board tells its model, it is asked with every
    look, and by its version while it is silent."""

    answer_ms = ANSWER_MS
    gap_ms = LINE_GAP_MS

    def __init__(self) -> None:
        self._ear = led485.LineDecoder()

    def answers(self, spec: PanelSpec) -> bool:
        return spec.answers

    def host_flashes(self, spec: PanelSpec) -> bool:
        return True

    def greeting(self, spec: PanelSpec) -> list[bytes]:
        return []

    def look(self, spec: PanelSpec, look: PanelLook, lit: bool) -> bytes:
        line = led485.line(spec.address, panel_text.figures(spec, look, lit))
        return line + led485.query(spec.address, "model") if spec.answers else line

    def ping(self, spec: PanelSpec) -> bytes | None:
        return led485.query(spec.address, "version")

    def sent(self, frame: bytes) -> None:
        self._ear.sent(frame)

    def heard(self, data: bytes) -> list[Answer]:
        return [Answer(board) for board in self._ear.feed(data)]


def _segments(spec: PanelSpec, lit: int) -> bytes:
    return modbus.rtu(led485.segments(spec.address, bytes([lit] * spec.characters)))
