"""Reading a role's token: found, missing, empty, not a token, not there yet."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from ticketserver.client import tokens
from ticketserver.client.tokens import TokenError, await_token, read_token
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


class Log:
    """What was said, whatever other tests have done to logging."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def error(self, sentence: str, *values: object) -> None:
        self.said.append(sentence % values)


async def test_waits_for_a_token_and_says_once_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log()
    monkeypatch.setattr(tokens, "AGAIN_S", 0.01)
    monkeypatch.setattr(tokens, "log", log)
    waiting = asyncio.create_task(await_token(Settings(Server(str(tmp_path))), Role.DISPLAY))
    async with asyncio.timeout(30):
        while not log.said:
            await asyncio.sleep(0.01)
        (tmp_path / "display").write_text("secret\n")
        assert await waiting == "secret"
    assert sum("No such file" in sentence for sentence in log.said) == 1
