"""Virtual number boards after their documents, and one that shows whatever it hears.

Their frames:

    digits4   id hi lo sum                          9600 8N1, no answer
    sunpn     3A colour lo hi info sum 0A           9600 8N1, answer 2A colour lo hi info sum 0A
    ub485     01 adr text 07                        57600 8N1, no answer, one message at a time, 300 ms apart
    any       what comes up to the last byte of a frame is shown, for panels whose frame is written in the settings
"""

from hardware.sim.panel_devices import PanelLine

APART_S = 0.29
"""A little less than the document's 300 ms: bytes are taken in lumps."""


class DigitPanels(PanelLine):
    """Four-byte digit boards, told apart by their number."""

    def __init__(self, addresses: list[int], characters: int) -> None:
        super().__init__(addresses, range(256), characters)

    def hear(self, data: bytes, now_s: float) -> bytes:
        self._gather(data, now_s)
        while len(self._line) >= 4:
            frame = self._line[:4]
            right = (frame[0] + frame[1] + frame[2]) % 256 == frame[3]
            panel = self.panels.get(frame[0]) if right else None
            if panel is not None and panel.works:
                panel.show(str(256 * frame[1] + frame[2])[-panel.characters :])
            self._line = self._line[4 if right else 1 :]
        return b""


class SunpnPanels(PanelLine):
    """SUNPN boards, told apart by their info byte."""

    COLOURS = ("green", "yellow", "red")

    def __init__(self, addresses: list[int], characters: int) -> None:
        super().__init__(addresses, range(256), characters)

    def hear(self, data: bytes, now_s: float) -> bytes:
        self._gather(data, now_s)
        answers = b""
        while (start := self._line.find(b"\x3a")) >= 0:
            self._line = self._line[start:]
            frame = self._line[:7]
            if len(frame) < 7:
                return answers
            if frame[6] != 0x0A or sum(frame[:5]) % 256 != frame[5] or frame[1] > 2:
                self._line = self._line[1:]
                continue
            self._line = self._line[7:]
            panel = self.panels.get(frame[4])
            if panel is not None and panel.works:
                panel.show(str(frame[2] + 256 * frame[3])[-panel.characters :])
                panel.colour = self.COLOURS[frame[1]]
                said = b"\x2a" + frame[1:5]
                answers += said + bytes([sum(said) % 256, 0x0A])
        self._line = b""
        return answers


class Ub485Panels(PanelLine):
    """UB485 boards. A message that comes too soon after another on the line is lost."""

    baud = 57600

    def __init__(self, addresses: list[int], characters: int) -> None:
        super().__init__(addresses, range(0x20, 0xFF), characters)
        self._message_s = 0.0

    def hear(self, data: bytes, now_s: float) -> bytes:
        self._gather(data, now_s)
        while (start := self._line.find(b"\x01")) >= 0 and (end := self._line.find(b"\x07", start)) >= 0:
            frame = self._line[self._line.rfind(b"\x01", start, end) : end]
            self._line = self._line[end + 1 :]
            panel = self.panels.get(frame[1]) if len(frame) > 1 else None
            in_time, self._message_s = now_s - self._message_s >= APART_S, now_s
            if panel is not None and panel.works and in_time:
                panel.show(frame[2:].decode("gbk", "replace"))
        return b""


class AnyPanels(PanelLine):
    """Panels that show each frame as it comes, control characters as dots; it ends with `ends_with`."""

    def __init__(self, addresses: list[int], characters: int, ends_with: int = 0x03) -> None:
        super().__init__(addresses, range(0x10000), characters)
        self._end = bytes([ends_with])

    def hear(self, data: bytes, now_s: float) -> bytes:
        self._gather(data, now_s)
        *frames, self._line = self._line.split(self._end)
        for frame in frames:
            text = "".join("·" if sign < " " else sign for sign in frame.decode("gbk", "replace"))
            for panel in self.panels.values():
                if panel.works:
                    panel.show(text)
        return b""
