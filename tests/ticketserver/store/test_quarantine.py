"""The file of request ids that broke the hall."""

import os

from ticketserver.store.quarantine import put_in_quarantine, quarantined


def test_no_file_no_ids(tmp_path):
    assert quarantined(tmp_path / "quarantine") == frozenset()


def test_ids_are_kept_and_only_the_owner_reads_them(tmp_path):
    path = tmp_path / "quarantine"
    put_in_quarantine(path, "kiosk-1.0001")
    put_in_quarantine(path, "box-2.17")
    assert quarantined(path) == {"kiosk-1.0001", "box-2.17"}
    assert path.stat().st_mode & 0o077 == 0


def test_a_torn_line_does_not_swallow_the_next_id(tmp_path):
    path = tmp_path / "quarantine"
    put_in_quarantine(path, "kiosk-1.0001")
    os.truncate(path, path.stat().st_size - 3)
    put_in_quarantine(path, "box-2.17")
    assert quarantined(path) == {"kiosk-1.00", "box-2.17"}
