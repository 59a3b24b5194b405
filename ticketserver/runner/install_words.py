"""The words of an installation, `ROLE=kiosk ID=kiosk1`: which roles they mean, and whether the hall has them.

Standard library only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from ticketserver.runner.debian import EVERY, WINDOWS
from ticketserver.runner.machine import Role
from ticketserver.runner.say import Stop, both


class Misused(Exception):
    """The words of the command are not ones it takes; the text says which it does."""


def words_of(arguments: Sequence[str]) -> dict[str, str]:
    """`ROLE=server ID=` → the values by name. Raises `Misused`."""
    found: dict[str, str] = {}
    for word in arguments:
        name, equals, value = word.partition("=")
        if not equals or name not in ("ROLE", "ID"):
            raise Misused(both("install.word", word=word))
        found[name] = value
    return found


def roles_of(words: dict[str, str]) -> list[Role]:
    """`ROLE=server,kiosk@kiosk1`; a kiosk or display without @ takes `ID`. Raises `Misused`."""
    roles: list[Role] = []
    for word in words.get("ROLE", "").replace(",", " ").split():
        name, _, own = word.partition("@")
        if name not in EVERY or (own and name not in WINDOWS):
            raise Misused(both("install.role", role=word))
        window = own or words.get("ID", "") if name in WINDOWS else ""
        roles.append(Role(name, window))
    if not roles:
        raise Misused(both("install.no_role"))
    return roles


def check_ids(roles: Sequence[Role], hall: Path) -> None:
    """Every kiosk and display must be one of hall.toml. Raises `Misused`, or `Stop` where that cannot be read."""
    windows = [role for role in roles if role.name in WINDOWS]
    if not windows:
        return
    try:
        tables = tomllib.loads(hall.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise Stop(both("install.hall_unreadable", file=hall, problem=problem)) from problem
    for role in windows:
        known = [str(each.get("id")) for each in tables.get(role.name, ())]
        if role.id not in known:
            raise Misused(both("install.id", role=role.name, id=role.id, file=hall, known=", ".join(known) or "-"))
