"""The token a program proves its role with: one file a role, made by the server on its first start."""

from pathlib import Path
from typing import Protocol

from ticketserver.core.terms import Role


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
