"""From a TOML file to a frozen struct, with every mistake named at once.

`msgspec` builds the struct and stops at the first mistake, so the tables are walked before: each value is tried against
the type of its own field, and what fails becomes a `Problem` with its key path and line. Only a file without problems
is built.
"""

import difflib
import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct, inspect
from msgspec.structs import fields

from ticketserver.shared import problems
from ticketserver.shared.locate import line_of, locate
from ticketserver.shared.problems import Problem, SettingsError

S = TypeVar("S", bound=Struct)


class Tables:
    """The text of a file, to say where in it something is wrong."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    @cached_property
    def lines(self) -> dict[problems.Path, int]:
        return locate(self.text)

    def problem(self, path: problems.Path, kind: str, value: object = "", allowed: str = "", **details: str) -> Problem:
        """A problem at a key path; `kind` and `allowed` are message keys (see `problems`)."""
        return Problem(
            file=self.file, line=line_of(self.lines, path), path=path, kind=kind, value=value_text(value),
            allowed=allowed, details=details,
        )  # fmt: skip


def read_tables(path: Path, struct: type[S], hidden: frozenset[str]) -> tuple[Tables, S]:
    """Read a file into `struct`, whose fields named in `hidden` are no keys of the file. Raises `SettingsError`."""
    tables = Tables(str(path), _read(path))
    raw = _parse(tables)
    found = list(_struct_problems(tables, struct, raw, (), hidden))
    if found:
        raise SettingsError(found)
    return tables, msgspec.convert(raw, struct)


def value_text(value: object) -> str:
    """A value as it stands in the file, cut to a readable length."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        kind, detail = "unreadable", error.strerror or type(error).__name__
    except UnicodeDecodeError as error:
        kind, detail = "not_utf8", str(error.start)
    raise SettingsError([Problem(file=str(path), line=0, path=(), kind=kind, details={"detail": detail})])


def _parse(tables: Tables) -> dict[str, Any]:
    try:
        return tomllib.loads(tables.text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place.group(1)) if place else tables.text.count("\n") + 1
        detail = re.sub(r" \(at .*\)$", "", str(error))
        found = Problem(file=tables.file, line=line, path=(), kind="syntax", details={"detail": detail})
        raise SettingsError([found]) from error


def _struct_problems(
    tables: Tables, struct: type[Struct], raw: object, path: problems.Path, hidden: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    if not isinstance(raw, dict):
        yield tables.problem(path, "wrong_value", raw, "table")
        return
    known = {field.name: field for field in fields(struct) if field.name not in hidden}
    for name in (name for name in raw if name not in known):
        near = difflib.get_close_matches(name, known, n=1)
        allowed = "near_key" if near else "keys"
        details = {"near": near[0]} if near else {"choices": ", ".join(known)}
        yield tables.problem((*path, name), "unknown_key", raw[name], allowed, **details)
    for name, field in known.items():
        if name in raw:
            yield from _value_problems(tables, field.type, raw[name], (*path, name))
        elif field.required:
            yield tables.problem((*path, name), "missing_key")


def _value_problems(tables: Tables, kind: Any, raw: object, path: problems.Path) -> Iterator[Problem]:
    if get_origin(kind) in (Union, types.UnionType):
        # TOML has no null: what may be None is simply left out.
        kind = next(part for part in get_args(kind) if part is not type(None))
    inner = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    origin = get_origin(inner)
    if isinstance(inner, type) and issubclass(inner, Struct):
        yield from _struct_problems(tables, inner, raw, path)
    elif origin is tuple and isinstance(raw, list):
        if not raw and _problem_key(kind, raw) is not None:
            yield tables.problem(path, "empty_list")
        for index, item in enumerate(raw):
            yield from _value_problems(tables, get_args(inner)[0], item, (*path, index))
    elif origin is dict and isinstance(raw, dict):
        name_type, item_type = get_args(inner)
        for name, item in raw.items():
            if (wrong := _problem_key(name_type, name)) is not None:
                yield tables.problem((*path, name), "unknown_key", item, wrong[0], **wrong[1])
            yield from _value_problems(tables, item_type, item, (*path, name))
    elif (wrong := _problem_key(kind, raw)) is not None:
        yield tables.problem(path, "wrong_value", raw, wrong[0], **wrong[1])


def _problem_key(kind: Any, raw: object) -> tuple[str, Mapping[str, str]] | None:
    """None if the value fits, else what would: a message key under `config.allowed`, and what it asks for."""
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        return allowed_for(inspect.type_info(kind))
    return None


def allowed_for(info: inspect.Type) -> tuple[str, Mapping[str, str]]:
    """What a type takes, as a message key under `config.allowed` and the values for its placeholders."""
    if isinstance(info, inspect.Metadata):
        return str((info.extra or {})["allowed"]), {}
    if isinstance(info, inspect.LiteralType):
        return "one_of", {"choices": ", ".join(map(str, info.values))}
    if isinstance(info, inspect.IntType):
        return "whole_between", {"least": str(info.ge), "most": str(info.le)}
    if isinstance(info, inspect.FloatType):
        return "number_between", {"least": str(info.gt), "most": str(info.le)}
    if isinstance(info, inspect.StrType) and info.max_length is not None:
        return "text_between", {"least": str(info.min_length or 0), "most": str(info.max_length)}
    return _SIMPLE[type(info)], {}


_SIMPLE: Mapping[type, str] = {
    inspect.StrType: "text",
    inspect.BoolType: "bool",
    inspect.DateType: "date",
    inspect.VarTupleType: "list",
    inspect.DictType: "table",
}
