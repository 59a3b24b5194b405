"""`python -m ticketserver --config hall.toml`: the ticket server; and its small helpers.

```
python -m ticketserver [serve] --config hall.toml [--open-now] [--accept-clock]
python -m ticketserver link ROLE --config hall.toml     the address of a role's page, with its token
python -m ticketserver check hall.toml                  every mistake in the settings, and advice
python -m ticketserver verify --config hall.toml        read the whole journal and its chain of hashes
python -m ticketserver backup FILE --config hall.toml   copies of journal and 大家常办, also while a server runs
python -m ticketserver roster --config hall.toml        who waits, for calling by hand, also while no server runs
python -m ticketserver waits --config hall.toml         how near the waits that were said came, day by day
python -m ticketserver appointment make|verify …        a signed code for who booked a time, or what one says
```
"""

import argparse
import asyncio
import logging
import os
import sys
from pathlib import Path

from ticketserver.client.tokens import TokenError, read_token
from ticketserver.core.terms import Role
from ticketserver.server import appointment_verb, backup_verb, waits_verb
from ticketserver.server.boot import ClockBehind, journal_path
from ticketserver.server.hallday import HallDays
from ticketserver.server.roster_forms import FORMS, show_roster
from ticketserver.server.sequencer import Broken
from ticketserver.server.tokens import TokenFileError
from ticketserver.shared.review import review_hall
from ticketserver.shared.settings import Settings, SettingsError, load_settings
from ticketserver.shared.texts import LANGUAGES, load_texts
from ticketserver.store.port import StoreError
from ticketserver.store.sqlite import SqliteJournal

PAGES = {Role.CLERK: "/clerk", Role.SUPERVISOR: "/clerk", Role.GUIDE: "/guide"}
VERBS = ("serve", "link", "check", "verify", "backup", "roster", "waits", "appointment")


def say(key: str, **values: object) -> str:
    """A message in Chinese, then in English."""
    return "\n".join(load_texts(language)(f"server.{key}", **values) for language in LANGUAGES)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m ticketserver",
        description="叫号服务器 The ticket server. Without a verb it serves.",
    )
    verbs = made.add_subparsers(dest="verb", required=True)
    config = argparse.ArgumentParser(add_help=False)
    config.add_argument("--config", required=True, type=Path, metavar="FILE", help="hall.toml")
    server = verbs.add_parser("serve", parents=[config], help="run the hall's server")
    server.add_argument("--open-now", action="store_true", help="open from turn to turn, whatever the calendar says")
    server.add_argument("--accept-clock", action="store_true", help="start although the clock is before the journal")
    link = verbs.add_parser("link", parents=[config], help="print the address of a role's page, with its token")
    link.add_argument("role", choices=[role.value for role in PAGES])
    check = verbs.add_parser("check", help="name every mistake in the settings, and give advice")
    check.add_argument("file", type=Path, metavar="FILE", help="hall.toml")
    verbs.add_parser("verify", parents=[config], help="read the whole journal and verify its chain of hashes")
    backup_verb.add_verb(verbs, config)
    roster = verbs.add_parser("roster", parents=[config], help="who waits, in the order of calling, to call by hand")
    roster.add_argument("--out", type=Path, metavar="FILE", help=f"save it there: {', '.join(FORMS)}")
    waits_verb.add_verb(verbs, config)
    appointment_verb.add_verb(verbs, config)
    return made


def run_server(asked: argparse.Namespace, settings: Settings) -> int:
    # Not loaded in vain: phrases (40 MB), all readings twice (1 MB), certificates of others, whom nobody calls (2 MB).
    os.environ |= {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1", "SSL_CERT_FILE": os.devnull}
    # Only here: a kiosk's or display's machine checks its settings without the libraries of the server.
    from ticketserver.server.app import serve

    try:
        asyncio.run(serve(settings, asked.open_now, asked.accept_clock))
    except ClockBehind as problem:
        days = HallDays(settings.calendar, settings.hall.timezone)
        print(say("clock_behind", now=days.said(problem.now), last=days.said(problem.last)), file=sys.stderr)
        return 1
    except TokenFileError as problem:
        print(say("token_file", file=problem.file, detail=problem.detail), file=sys.stderr)
        return 1
    except Broken as problem:
        request = problem.request_id or "-"
        print(say("broken", request=request, method=problem.method), file=sys.stderr)
        return 3
    except OSError as problem:
        print(say("port", listen=settings.server.listen, problem=problem), file=sys.stderr)
        return 1
    return 0


def print_link(asked: argparse.Namespace, settings: Settings) -> int:
    role = Role(asked.role)
    token = read_token(settings, role)
    suffix = "" if role is Role.CLERK else f"&role={role.value}"
    print(f"{settings.server.http_url}{PAGES[role]}#token={token}{suffix}")
    return 0


def check_file(file: Path) -> int:
    settings = load_settings(file)
    for language in LANGUAGES:
        for finding in review_hall(settings, settings.catalogue):
            print(finding.text(language))
    print(say("checked", file=file, counters=len(settings.counter), services=len(settings.catalogue.service)))
    return 0


def verify(settings: Settings) -> int:
    journal = SqliteJournal(journal_path(settings))
    try:
        count = sum(1 for _ in journal.read(settings.hall.id, 1))
        seq, head = journal.head(settings.hall.id)
    finally:
        journal.close()
    print(say("verified", file=journal_path(settings), count=count, seq=seq, hash=head.hex()))
    return 0


def store_problem(problem: StoreError) -> str:
    names = load_texts("en").wanted(f"server.store.{problem.kind}")
    return say(f"store.{problem.kind}", **{name: problem.details.get(name, "?") for name in names})


def main(arguments: list[str]) -> int:
    if not arguments or (arguments[0] not in VERBS and arguments[0] not in ("-h", "--help")):
        arguments = ["serve", *arguments]
    asked = parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("websockets").setLevel(logging.WARNING)
    os.umask(0o077)
    try:
        if asked.verb == "check":
            return check_file(asked.file)
        settings = load_settings(asked.config)
        if asked.verb == "link":
            return print_link(asked, settings)
        if asked.verb == "verify":
            return verify(settings)
        if asked.verb == "backup":
            return backup_verb.run(asked, settings)
        if asked.verb == "appointment":
            return appointment_verb.run(asked, settings)
        if asked.verb == "waits":
            return waits_verb.run(asked, settings)
        if asked.verb == "roster":
            return show_roster(settings, asked.out)
        return run_server(asked, settings)
    except (SettingsError, TokenError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except StoreError as problem:
        print(store_problem(problem), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
