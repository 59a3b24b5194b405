"""Lines of keys in TOML texts."""

import tomllib
from pathlib import Path

import pytest

from ticketserver.shared.locate import line_of, locate

SAMPLES = Path(__file__).parents[3] / "ticketserver" / "shared" / "sample"

TEXT = '''# a comment with [brackets] and "quotes"
title = "one" # after a value = 1

[a.b]
k.l = 1
"quoted key" = 'x'
'it''s' = 2
list = [
  1, # [not a list
  2026-10-01 08:00:00,
  [3, 4], { deep = 5, deeper = { x = "}" } },
]
long = """
[no.table]
no = "key" \\"""
"""
raw = \'\'\'
[[nor.this]]
\'\'\'
two_quotes = """ends in ""\"""

[[rows]]
id = 1
[rows.inside]
x = 1
[[rows.deep]]
y = 1
[[rows.deep]]
y = 2
[[rows]]
id = 2
[[rows.deep]]
y = 3
[ spaced . "name" ]
z = 1979-05-27T07:32:00Z
empty = []
none = {}
'''.replace("'it''s'", "'its'")

LINES = {
    ("title",): 2,
    ("a", "b"): 4,
    ("a", "b", "k"): 5,
    ("a", "b", "k", "l"): 5,
    ("a", "b", "quoted key"): 6,
    ("a", "b", "its"): 7,
    ("a", "b", "list"): 8,
    ("a", "b", "list", 0): 9,
    ("a", "b", "list", 1): 10,
    ("a", "b", "list", 2): 11,
    ("a", "b", "list", 2, 1): 11,
    ("a", "b", "list", 3, "deep"): 11,
    ("a", "b", "list", 3, "deeper", "x"): 11,
    ("a", "b", "long"): 13,
    ("a", "b", "raw"): 17,
    ("a", "b", "two_quotes"): 20,
    ("rows",): 22,
    ("rows", 0): 22,
    ("rows", 0, "id"): 23,
    ("rows", 0, "inside", "x"): 25,
    ("rows", 0, "deep", 0, "y"): 27,
    ("rows", 0, "deep", 1, "y"): 29,
    ("rows", 1): 30,
    ("rows", 1, "deep", 0, "y"): 33,
    ("spaced", "name", "z"): 35,
    ("spaced", "name", "empty"): 36,
    ("spaced", "name", "none"): 37,
}


@pytest.mark.parametrize("path", LINES, ids=lambda path: ".".join(map(str, path)))
def test_finds_the_line_of_every_kind_of_key(path: tuple[str | int, ...]) -> None:
    assert locate(TEXT)[path] == LINES[path]


def test_names_nothing_that_is_inside_a_text_or_a_comment() -> None:
    found = {str(part) for path in locate(TEXT) for part in path}
    assert not found & {"no", "nor", "brackets", "not"}


def _paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    paths = {path} if path else set()
    if isinstance(value, dict):
        for key, item in value.items():
            paths |= _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            paths |= _paths(item, (*path, index))
    return paths


@pytest.mark.parametrize(
    "text",
    [TEXT, *((SAMPLES / name).read_text("utf-8") for name in ("hall.toml", "catalogue.toml"))],
    ids=["text", "hall", "catalogue"],
)
def test_finds_what_the_toml_reader_finds(text: str) -> None:
    found, real = locate(text).keys(), _paths(tomllib.loads(text))
    assert real - found <= {("a",), ("spaced",)}
    assert found <= real


def test_a_missing_key_stands_where_its_table_does() -> None:
    lines = locate(TEXT)
    assert line_of(lines, ("rows", 1, "absent")) == 30
    assert line_of(lines, ("absent", "too")) == 1


def test_a_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(IndexError, match="not TOML at character 0"):
        locate("= 1")
