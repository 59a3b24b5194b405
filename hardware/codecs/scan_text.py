"""What a scanner sends: the text of a code, ended by a line end or by silence.

    [ ]Q1 or ]C0 … ] text ( CR | LF | CRLF | where the scanner sends none: `silence_ms` without a byte )

The prefix (an AIM identifier) tells the kind of code and is taken off. The text is UTF-8; where it is not, GBK.

What can go wrong. A scanner without a line end that pauses inside a code gives two halves: the silence is a setting,
50 ms for serial lines, 500 ms for slow USB adapters. A line whose end was lost would stand before the next code: it is
dropped after `STALE_MS`. Noise bytes 00 and FF around a text are taken off; a text that is
neither UTF-8 nor GBK, has a control character, or is longer than `TEXT_BYTES` is dropped whole and counted. A code held
in front of the window is read again and again: the same text within `SAME_MS` of the last time is one scan. For that
only a hash of the last text is kept, since some codes must not be stored.
"""

import re
from typing import Final

TEXT_BYTES: Final = 3000
"""A QR code holds at most 2953 bytes."""
SAME_MS: Final = 1_000
STALE_MS: Final = 1_000

_PREFIX = re.compile(r"\][QC][0-9]")
_NOISE = b"\x00\xff"


class Repeats:
    """The same text within `SAME_MS` of the last time is one scan."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._last_ms = 0

    def new(self, text: str, at_ms: int) -> bool:
        """Whether `text`, scanned at `at_ms` (any clock that only grows), is a new scan."""
        this = hash(text)
        again = this == self._last and at_ms - self._last_ms <= SAME_MS
        self._last, self._last_ms = this, at_ms
        return not again


class ScanDecoder:
    """Bytes in, texts out, split anywhere; holds at most one text of `TEXT_BYTES`. `dropped` counts what was none.

    `silence_ms` None: every text has a line end."""

    def __init__(self, silence_ms: int | None) -> None:
        self._silence_ms = silence_ms
        self._text = bytearray()
        self._overlong = False
        self._last_ms = 0
        self.dropped = 0

    def feed(self, data: bytes, at_ms: int) -> list[str]:
        """The texts that `data`, arrived at `at_ms`, completes; those that silence had ended before it come first."""
        texts = self.due(at_ms)
        for byte in data:
            if byte in b"\r\n":
                texts += self._end()
                continue
            self._overlong = self._overlong or len(self._text) >= TEXT_BYTES
            if not self._overlong:
                self._text.append(byte)
        if data:
            self._last_ms = at_ms
        return texts

    def due(self, at_ms: int) -> list[str]:
        """The text that silence has ended by `at_ms`."""
        quiet_ms = at_ms - self._last_ms
        if not self._text or quiet_ms < (STALE_MS if self._silence_ms is None else self._silence_ms):
            return []
        if self._silence_ms is not None:
            return self._end()
        self._forget()
        self.dropped += 1
        return []

    def _end(self) -> list[str]:
        raw = bytes(self._text).strip(_NOISE)
        text = None if self._overlong else _decode(raw)
        self._forget()
        if text is None:
            self.dropped += 1
            return []
        return [text] if text else []

    def _forget(self) -> None:
        self._text.clear()
        self._overlong = False


def _decode(raw: bytes) -> str | None:
    """The text without its prefix; None for what is no text."""
    for encoding in ("utf-8", "gbk"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        prefix = _PREFIX.match(text)
        return text[prefix.end() if prefix else 0 :] if _is_text(text) else None
    return None


def _is_text(text: str) -> bool:
    return all(sign >= " " and sign != "\x7f" for sign in text)
