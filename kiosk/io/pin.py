"""The PIN of the duty menu: one for all kiosks of this machine, as a salted hash in a file that only its owner reads.

`python -m kiosk pin` writes it, beside its place and then moved there; a kiosk that runs takes the new one at once.
What can go wrong: no file (no menu), a file of another user or a torn one (no menu, and the screen says so).
"""

import hashlib
import hmac
import itertools
import logging
import os
import re
import secrets
from pathlib import Path

import msgspec

from kiosk.duty_events import PinVerdict
from ticketserver.shared.local import run_dir
from ticketserver.shared.settings import Settings

log = logging.getLogger("kiosk")

DIGITS = re.compile(r"[0-9]{4,8}", re.ASCII)
COST, BLOCK, LANES = 2**14, 8, 1
"""scrypt's n, r and p: 16 MiB and some hundredths of a second a guess."""
SALT_BYTES = 16


class PinFile(msgspec.Struct, frozen=True):
    """`salt` and `hash` in hexadecimal."""

    salt: str
    hash: str
    n: int = COST
    r: int = BLOCK
    p: int = LANES


def pin_file(settings: Settings) -> Path:
    return run_dir(settings) / "kiosk" / "pin.json"


def too_easy(pin: str) -> bool:
    """One digit over and over, or a run up or down: what everybody tries first."""
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def set_pin(file: Path, pin: str) -> None:
    """Raises OSError."""
    salt = secrets.token_bytes(SALT_BYTES)
    kept = PinFile(salt.hex(), _hash(pin, salt, COST, BLOCK, LANES).hex())
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(msgspec.json.encode(kept))
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def check_pin(file: Path, pin: str) -> PinVerdict:
    """An empty one is wrong, where there is one at all."""
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=PinFile)
        wanted = bytes.fromhex(kept.hash)
        found = _hash(pin, bytes.fromhex(kept.salt), kept.n, kept.r, kept.p)
    except FileNotFoundError:
        return PinVerdict.UNSET
    except (OSError, msgspec.DecodeError, ValueError) as error:
        log.error("the duty menu's PIN cannot be read: %s", error)
        return PinVerdict.UNREADABLE
    return PinVerdict.RIGHT if hmac.compare_digest(found, wanted) else PinVerdict.WRONG


def _hash(pin: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(pin.encode("ascii"), salt=salt, n=n, r=r, p=p)
