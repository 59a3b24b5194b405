"""Role tokens: one file a role, made on the first start, readable by its owner only.

A token proves a role, not a person. To replace one, delete its file and start the server again. Phones have no token of
a role: what they may see hangs on the token of their slip. The key that signs appointments stands beside them.
"""

import os
import secrets
from hmac import compare_digest
from pathlib import Path

from ticketserver.core.terms import Role
from ticketserver.server.appointments import KEY_FILE

WITH_TOKEN: tuple[Role, ...] = tuple(role for role in Role if role is not Role.PHONE)
TOKEN_BYTES = 24
SHORTEST = 16


class TokenFileError(OSError):
    """A token file that cannot be used; `file` and `detail` say which and why."""

    def __init__(self, file: Path, detail: str) -> None:
        super().__init__(f"{file}: {detail}")
        self.file = file
        self.detail = detail


class Tokens:
    """The tokens of all roles. Raises TokenFileError where they can be neither read nor made."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._tokens = {role: read_or_make(folder / role.value) for role in WITH_TOKEN}
            self.for_appointments = read_or_make(folder / KEY_FILE)
        except OSError as error:
            raise TokenFileError(folder, error.strerror or str(error)) from None

    def of(self, role: Role) -> str:
        return self._tokens[role]

    def proves(self, token: str, role: Role) -> bool:
        """Whether this token is the role's; a phone needs none."""
        return role is Role.PHONE or compare_digest(self._tokens[role].encode(), token.encode())

    def role_of(self, token: str) -> Role | None:
        """The role that a token proves, if any."""
        found = None
        for role in WITH_TOKEN:
            if self.proves(token, role):
                found = role
        return found


def read_or_make(file: Path) -> str:
    """The secret in this file; made where there is none. Raises OSError."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        token = file.read_text("ascii").strip()
        if len(token) < SHORTEST:
            raise OSError(0, f"{file.name} holds no token of {SHORTEST} characters or more; delete it") from None
        return token
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        stream.write(token + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return token
