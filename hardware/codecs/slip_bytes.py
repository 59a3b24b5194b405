"""A layout as the bytes that a printer takes, from initialising to the cut.

    1B 40 [1B 39 00] 1C 26   then every line: what differs from the line before it, its text in GBK, 0A
                             code: align centre, the QR command · drawn line: align left, raster with the white
                             before it · picture: align centre, raster
    1D 56 42 00

Only changes of size, weight, colour and place are sent, which keeps a plain slip under 700 bytes (0.4 s at 19200).
Lines that are drawn come with their dots from outside: this codec has no font. They go out in bands of `BAND_BYTES`,
since a small printer keeps a whole picture in its buffer before it prints it, and one begun is one to be ended after
the line broke. What can go wrong: a drawn line without its dots is a `KeyError`, since a line left out would be a
number without its window.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from hardware.codecs import escpos_commands as esc
from hardware.codecs.escpos_commands import Bitmap
from hardware.codecs.slip_layout import RULE_TIMES, FeedLine, Layout, Line, PictureLine, QrLine, RuleLine, TextLine

RULE_SIGN: Final = "─"
BAND_BYTES: Final = 2048
"""Half of the smallest receive buffer that is sold."""


class Formats(NamedTuple):
    """What stays in force until it is changed; the defaults are those after initialising."""

    align: str = "left"
    wide: int = 1
    high: int = 1
    bold: bool = False
    inverse: bool = False


def to_be_drawn(layout: Layout, device_qr: bool = True) -> list[Line]:
    """The lines that the printer cannot make by itself."""
    return [line for line in layout.lines if _is_drawn(line, device_qr)]


def encode(layout: Layout, drawn: Mapping[Line, Bitmap], *, device_qr: bool = True, select_gbk: bool = False) -> bytes:
    """The whole slip. `drawn`: the dots of each line of `to_be_drawn`. `select_gbk`: the board has to be told its
    code."""
    out = [esc.INITIALISE, esc.CODE_GBK if select_gbk else b"", esc.CHINESE_ON]
    before = Formats()
    for line in layout.lines:
        if isinstance(line, FeedLine):
            out.append(esc.feed(line.lines))
            continue
        # A drawn line keeps its place on boards too that align no dots; of a picture it is not worth twice the bytes.
        now = Formats() if _is_drawn(line, device_qr) else _formats(line)
        out.append(_changes(before, now))
        if isinstance(line, PictureLine):
            out += map(esc.raster, bands(Bitmap(line.picture.row_bytes, line.picture.rows, line.picture.data)))
        elif _is_drawn(line, device_qr):
            out += map(esc.raster, bands(drawn[line]))
        else:
            out.append(_body(line))
        before = now
    return b"".join([*out, esc.CUT])


def bands(dots: Bitmap) -> list[Bitmap]:
    """The same dots as pictures of at most `BAND_BYTES` bytes, one under the other."""
    rows = max(1, BAND_BYTES // dots.row_bytes)
    step = rows * dots.row_bytes
    parts = (dots.data[start : start + step] for start in range(0, len(dots.data), step))
    return [Bitmap(dots.row_bytes, len(part) // dots.row_bytes, part) for part in parts]


def _is_drawn(line: Line, device_qr: bool) -> bool:
    return line.drawn if isinstance(line, TextLine) else isinstance(line, QrLine) and not device_qr


def _formats(line: TextLine | QrLine | RuleLine | PictureLine) -> Formats:
    if isinstance(line, TextLine):
        return Formats(line.align, line.size, line.size, line.bold, line.inverse)
    return Formats(wide=RULE_TIMES) if isinstance(line, RuleLine) else Formats("centre")


def _changes(before: Formats, now: Formats) -> bytes:
    changes = (
        (before.align != now.align, esc.align(now.align)),
        ((before.wide, before.high) != (now.wide, now.high), esc.size(now.wide, now.high)),
        (before.bold != now.bold, esc.bold(now.bold)),
        (before.inverse != now.inverse, esc.inverse(now.inverse)),
    )
    return b"".join(change for differs, change in changes if differs)


def _body(line: TextLine | QrLine | RuleLine) -> bytes:
    if isinstance(line, QrLine):
        return esc.qr(line.data, line.module_dots)
    text = line.text if isinstance(line, TextLine) else RULE_SIGN * line.signs
    return text.encode("gbk") + esc.LINE_END
