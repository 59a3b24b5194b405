"""`python -m ticketserver appointment make|verify`: codes for people who booked, made and read by hand.

The key is the server's: it is made on its first start and only read here.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from ticketserver.core.ids import Ms
from ticketserver.server.appointments import KEY_FILE, Appointments, as_typed
from ticketserver.server.hallday import HallDays
from ticketserver.server.qr_file import UnknownPicture, draw
from ticketserver.server.tokens import read_or_make
from ticketserver.shared.fields import minutes_of_day
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import LANGUAGES, load_texts


def say(key: str, **values: object) -> str:
    return "\n".join(load_texts(language)(f"server.appointment.{key}", **values) for language in LANGUAGES)


def add_verb(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", config: argparse.ArgumentParser) -> None:
    """The verb with its two acts."""
    acts = verbs.add_parser("appointment", help="make a code for an appointment, or read one").add_subparsers(
        dest="act", required=True
    )
    make = acts.add_parser("make", parents=[config], help="print a code that the hall signs")
    make.add_argument("--day", required=True, type=date.fromisoformat, metavar="2026-11-27", help="business day")
    make.add_argument("--from", required=True, dest="starts", metavar="09:30", type=clock, help="first minute to come")
    make.add_argument("--to", required=True, dest="ends", metavar="09:45", type=clock, help="last minute to come")
    make.add_argument("--qr", type=Path, metavar="FILE", help="also write it as a QR code, as code.png or code.svg")
    make.add_argument("service", nargs="+", metavar="SERVICE", help="codes of services, as PAY-02")
    verify = acts.add_parser("verify", parents=[config], help="say what a code holds, and whether this hall signed it")
    verify.add_argument("code", metavar="CODE")


def clock(text: str) -> str:
    """A time of day as `09:30`. Raises ValueError."""
    hours, minutes = map(int, text.split(":"))
    if not (0 <= hours < 24 and 0 <= minutes < 60):
        raise ValueError(text)
    return f"{hours:02d}:{minutes:02d}"


def run(asked: argparse.Namespace, settings: Settings) -> int:
    """Prints a code, or what one says. 1 = it cannot be made, or is not this hall's."""
    file = Path(settings.server.tokens_dir) / KEY_FILE
    if not file.exists():
        return _wrong(say("no_key", file=file))
    days = HallDays(settings.calendar, settings.hall.timezone)
    appointments = Appointments(settings.hall.id, days, read_or_make(file))
    return _make(asked, settings, days, appointments) if asked.act == "make" else _verify(asked, days, appointments)


def _make(asked: argparse.Namespace, settings: Settings, days: HallDays, appointments: Appointments) -> int:
    for service in asked.service:
        if settings.catalogue.find(service) is None:
            return _wrong(say("no_service", service=service))
    if len(set(asked.service)) < len(asked.service) or len(asked.service) > 20:
        return _wrong(say("services"))
    if minutes_of_day(asked.starts) > minutes_of_day(asked.ends):
        return _wrong(say("span", starts=asked.starts, ends=asked.ends))
    if not days.works(asked.day):
        return _wrong(say("no_day", day=asked.day))
    code = appointments.make(asked.day, asked.starts, asked.ends, asked.service)
    if asked.qr is not None:
        try:
            draw(code, asked.qr)
        except UnknownPicture:
            return _wrong(say("qr_kind", file=asked.qr))
        except OSError as error:
            return _wrong(say("qr_failed", file=asked.qr, detail=error.strerror or error))
    print(code)
    return 0


def _verify(asked: argparse.Namespace, days: HallDays, appointments: Appointments) -> int:
    booked = appointments.read(as_typed(asked.code))
    if booked is None:
        return _wrong(say("unknown"))
    starts, ends = (days.said(Ms(at)) for at in (booked.from_ms, booked.to_ms))
    print(say("holds", starts=starts, ends=ends, services=" ".join(booked.services), serial=booked.serial))
    return 0


def _wrong(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
