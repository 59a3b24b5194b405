"""The journal's bytes and hashes."""

from hashlib import sha256

import pytest
from msgspec.structs import replace

from tests.ticketserver.store.records import HALL, opening, record
from ticketserver.store.chain import GENESIS, VERSION, opened_day, seal, unseal
from ticketserver.store.port import StoreDamaged


def test_the_hash_is_over_the_one_before_the_header_and_the_stored_bytes():
    row = seal(HALL, opening(7), GENESIS)
    assert row.hash == sha256(bytes(32) + b"sample\n7\n7000\n2026-11-24\n" + row.payload).digest()
    following = seal(HALL, record(8), row.hash)
    assert following.hash == sha256(row.hash + b"sample\n8\n8000\n\n" + following.payload).digest()


def test_what_was_sealed_is_read_back():
    sealed = record(3, request_id="kiosk-1.0001")
    row = seal(HALL, sealed, GENESIS)
    assert unseal(HALL, row, GENESIS, 3) == sealed


def test_only_a_record_that_opens_a_day_has_one():
    assert opened_day(opening(1)) == "2026-11-24"
    assert opened_day(record(1)) == ""


@pytest.mark.parametrize("change", [{"payload": b'{"seq":1}'}, {"at_ms": 5}, {"day": "2026-11-25"}])
def test_any_change_shows(change):
    row = seal(HALL, record(1), GENESIS)
    with pytest.raises(StoreDamaged, match="hash"):
        unseal(HALL, row._replace(**change), GENESIS, 1)


def test_another_hall_another_predecessor_and_a_gap_show():
    row = seal(HALL, record(1), GENESIS)
    with pytest.raises(StoreDamaged, match="hash"):
        unseal("other", row, GENESIS, 1)
    with pytest.raises(StoreDamaged, match="hash"):
        unseal(HALL, row, b"x" * 32, 1)
    with pytest.raises(StoreDamaged, match="record 0 is missing"):
        unseal(HALL, row, GENESIS, 0)


def test_a_payload_that_is_no_record_is_damage_even_when_its_hash_fits():
    good = seal(HALL, record(1), GENESIS)
    payload = b'{"seq":1,"at_ms":1000,"events":[{"e":"Nonsense"}]}'
    hashed = sha256(GENESIS + b"sample\n1\n1000\n\n" + payload).digest()
    with pytest.raises(StoreDamaged, match="Nonsense"):
        unseal(HALL, good._replace(payload=payload, hash=hashed), GENESIS, 1)


def test_a_record_of_a_newer_program_is_not_guessed_at():
    row = seal(HALL, replace(record(1), version=VERSION + 1), GENESIS)
    with pytest.raises(StoreDamaged) as raised:
        unseal(HALL, row, GENESIS, 1)
    assert raised.value.kind == "newer"
