"""The roster as text for a terminal, as a page for A4 paper, as a table for spreadsheets; and its verb."""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from unicodedata import east_asian_width

from ticketserver.server.line import wall_ms
from ticketserver.server.roster import read_roster
from ticketserver.server.roster_words import RosterWords, Row, both
from ticketserver.shared.settings import Settings

WIDTHS = (4, 10, 8, 42, 10, 22, 18)
"""Columns of the terminal's text; a longer cell goes on in the next line."""

STYLE = """
@page { size: A4; margin: 12mm }
body { font: 10.5pt "Noto Sans CJK SC", "Microsoft YaHei", SimSun, sans-serif; color: #000; margin: 0 }
h1 { font-size: 15pt; margin: 0 0 2mm } h2 { font-size: 12pt; margin: 5mm 0 1mm; break-after: avoid }
p { margin: 0 0 1mm } .warning { border: 2pt solid #000; padding: 2mm; font-weight: bold }
table { border-collapse: collapse; width: 100% }
th, td { border: .5pt solid #000; padding: 1mm 1.5mm; text-align: left }
thead { display: table-header-group } tr { break-inside: avoid }
td.number { font-size: 13pt; font-weight: bold } td.tick { width: 8mm }
td.services { width: 38% } td.priority { width: 20% }
"""


def as_text(words: RosterWords) -> str:
    lines = [*words.head(), *words.warnings()]
    for group in words.groups:
        lines += ["", words.title(group), *_cells(words.headings()), "  ".join("-" * width for width in WIDTHS)]
        for row in words.rows(group):
            lines += _cells(row._replace(tick="[ ]"))
    return "\n".join([*lines, *words.nobody()]) + "\n"


def as_html(words: RosterWords) -> str:
    title, *rest = map(escape, words.head())
    parts = [f"<h1>{title}</h1>", *(f"<p>{line}</p>" for line in rest)]
    parts += [f'<p class="warning">{escape(line)}</p>' for line in words.warnings()]
    headings = "".join(f"<th>{escape(heading)}</th>" for heading in words.headings())
    for group in words.groups:
        rows = "\n".join(f"<tr>{_html_cells(row)}</tr>" for row in words.rows(group))
        parts.append(f"<h2>{escape(words.title(group))}</h2>")
        parts.append(f"<table><thead><tr>{headings}</tr></thead><tbody>\n{rows}</tbody></table>")
    parts += [f"<p>{escape(line)}</p>" for line in words.nobody()]
    body = "\n".join(parts)
    return f'<!doctype html>\n<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>\n{body}\n'


def as_csv(words: RosterWords) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([line] for line in (*words.head(), *words.warnings(), *words.nobody()))
    writer.writerow([both("roster.zone", joined=" "), *words.headings()])
    for group in words.groups:
        writer.writerows([words.title(group), *row] for row in words.rows(group))
    return "\ufeff" + out.getvalue()


FORMS: dict[str, Callable[[RosterWords], str]] = {".txt": as_text, ".html": as_html, ".csv": as_csv}
"""How a roster is written, by the ending of its file's name."""


def show_roster(settings: Settings, out: Path | None) -> int:
    """Print the roster, or save it; → exit status. Raises StoreError where the journal cannot be read at all."""
    form = FORMS.get(out.suffix) if out else as_text
    if form is None:
        print(both("roster.form", file=out, forms=", ".join(FORMS)), file=sys.stderr)
        return 2
    now = wall_ms()
    page = form(RosterWords(settings, read_roster(settings, now), now))
    if out is None:
        print(page, end="")
        return 0
    try:
        out.write_text(page, "utf-8")
    except OSError as problem:
        print(both("roster.not_saved", file=out, detail=problem.strerror or problem), file=sys.stderr)
        return 1
    print(both("roster.saved", file=out.resolve()))
    return 0


def _html_cells(row: Row) -> str:
    return "".join(f'<td class="{name}">{escape(value)}</td>' for name, value in row._asdict().items())


def _wide(text: str) -> int:
    """Columns that a text takes in a terminal: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cells(row: Row) -> Iterator[str]:
    """A row in the terminal: as many lines as its longest cell needs."""
    cells = [list(_folded(text, width)) for text, width in zip(row, WIDTHS, strict=True)]
    for line in range(max(map(len, cells))):
        parts = [cell[line] if line < len(cell) else "" for cell in cells]
        padded = (part + " " * (width - _wide(part)) for part, width in zip(parts, WIDTHS, strict=True))
        yield "  ".join(padded).rstrip()


def _folded(text: str, width: int) -> Iterator[str]:
    """The text in pieces that fit; Chinese may be broken anywhere."""
    piece = ""
    for sign in text:
        if _wide(piece + sign) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece
