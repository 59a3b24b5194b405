"""Recorded sessions, each played back to its driver: it has to do what it did, and to end up telling the same.

`python -m hardware record` writes such a file of a real device; copied to `sessions/`, it is a test. Those that stand
there were recorded from virtual devices, one of a family.
"""

from pathlib import Path

import pytest

from hardware.check.playback import played
from hardware.check.subjects import KINDS
from hardware.transports.sessions import Differs, Entry, Session, load_session
from tests.hardware.check.halls import SAMPLE
from ticketserver.shared.settings import load_settings

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.session"))
HALL = load_settings(SAMPLE / "hall.toml")


@pytest.mark.parametrize("file", SESSIONS, ids=lambda file: file.stem)
def test_a_session_is_played_to_its_end(file: Path) -> None:
    session = load_session(file)
    assert " · ".join(played(HALL, session)) == session.head["told"]


def test_every_family_has_a_session() -> None:
    assert {load_session(file).head["device"].partition(" ")[0] for file in SESSIONS} == set(KINDS)


def test_a_driver_that_does_something_else_is_found_out() -> None:
    session = next(load_session(file) for file in SESSIONS if file.stem.startswith("printer"))
    entries = [
        Entry(each.at_s, each.mark, b"\x10\x04\x07" if place == 3 else each.data, each.text)
        for place, each in enumerate(session.entries)
    ]
    with pytest.raises(Differs, match=r"the driver does: .* 10 04 02\nwas recorded: .* 10 04 07"):
        played(HALL, Session(session.head, tuple(entries)))


def test_a_device_that_says_something_else_leads_elsewhere() -> None:
    session = next(load_session(file) for file in SESSIONS if file.stem.startswith("printer"))
    entries = [
        Entry(each.at_s, each.mark, b"\x7e" if place == 8 else each.data, each.text)
        for place, each in enumerate(session.entries)
    ]
    assert entries[8].mark == "<"
    with pytest.raises((Differs, AssertionError)):
        played(HALL, Session(session.head, tuple(entries)))
