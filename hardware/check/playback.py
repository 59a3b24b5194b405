"""A recorded session played back to the driver that it was recorded with, on a machine without the device."""

import json
from typing import Final

import msgspec
from msgspec.structs import replace

from hardware.check.driving import Drive
from hardware.check.subjects import KINDS, Device, devices_of
from hardware.transports.replayed import Replay
from hardware.transports.sessions import Differs, Session
from ticketserver.shared.settings import Settings

LATE_S: Final = 15.0


def played(settings: Settings, session: Session) -> list[str]:
    """What the driver tells, a line each; of `settings` nothing counts but the models. Raises `Differs` where it does
    something else than it did, or waits for ever; `KeyError`, `ValueError` for a head that is none of ours."""
    hall, device, print_slip = recorded_of(settings, session)
    replay = Replay(session)
    end_s = session.entries[-1].at_s + LATE_S
    told = Drive(hall, device, replay, lambda gone_s: replay.over or gone_s > end_s, print_slip).run()
    if not replay.complete:
        raise Differs(f"the driver does not go on; was recorded: {replay.waits_for}")
    return told


def recorded_of(settings: Settings, session: Session) -> tuple[Settings, Device, bool]:
    """A hall with the recorded device alone, the device, and whether a slip was printed."""
    kind, _, name = session.head["device"].partition(" ")
    lines = tuple(msgspec.convert(line, KINDS[kind]) for line in json.loads(session.head["settings"]))
    hall = replace(settings, **{**dict.fromkeys(KINDS, ()), kind: lines})
    return hall, devices_of(hall)[name], session.head["asked"] == "print"
