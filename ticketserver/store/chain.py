"""The journal's bytes and the chain of hashes over them.

```
payload  one Record as JSON, stored exactly as hashed
header   hall LF seq LF at_ms LF day LF          day = the business day this record opens, else empty
hash     SHA-256(hash of the record before ‖ header ‖ payload);   before the first: 32 zero bytes
```
Whoever knows one hash (printed on the day-end slip, or in an export) can tell whether anything before it was changed,
taken out or put in. What can go wrong: a hash that does not fit, a payload that is no Record or one of a newer version.
"""

from hashlib import sha256
from typing import NamedTuple

import msgspec

from ticketserver.core.events import DayOpened, Record
from ticketserver.store.port import StoreDamaged

VERSION = 1
"""Highest `Record.version` this program reads; older ones are upgraded on read, nothing is rewritten."""

GENESIS = bytes(32)

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


class Row(NamedTuple):
    """A record as stored."""

    seq: int
    at_ms: int
    day: str
    payload: bytes
    hash: bytes


def seal(hall: str, record: Record, before: bytes) -> Row:
    """A record with its link to the one before."""
    payload = _encoder.encode(record)
    day = opened_day(record)
    return Row(record.seq, record.at_ms, day, payload, link(before, hall, record.seq, record.at_ms, day, payload))


def link(before: bytes, hall: str, seq: int, at_ms: int, day: str, payload: bytes) -> bytes:
    return sha256(before + f"{hall}\n{seq}\n{at_ms}\n{day}\n".encode() + payload).digest()


def opened_day(record: Record) -> str:
    """The business day that this record opens, or nothing."""
    for event in record.events:
        if type(event) is DayOpened:
            return event.plan.day
    return ""


def unseal(hall: str, row: Row, before: bytes, expected_seq: int) -> Record:
    """The record of a row. Raises StoreDamaged where the chain is broken or the payload is not a Record."""
    if row.seq != expected_seq:
        raise StoreDamaged("damaged", seq=expected_seq, detail=f"record {expected_seq} is missing")
    if link(before, hall, row.seq, row.at_ms, row.day, row.payload) != row.hash:
        raise StoreDamaged("damaged", seq=row.seq, detail="the hash does not fit the record")
    try:
        record = _decoder.decode(row.payload)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StoreDamaged("damaged", seq=row.seq, detail=str(error)) from None
    if record.version > VERSION:
        raise StoreDamaged("newer", detail=f"record version {record.version}, known {VERSION}")
    return record
