"""Where a line of mixed Chinese and English may end.

Kivy breaks lines at spaces only and lets a line begin with a full stop. Here every Chinese sign may end a line, a word
of letters or digits stays whole, closing marks stay with what stands before them and opening marks with what follows.
"""

import re
from collections.abc import Callable

CLOSING = ",.;:!?)]}%,。;:!?、)】》”’…"
OPENING = "([{(【《“‘"
SENTENCE = "。?!?!;"
COMMA = ",,、"
LETTERS = "A-Za-z0-9\u00c0-\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1eff"
"""Latin with its accents, Greek and Cyrillic."""
PIECE = re.compile(rf"\n| +|[{LETTERS}_'’/–-][{LETTERS}_'’/.:–-]*(?:[,.:])?|.", re.DOTALL)


def pieces(text: str) -> list[str]:
    """What must not be broken; a piece of spaces or a line end stands alone."""
    found: list[str] = []
    for piece in PIECE.findall(text):
        last = found[-1] if found else ""
        joins = last and not last.isspace() and (piece in CLOSING or last[-1] in OPENING)
        if joins and not piece.isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return found


def wrap(text: str, width: float, measure: Callable[[str], float], by_sense: bool = False) -> tuple[str, float]:
    """(`text` with line ends so that no line is wider than `width`, the widest piece). `by_sense`: a full line rather
    ends after a sentence or a comma than in the middle of a thought."""
    lines: list[str] = []
    line: list[str] = []
    full: list[str] = []
    widest = 0.0
    for piece in pieces(text):
        if piece == "\n":
            lines.append("".join(line))
            line, full = [], []
            continue
        wide = measure(piece)
        if line and sum(map(measure, line)) + wide > width:
            keep = sense_break(line, width, measure) if by_sense else len(line)
            full, line = line[:keep], line[keep:]
            lines.append("".join(full).rstrip())
        if piece.isspace() and not line:
            full.append(piece)
            continue
        widest = max(widest, wide)
        line.append(piece)
    if len(full) > 1 and len(line) == 1 and not line[0][0].isascii():
        keep = company(full, line, width, measure, by_sense)
        lines[-1], line = "".join(full[:keep]).rstrip(), full[keep:] + line
    return "\n".join([*lines, "".join(line)]), widest


def company(full: list[str], last: list[str], width: float, measure: Callable[[str], float], by_sense: bool) -> int:
    """After how many pieces the line before ends, so that no sign is left alone on the last: the sign before goes with
    it, or all since a comma."""
    commas = [count for count, piece in enumerate(full, 1) if by_sense and piece[-1] in SENTENCE + COMMA]
    before = len(full) - (2 if full[-1].isspace() else 1)
    for count in (*reversed(commas), before):
        if 0 < count < len(full) and sum(map(measure, full[count:] + last)) <= width:
            return count
    return len(full)


def sense_break(line: list[str], width: float, measure: Callable[[str], float]) -> int:
    """After how many pieces a full line should end."""
    best, used = len(line), 0.0
    for count, piece in enumerate(line, 1):
        used += measure(piece)
        if (piece[-1] in SENTENCE and used >= width * 0.35) or (piece[-1] in COMMA and used >= width * 0.5):
            best = count
    return best
