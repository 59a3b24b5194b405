"""Sessions on a line kept as text, and played back to a driver: a real device becomes a test by copying one file.

    # link serial:/dev/ttyUSB0?baud=19200        the head: names and values as the recorder gave them
    # device printer generic
       0.000 +                                   the driver opened the link
       0.012 > 10 04 01                          bytes the driver wrote
       0.020 < 12                                bytes it heard
       0.500 > 10 04 02 ! serial:…: took no data  bytes the driver could not write, and why
       4.310 ! serial:/dev/ttyUSB0: …            the link was found broken, or could not be opened
       4.311 -                                   the driver closed it
      10.000 =                                   the driver was told to end; what follows is its end

Times are seconds since the beginning. On playback what was heard comes when the driver has done all it had done
before it (opened, written, closed), and not before its time; time is the playback's own and passes only where the
driver waits, so a session of a minute is played in no time at all, and always alike. What can go wrong: a file that is
none, with its line (`BadSession`); a driver that does something else than it did then (`Differs`), with both. `Differs`
is an `AssertionError`: no driver takes it for a fault of the line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OPEN, CLOSE, WRITE, READ, DOWN, END = "+", "-", ">", "<", "!", "="
ACTS: Final = (OPEN, CLOSE, WRITE)
SHOWN_BYTES: Final = 40
LINE: Final = re.compile(r"\s*(\d+\.\d{3}) ([-+<>!=])(?: (.*))?")


class BadSession(ValueError):
    """The file is no session; the text says where and why."""


class Differs(AssertionError):
    """The driver did not do what it did when the session was recorded."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `text`: the system's words of what broke."""

    at_s: float
    mark: str
    data: bytes = b""
    text: str = ""

    def line(self) -> str:
        broke = f" {DOWN} {self.text}" if self.data and self.text else self.text
        return f"{self.at_s:8.3f} {self.mark} {self.data.hex(' ').upper()}{broke}".rstrip()


@dataclass(frozen=True)
class Session:
    """What was recorded: the head's names and values, and all that happened in order."""

    head: Mapping[str, str]
    entries: tuple[Entry, ...]

    def save(self, path: Path) -> None:
        lines = [f"# {name} {value}" for name, value in self.head.items()]
        path.write_text("\n".join([*lines, *(entry.line() for entry in self.entries)]) + "\n", encoding="utf-8")


def load_session(path: Path) -> Session:
    """Read a session. Raises `BadSession`; `OSError` where there is no file."""
    head: dict[str, str] = {}
    entries: list[Entry] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if line.startswith("#"):
            name, _, value = line[1:].strip().partition(" ")
            head[name] = value
        elif line.strip():
            entries.append(_entry(line, f"{path}:{number}"))
    return Session(head, tuple(entries))


def _entry(line: str, place: str) -> Entry:
    match = LINE.fullmatch(line)
    if match is None:
        raise BadSession(f"{place}: {line[:SHOWN_BYTES]!r} is no line of a session; one is like '0.012 > 10 04 01'")
    at_s, mark, rest = float(match[1]), match[2], match[3] or ""
    if mark not in (READ, WRITE):
        return Entry(at_s, mark, text=rest)
    data, _, text = rest.partition(f" {DOWN} ")
    try:
        return Entry(at_s, mark, bytes.fromhex(data), text)
    except ValueError:
        raise BadSession(f"{place}: {rest[:SHOWN_BYTES]!r} are no bytes in hexadecimal") from None
