"""On which line of a TOML file does a key stand? Error messages need it and `tomllib` does not tell.

The text is known to be valid TOML (it was parsed before), so the scanner only tells apart what changes the key path:

    [a.b]            path a, b          (a list on the way means its last table)
    [[a.b]]          the next table of list a.b
    k.l = value      path so far, k, l; a value's own keys and list items below it
    # …              nothing

What can go wrong: text that is not valid TOML gives positions without sense, or `IndexError`.
"""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:[^\s,\]}#]+|[^\s,\]}#]+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._lists: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.lines

    def _header(self) -> Path:
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        self.at += brackets
        self._skip(_BLANK)
        *parents, last = self._key()
        self._skip(_BLANK)
        self.at += brackets
        path: Path = ()
        for part in parents:
            path = self._latest((*path, part))
        path = (*path, last)
        if brackets == 2:
            self._note(path, start)
            self._lists[path] = self._lists.get(path, -1) + 1
        path = self._latest(path)
        self._note(path, start)
        return path

    def _latest(self, path: Path) -> Path:
        return (*path, self._lists[path]) if path in self._lists else path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table
        for part in self._key():
            path = (*path, part)
            self._note(path, start)
        self._skip(_EQUALS)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self._items(path)
        elif opening == "{":
            self._pairs(path)
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)

    def _items(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        index = 0
        while self.text[self.at] != "]":
            self._note((*path, index), self.at)
            self._value((*path, index))
            self._skip(_BLANK)
            index += 1
        self.at += 1

    def _pairs(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            self._pair(path)
            self._skip(_BLANK)
        self.at += 1

    def _key(self) -> list[str]:
        parts = [self._key_part()]
        while (dot := _DOT.match(self.text, self.at)) is not None:
            self.at = dot.end()
            parts.append(self._key_part())
        return parts

    def _key_part(self) -> str:
        quoted = self.text[self.at] in "\"'"
        part = self._skip(_STRING if quoted else _BARE_KEY)
        return str(tomllib.loads(f"key = {part}")["key"]) if quoted else part

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise IndexError(f"not TOML at character {self.at}")
        self.at = match.end()
        return match.group()

    def _note(self, path: Path, start: int) -> None:
        self.lines.setdefault(path, bisect_right(self._starts, start))


def locate(text: str) -> dict[Path, int]:
    """Lines, from 1, of every table, key and list item of a valid TOML text, by key path (list positions from 0)."""
    return _Scanner(text).scan()


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a key path or, where that does not stand in the file, of the nearest part above it; 1 for the top."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
