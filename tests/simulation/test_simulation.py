"""The simulation itself: one seed is one world, planted bugs are found, missing kinds are told, the disk is fair."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests.architecture.tree import ROOT
from tests.simulation.__main__ import missing, regressions
from tests.simulation.disk import Disk, MemoryJournal
from tests.simulation.kinds import CHECKS, FAULTS
from tests.simulation.mutants.__main__ import HERE as MUTANTS
from tests.simulation.scenario import run
from tests.simulation.world import Killed, Violation, World
from ticketserver.client.session import Session
from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.terms import Phase
from ticketserver.server.sequencer import Sequencer
from ticketserver.store.port import StoreFailed
from ticketserver.wire.notes import Note

SEED = 2


def records(first: int, count: int) -> list[Record]:
    events = (e.PhaseChanged(phase=Phase.CALLING),)
    return [Record(seq, seq, events, f"request-{seq}") for seq in range(first, first + count)]


def test_the_same_seed_is_the_same_world_whatever_order_sets_have():
    code = f"from tests.simulation.scenario import run; r = run({SEED}); print(r.digest, r.check)"
    told = set()
    for order in ("1", "2"):
        environ = {**os.environ, "PYTHONHASHSEED": order}
        argv = [sys.executable, "-c", code]
        told.add(subprocess.run(argv, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout.strip())
    here = run(SEED)
    assert told == {here.digest}
    assert run(SEED + 1).digest != here.digest


def test_a_reply_that_does_not_wait_for_the_disk_is_found(monkeypatch):
    real = Sequencer.release

    def hasty(sequencer):
        durable, sequencer.durable = sequencer.durable, sequencer.seq
        try:
            return real(sequencer)
        finally:
            sequencer.durable = durable

    monkeypatch.setattr(Sequencer, "release", hasty)
    assert run(SEED).check == "told is durable"


def test_a_client_that_does_not_see_a_gap_is_found(monkeypatch):
    real = Session._noted

    def blind(session, message, now):
        session._n = msgspec.json.decode(message.params, type=Note).n - 1
        return real(session, message, now)

    monkeypatch.setattr(Session, "_noted", blind)
    assert "no gap" in {run(seed).check for seed in range(SEED, SEED + 3)}


def test_an_error_of_the_code_under_test_is_a_failure_with_its_last_steps(monkeypatch):
    def broken(sequencer):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(Sequencer, "take", broken)
    result = run(SEED)
    assert (result.check, "planted" in result.problem, bool(result.last)) == ("ZeroDivisionError", True, True)


def test_a_kind_that_never_came_is_told():
    assert len(missing(Counter(), Counter())) == len(FAULTS) + len(CHECKS)
    most = Counter(dict.fromkeys(FAULTS, 1))
    del most["night"]
    assert missing(most, Counter(dict.fromkeys(CHECKS, 1))) == ["the fault 'night' was never injected"]


def test_seeds_that_once_failed_are_listed_once():
    assert len(set(regressions())) == len(regressions()) > 0


@pytest.mark.parametrize("patch", sorted(MUTANTS.glob("*.patch")), ids=lambda patch: patch.stem)
def test_a_mutant_fits_the_code(patch: Path):
    argv = ["git", "apply", "--check", "-C1", str(patch)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_torn_batch_is_gone_at_the_next_opening_and_what_was_durable_is_not():
    world, disk = World(1), Disk("hall")
    journal = MemoryJournal(world, disk)
    journal.append("hall", 1, records(1, 3))
    journal.fault = "torn"
    with pytest.raises(Killed):
        journal.append("hall", 4, records(4, 3))
    assert disk.torn
    again = MemoryJournal(world, disk)
    assert not disk.torn
    assert [record.seq for record in again.read("hall", 1)] == [1, 2, 3]
    again.append("hall", 4, records(4, 1))
    assert again.head("hall") == (4, disk.rows[-1].hash)


@pytest.mark.parametrize("seed", range(6))
def test_a_failed_commit_is_there_whole_or_not_at_all_and_ends_the_journal(seed):
    disk = Disk("hall")
    journal = MemoryJournal(World(seed), disk)
    journal.fault = "failed"
    with pytest.raises(StoreFailed):
        journal.append("hall", 1, records(1, 3))
    assert disk.seq in (0, 3)
    with pytest.raises(StoreFailed, match="dead"):
        journal.append("hall", disk.seq + 1, records(disk.seq + 1, 1))


def test_a_program_that_spins_is_found():
    world = World(1)

    def spin():
        world.after(0, spin)

    spin()
    with pytest.raises(Violation, match="time goes on"):
        world.run(1)
