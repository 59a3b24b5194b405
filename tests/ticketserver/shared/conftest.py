"""Fixtures around settings files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ticketserver.shared.halls import SAMPLES, Halls
from ticketserver.shared.settings import Settings, load_settings


@pytest.fixture
def halls(tmp_path: Path) -> Halls:
    return Halls(tmp_path)


@pytest.fixture(scope="session")
def sample() -> Settings:
    return load_settings(SAMPLES / "hall.toml")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a TOML text to a file."""

    def write(text: str) -> Path:
        path = tmp_path / "some.toml"
        path.write_text(text, "utf-8")
        return path

    return write
