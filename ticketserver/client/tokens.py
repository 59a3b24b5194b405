"""The token a program proves its role with: one file a role, made by the server on its first start."""

import asyncio
import logging
from pathlib import Path
from typing import Protocol

from ticketserver.core.terms import Role

log = logging.getLogger("client")

AGAIN_S = 2.0


class TokenError(OSError):
    """The role's token cannot be read; the text says why and what to do."""


class _Server(Protocol):
    @property
    def tokens_dir(self) -> str: ...


class TokenPlace(Protocol):
    """The part of the settings of a hall that says where tokens are."""

    @property
    def server(self) -> _Server: ...


def token_file(settings: TokenPlace, role: Role) -> Path:
    return Path(settings.server.tokens_dir) / role.value


def read_token(settings: TokenPlace, role: Role) -> str:
    """The token of `role` without white space around it. Raises `TokenError`."""
    file = token_file(settings, role)
    try:
        token = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a token"
        raise TokenError(
            f"{file}: {reason}. The server writes this file on its first start: start it first, and run this program "
            f"as the same user (or copy the file to this machine)."
        ) from None
    if not token:
        raise TokenError(f"{file} is empty. Delete it and start the server again: it writes a new one.")
    return token


async def await_token(settings: TokenPlace, role: Role) -> str:
    """The token of `role`, as soon as there is one: on a new machine the server may never have run yet."""
    said = ""
    while True:
        try:
            return read_token(settings, role)
        except TokenError as problem:
            if said != str(problem):
                said = str(problem)
                log.error("%s", said)
            await asyncio.sleep(AGAIN_S)
