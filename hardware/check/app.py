"""`python -m hardware check --config hall.toml`: is everything there, does it work, and what to do where it does not.

The server is asked first, since it knows which devices programs have already; then all devices at once. Each finding is
said in both languages, the hall's first one first. → exit status 0 all well, 1 something is wrong, 2 nothing could be
tested (settings, a name that is none).
"""

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Final, TextIO

from hardware.check import lines, printers, readers, screens, server, sound
from hardware.check.parts import Ask, Finding, Mark, Named, Trial, said
from hardware.check.run import run_tests
from ticketserver.shared.settings import Settings, SettingsError, load_settings
from ticketserver.shared.texts import LANGUAGES

SIGNS: Final = {Mark.WELL: "✓", Mark.NOTE: "!", Mark.WRONG: "✗"}
PERSON_S: Final = 30.0
NAME_CHARS: Final = 18
FAMILIES: Final = (screens, sound, printers, lines, readers)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "检查每台设备和服务器 Test every device of the hall and the server's reach"
    parser.add_argument("--config", type=Path, required=True, help="hall.toml")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="these only: ids of hall.toml, server, …")
    parser.add_argument("--press", action="store_true", help=f"wait {PERSON_S:g} s for a key of each call box")
    parser.add_argument("--scan", action="store_true", help=f"wait {PERSON_S:g} s for a code or card at each reader")
    parser.add_argument("--json", action="store_true", help="the findings as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Test what was asked for; → exit status."""
    try:
        settings = load_settings(args.config)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    # What the drivers log is said by the findings.
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    out = Said(settings, sys.stderr if args.json else sys.stdout)
    ask = Ask(settings, out.say, PERSON_S if args.press else 0.0, PERSON_S if args.scan else 0.0)
    first = server.tests(ask)
    rest = [test for family in FAMILIES for test in family.tests(ask)]
    known = {name for test in (*first, *rest) for name in test.names}
    if unknown := [name for name in args.only if name not in known]:
        out.heading("no_such", names=", ".join(unknown), known=", ".join(sorted(known)))
        return 2
    wanted = set(args.only or known)
    if not args.json:
        out.heading("title", hall=Named(settings.hall.name_zh, settings.hall.name_en), file=settings.file)
    # Also where nobody asked for it, the server is asked: it says which devices must be left alone.
    found = [each for each in run_tests(first) if server.NAME in wanted]
    found += run_tests([test for test in rest if wanted.intersection(test.names)])
    found = [each for each in found if _wanted(each, wanted, rest)]
    status = 1 if any(each.mark is Mark.WRONG for each in found) else 0
    if args.json:
        print(json.dumps(_as_json(settings, found, status), ensure_ascii=False, indent=1))
    else:
        for each in found:
            out.say(each)
        counts = {"count": len(found), "notes": sum(each.mark is Mark.NOTE for each in found)}
        if wrong := sum(each.mark is Mark.WRONG for each in found):
            out.heading("some_wrong", **counts, wrong=wrong)
        else:
            out.heading("all_well", **counts)
    return status


class Said:
    """Sentences for a person, in the hall's first language, then in the other."""

    def __init__(self, settings: Settings, out: TextIO) -> None:
        first = settings.hall.languages[0]
        self._languages = (first, *(each for each in LANGUAGES if each != first))
        self._out = out

    def say(self, finding: Finding) -> None:
        before = f"{SIGNS[finding.mark]} {finding.device:<{NAME_CHARS}} "
        for language in self._languages:
            self._out.write(f"{before}{finding.text(language)}\n")
            before = " " * len(before)
        self._out.flush()

    def heading(self, key: str, **values: object) -> None:
        for language in self._languages:
            self._out.write(said(language, key, values) + "\n")
        self._out.flush()


def _wanted(finding: Finding, wanted: set[str], tests: list[Trial]) -> bool:
    """Of a test about several devices, what concerns the one that was asked for, or all of them."""
    of_test = next((test.names for test in tests if finding.device in test.names), ())
    return finding.device in wanted or not of_test or of_test[0] in wanted


def _as_json(settings: Settings, found: list[Finding], status: int) -> dict[str, object]:
    return {
        "hall": settings.hall.id,
        "status": status,
        "findings": [
            {
                "device": each.device,
                "mark": each.mark.value,
                "code": each.code,
                "text": {language: each.text(language) for language in LANGUAGES},
            }
            for each in found
        ],
    }
