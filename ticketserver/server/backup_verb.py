"""`python -m ticketserver backup FILE`: a complete copy of the journal, and beside it of what the hall has learned.

    FILE               the journal, whole and synced, also while a server writes it
    FILE.asked.json    what the hall's own days asked for (asked_days.py); none while the hall is young

What can go wrong: only the journal can be copied. Its copy stays then, since numbers are in it alone.
"""

import argparse
import sys
from pathlib import Path

from ticketserver.server.asked_days import asked_path
from ticketserver.server.boot import journal_path
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import LANGUAGES, load_texts
from ticketserver.shared.whole import write_whole
from ticketserver.store.sqlite_file import copy_journal


def say(key: str, **values: object) -> str:
    return "\n".join(load_texts(language)(f"server.{key}", **values) for language in LANGUAGES)


def add_verb(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", config: argparse.ArgumentParser) -> None:
    made = verbs.add_parser("backup", parents=[config], help="copy the journal, also while a server runs")
    made.add_argument("target", type=Path, metavar="FILE", help="where the copy goes")


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """1 = the journal alone was copied. Raises StoreError where it was not."""
    copy_journal(journal_path(settings), asked.target)
    print(say("backed_up", file=asked.target))
    learned, beside = asked_path(settings), asked.target.with_name(f"{asked.target.name}.asked.json")
    try:
        write_whole(beside, learned.read_bytes())
    except FileNotFoundError:
        return 0
    except OSError as problem:
        print(say("asked_not_backed_up", file=learned, target=beside, problem=problem.strerror), file=sys.stderr)
        return 1
    print(say("asked_backed_up", file=beside))
    return 0
