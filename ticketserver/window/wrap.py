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
PIECE = re.compile(rf"\n| +|[{LETTERS}_'’/.:–-]+(?:[,.:])?|.", re.DOTALL)


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
    widest = 0.0
    for piece in pieces(text):
        if piece == "\n":
            lines.append("".join(line))
            line = []
            continue
        wide = measure(piece)
        if line and sum(map(measure, line)) + wide > width:
            keep = sense_break(line, width, measure) if by_sense else len(line)
            lines.append("".join(line[:keep]).rstrip())
            line = line[keep:]
        if piece.isspace() and not line:
            continue
        widest = max(widest, wide)
        line.append(piece)
    return "\n".join([*lines, "".join(line)]), widest


def sense_break(line: list[str], width: float, measure: Callable[[str], float]) -> int:
    """After how many pieces a full line should end."""
    best, used = len(line), 0.0
    for count, piece in enumerate(line, 1):
        used += measure(piece)
        if (piece[-1] in SENTENCE and used >= width * 0.35) or (piece[-1] in COMMA and used >= width * 0.5):
            best = count
    return best
