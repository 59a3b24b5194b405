"""Reading a role's token: found, missing, empty, not a token."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from ticketserver.client.tokens import TokenError, read_token
from ticketserver.core.terms import Role


@dataclass
class Server:
    tokens_dir: str


@dataclass
class Settings:
    server: Server


def test_reads_the_file_of_the_role(tmp_path: Path) -> None:
    (tmp_path / "clerk").write_text("abc_-123\n")
    assert read_token(Settings(Server(str(tmp_path))), Role.CLERK) == "abc_-123"


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "No such file"), (b"", "is empty"), (b"  \n", "is empty"), ("号".encode(), "not a token")],
)
def test_says_what_to_do(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "kiosk").write_bytes(content)
    with pytest.raises(TokenError, match=says) as error:
        read_token(Settings(Server(str(tmp_path))), Role.KIOSK)
    assert "start" in str(error.value)
    assert str(tmp_path / "kiosk") in str(error.value)
