"""Requests on the disk: whole or absent, oldest first, gone when forgotten."""

import os

import pytest

from kiosk.events import Pending
from kiosk.io.pending import PendingFolder

ONE = Pending("request-one", "token-one")
TWO = Pending("request-two", "token-two", shown=True)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kiosk1"


def test_what_was_saved_is_there_after_a_restart_oldest_first(folder):
    disk = PendingFolder(folder)
    disk.save(TWO)
    disk.save(ONE)
    os.utime(folder / "request-two.json", ns=(1, 1))
    assert PendingFolder(folder).load() == (TWO, ONE)


def test_saving_again_replaces(folder):
    disk = PendingFolder(folder)
    disk.save(ONE)
    disk.save(Pending("request-one", "token-one", shown=True))
    assert disk.load() == (Pending("request-one", "token-one", shown=True),)


def test_what_is_forgotten_is_gone_and_may_be_forgotten_twice(folder):
    disk = PendingFolder(folder)
    disk.save(ONE)
    disk.forget("request-one")
    disk.forget("request-one")
    assert disk.load() == ()


@pytest.mark.parametrize("content", [b"", b"{", b'{"request_id": 3}', b"\xff\xfe"])
def test_a_damaged_file_is_removed_with_a_line_in_the_log(folder, caplog, content):
    disk = PendingFolder(folder)
    disk.save(ONE)
    (folder / "broken.json").write_bytes(content)
    assert disk.load() == (ONE,)
    assert "broken.json" in caplog.text
    assert not (folder / "broken.json").exists()


def test_a_half_written_file_of_a_power_cut_is_not_read(folder):
    disk = PendingFolder(folder)
    (folder / "request-one.part").write_bytes(b'{"request_id":"request-one"')
    assert disk.load() == ()


def test_each_step_is_synced_before_the_next(folder, monkeypatch):
    steps = []
    monkeypatch.setattr(os, "fsync", lambda number: steps.append(os.readlink(f"/proc/self/fd/{number}")))
    PendingFolder(folder).save(ONE)
    assert [step.rpartition("/")[2] for step in steps] == ["request-one.part", "kiosk1"]
