"""`python -m ticketserver waits`: how near the announced waits of each day came, out of the journal alone.

Reads beside a server that runs. Without `--day` the last one; `--csv` writes all days for a spreadsheet.
"""

import argparse
import csv
import sys
from pathlib import Path

from ticketserver.server.announced import reports
from ticketserver.server.boot import journal_path
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import LANGUAGES, load_texts
from ticketserver.store.sqlite_reader import look_at
from ticketserver.wire.minutes import MINUTE_MS
from ticketserver.wire.reports import WaitErrors, WaitReport

FIELDS = ("told", "called", "kept", "sooner", "later", "off_minutes", "late_minutes_p90")


def say(key: str, **values: object) -> str:
    return "\n".join(load_texts(language)(f"waits.{key}", **values) for language in LANGUAGES)


def add_verb(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", config: argparse.ArgumentParser) -> None:
    made = verbs.add_parser("waits", parents=[config], help="how near the waits that were told came, day by day")
    made.add_argument("--day", metavar="2026-11-27", help="one business day (without: the last one)")
    made.add_argument("--csv", type=Path, metavar="FILE", help="all days and zones as a table")


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Prints the report. 1 = there is none, or it cannot be written. Raises StoreError."""
    with look_at(journal_path(settings)) as journal:
        found = {report.day: report for report in reports(journal.read(settings.hall.id, 1))}
    if not found:
        return _wrong(say("none"))
    if asked.day and asked.day not in found:
        return _wrong(say("unknown_day", day=asked.day, first=min(found), last=max(found)))
    if asked.csv:
        try:
            _write(asked.csv, list(found.values()))
        except OSError as problem:
            return _wrong(say("not_written", file=asked.csv, problem=problem.strerror))
        print(say("written", file=asked.csv))
        return 0
    texts = load_texts(settings.hall.languages[0])
    own = f"name_{settings.hall.languages[0]}"
    names = {zone.id: getattr(zone, own) for zone in settings.zone} | {"": texts("waits.all")}
    report = found[asked.day or max(found)]
    print(texts("waits.head", day=report.day))
    print("\t".join(texts.lines("waits.columns")))
    for row in report.zones:
        print("\t".join(map(str, (names.get(row.zone, row.zone), *_figures(row)))))
    return 0


def _figures(row: WaitErrors) -> tuple[float, ...]:
    kept = row.called - row.sooner - row.later
    off, late = (round(span / MINUTE_MS, 1) for span in (row.off_ms, row.late_p90_ms))
    return (row.told, row.called, kept, row.sooner, row.later, off, late)


def _write(file: Path, found: list[WaitReport]) -> None:
    """With a byte order mark, so that a spreadsheet reads it as UTF-8."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(("day", "zone", *FIELDS))
        for report in found:
            for row in report.zones:
                table.writerow((report.day, row.zone or "all", *_figures(row)))


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
