"""From a TOML file to a struct: every mistake is found at once, with its line, its key path and what is allowed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from ticketserver.shared.fields import ClockTime, Id, minutes_of_day
from ticketserver.shared.problems import Problem, SettingsError, key_text
from ticketserver.shared.reading import read_tables, value_text

Write = Callable[[str], Path]


class Inner(Struct, frozen=True, kw_only=True):
    id: Id
    size: Annotated[int, Meta(ge=1, le=9)] = 1


class Outer(Struct, frozen=True, kw_only=True):
    name: str
    at: ClockTime = "08:00"
    ratio: Annotated[float, Meta(gt=0, le=2)] = 1.0
    on: bool = True
    day: date | None = None
    short: Annotated[str, Meta(max_length=3)] = ""
    kind: Literal["a", "b"] = "a"
    words: dict[Literal["left", "right"], Annotated[str, Meta(min_length=1, max_length=5)]] = {}
    single: Inner | None = None
    several: Annotated[tuple[Inner, ...], Meta(min_length=1)] = (Inner(id="x"),)
    numbers: tuple[Annotated[int, Meta(ge=0, le=5)], ...] = ()
    secret: str = ""


def read(path: Path) -> Outer:
    return read_tables(path, Outer, hidden=frozenset({"secret"}))[1]


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(SettingsError) as error:
        read(path)
    return error.value.problems


def test_reads_a_good_file(written: Write) -> None:
    outer = read(written(
        'name = "n"\nday = 2026-10-01\nratio = 2\nnumbers = [1, 2]\nwords = { left = "l" }\n[single]\nid = "i"\n'
        '[[several]]\nid = "j"\nsize = 9'
    ))  # fmt: skip
    assert outer == Outer(
        name="n", day=date(2026, 10, 1), ratio=2.0, numbers=(1, 2), words={"left": "l"}, single=Inner(id="i"),
        several=(Inner(id="j", size=9),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "key", "kind", "value", "allowed"),
    [
        ("name = 3", 1, "name", "wrong_value", "3", "text"),
        ('\nat = "8:00"\nname = "n"', 2, "at", "wrong_value", "8:00", "clock"),
        ('name = "n"\nratio = 3', 2, "ratio", "wrong_value", "3", "number_between"),
        ('name = "n"\non = "yes"', 2, "on", "wrong_value", "yes", "bool"),
        ('name = "n"\nday = "tomorrow"', 2, "day", "wrong_value", "tomorrow", "date"),
        ('name = "n"\nshort = "long"', 2, "short", "wrong_value", "long", "text_between"),
        ('name = "n"\nkind = "c"', 2, "kind", "wrong_value", "c", "one_of"),
        ('name = "n"\nwords = { up = "l" }', 2, "words.up", "unknown_key", "l", "one_of"),
        ('name = "n"\nwords = { left = "" }', 2, "words.left", "wrong_value", "", "text_between"),
        ('name = "n"\nwords = 1', 2, "words", "wrong_value", "1", "table"),
        ('name = "n"\nsingle = true', 2, "single", "wrong_value", "true", "table"),
        ('name = "n"\n[single]\nsize = 1', 2, "single.id", "missing_key", "", ""),
        ('name = "n"\nseveral = []', 2, "several", "empty_list", "", ""),
        ('name = "n"\nseveral = "x"', 2, "several", "wrong_value", "x", "list"),
        ('name = "n"\n[several]\nid = "x"', 2, "several", "wrong_value", "{…}", "list"),
        ('name = "n"\n[[several]]\nid = "x"\n[[several]]\nid = "Y"', 5, "several[2].id", "wrong_value", "Y", "id"),
        ('name = "n"\nnumbers = [\n1,\n6]', 4, "numbers[2]", "wrong_value", "6", "whole_between"),
        ('name = "n"\nnumbers = [[1]]', 2, "numbers[1]", "wrong_value", "[…]", "whole_between"),
        ('name = "n"\nrat1o = 1', 2, "rat1o", "unknown_key", "1", "near_key"),
        ('name = "n"\nfurther = 1', 2, "further", "unknown_key", "1", "keys"),
        ('name = "n"\nsecret = "s"', 2, "secret", "unknown_key", "s", "keys"),
        ("on = true", 1, "name", "missing_key", "", ""),
    ],
)
def test_finds_each_mistake(
    written: Write, text: str, line: int, key: str, kind: str, value: str, allowed: str
) -> None:
    (found,) = problems(written(text))
    assert (found.line, key_text(found.path)) == (line, key)
    assert (found.kind, found.value, found.allowed) == (kind, value, allowed)
    assert all(found.text(language) for language in ("zh", "en"))


def test_finds_all_mistakes_at_once_in_the_order_of_the_struct(written: Write) -> None:
    path = written('size = 1\non = 2\nkind = "c"\n[single]\nsize = 0\nid = "i"')
    assert [key_text(found.path) for found in problems(path)] == ["size", "name", "on", "kind", "single.size"]


def test_says_it_in_chinese_then_in_english(written: Write) -> None:
    path = written('name = "n"\nkind = "c"')
    with pytest.raises(SettingsError) as error:
        read(path)
    assert str(error.value).splitlines() == [
        "配置有 1 处问题,改好后再启动:",
        f"  {path} 第 2 行:kind = c 不对。可以写:a, b。",
        "The settings have 1 problem(s); correct them and start again:",
        f"  {path}, line 2: kind = c is wrong. Allowed: a, b.",
    ]


def test_guesses_the_key_that_was_meant(written: Write) -> None:
    (found,) = problems(written('name = "n"\nnumberz = [1]'))
    assert "Did you mean numbers?" in found.text("en")


@pytest.mark.parametrize(("text", "line"), [('a = 1\nb = "\nc = 2', 2), ("a = [\n1,\n", 3), ("a = 1\na = 2\n", 2)])
def test_a_text_that_is_no_toml(written: Write, text: str, line: int) -> None:
    (found,) = problems(written(text))
    assert (found.kind, found.line) == ("syntax", line)
    assert "(at" not in found.text("en")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (found,) = problems(tmp_path / "absent.toml")
    assert (found.kind, found.line) == ("unreadable", 0)
    assert found.text("en").startswith(f"{tmp_path / 'absent.toml'}: This file cannot be read (No such file")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('name = "大厅"'.encode("gbk"))
    (found,) = problems(path)
    assert (found.kind, found.details) == ("not_utf8", {"detail": "8"})


def test_cuts_long_values() -> None:
    assert value_text("x" * 60) == "x" * 60
    assert value_text("x" * 61) == "x" * 59 + "…"


@pytest.mark.parametrize(("clock", "minutes"), [("00:00", 0), ("08:30", 510), ("23:59", 1439)])
def test_minutes_of_day(clock: str, minutes: int) -> None:
    assert minutes_of_day(clock) == minutes
