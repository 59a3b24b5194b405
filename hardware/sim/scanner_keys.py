"""The keys that a scanner in keyboard mode presses: signs in, Linux input events out, 24 bytes each.

sec 8 | usec 8 | type 2 | code 2 | value 4         type 1: a key, value 1 pressed, 0 let go · type 0: end of a report
"""

import struct

SHIFT, ENTER = 42, 28
ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
CODES = {sign: first + place for first, plain, _ in ROWS for place, sign in enumerate(plain)}
SHIFTED = {sign: first + place for first, _, upper in ROWS for place, sign in enumerate(upper) if sign not in CODES}


def key_events(text: str, now_s: float) -> list[bytes]:
    """The events of one code with Enter behind it, a report each; signs that no key has are left out."""
    events = []
    for sign in text:
        if sign in SHIFTED:
            events += [_report(SHIFT, 1, now_s), *_stroke(SHIFTED[sign], now_s), _report(SHIFT, 0, now_s)]
        elif sign in CODES:
            events += _stroke(CODES[sign], now_s)
    return events + _stroke(ENTER, now_s)


def _stroke(code: int, now_s: float) -> list[bytes]:
    return [_report(code, 1, now_s), _report(code, 0, now_s)]


def _report(code: int, value: int, now_s: float) -> bytes:
    at = (int(now_s), int(now_s % 1 * 1_000_000))
    return struct.pack("<qqHHi", *at, 1, code, value) + struct.pack("<qqHHi", *at, 0, 0, 0)
