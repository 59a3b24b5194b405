"""The paper of a virtual printer: what came out, row by row, until it is cut or torn off.

The cutter stands some way behind the print head. A cut without feeding therefore goes through what was printed last,
and every slip begins with the blank paper that stood between the two.
"""

from dataclasses import dataclass

from PIL import Image

from hardware.sim.printer_profile import DOTS_PER_MM, Profile

HEAD_TO_CUTTER_DOTS = 12 * DOTS_PER_MM


@dataclass(frozen=True)
class Strip:
    """Something to be printed: `rows` of paper, with a picture (ink white) at their top and its words, if any."""

    rows: int
    picture: Image.Image | None = None
    text: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of paper in somebody's hand: black on white, and its lines in words."""

    picture: Image.Image
    lines: tuple[str, ...]

    @property
    def blank(self) -> bool:
        return self.picture.getextrema() == (255, 255)


@dataclass
class _Printed:
    """Part of a strip on the paper: its rows `start` to `end`, `top` rows from the paper's end."""

    strip: Strip
    top: int
    start: int
    end: int

    @property
    def bottom(self) -> int:
        return self.top + self.end - self.start


class Paper:
    """The paper from the last cut up to the head."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._printed: list[_Printed] = []
        self._rows = HEAD_TO_CUTTER_DOTS

    def print(self, strip: Strip, start: int, end: int) -> None:
        """Move the paper by rows `start` to `end` of a strip, and burn what stands on them."""
        if start == end:
            return
        last = self._printed[-1] if self._printed else None
        if last and last.strip is strip and last.end == start:
            last.end = end
        elif strip.picture:
            self._printed.append(_Printed(strip, self._rows, start, end))
        self._rows += end - start

    def cut(self, partial: bool) -> Piece | None:
        """Cut where the cutter is; None when there is no paper before it."""
        rows = self._rows - HEAD_TO_CUTTER_DOTS
        return self._take(rows, "[partial cut]" if partial else "[full cut]") if rows else None

    def tear(self) -> Piece | None:
        """Take out all there is, as somebody clearing a jam does; None when it is blank."""
        piece = self._take(self._rows, "[torn off]")
        self._rows = HEAD_TO_CUTTER_DOTS
        return None if piece.blank else piece

    def _take(self, rows: int, ending: str) -> Piece:
        profile = self._profile
        picture = Image.new("L", (profile.paper_dots, rows), 255)
        lines = []
        left = (profile.paper_dots - profile.print_dots) // 2
        rest: list[_Printed] = []
        for each in self._printed:
            ink = each.strip.picture
            if ink and each.start < ink.height and each.top < rows:
                ink = ink.crop((0, each.start, ink.width, min(each.end, ink.height)))
                picture.paste(0, (left, each.top), ink)
            if each.top < rows and each.strip.text and each.start < _inked(each.strip):
                whole = each.start == 0 and each.end >= _inked(each.strip) and each.top + _inked(each.strip) <= rows
                lines.append(each.strip.text if whole else f"[part] {each.strip.text}")
            gone = max(0, rows - each.top)
            if each.bottom > rows and each.start + gone < _inked(each.strip):
                rest.append(_Printed(each.strip, max(0, each.top - rows), each.start + gone, each.end))
        self._printed = rest
        self._rows -= rows
        return Piece(picture, (*lines, ending))


def _inked(strip: Strip) -> int:
    return strip.picture.height if strip.picture else 0
